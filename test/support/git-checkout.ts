import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A repository that is really there, made by git itself, alike on every machine. */
export interface Checkout {
  readonly folder: string
  /** What a program that runs git in it is given. */
  readonly env: Readonly<Record<string, string>>
  /** Runs git as the repository's people do, and answers what it says. */
  git(...args: readonly string[]): string
  /** One commit that changes a file of its own; answers its id. */
  commit(message: string, file?: string): string
  /** Many commits at once, as `git fast-import` reads them. */
  import(stream: string): void
  remove(): void
}

export const makeCheckout = (): Checkout => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-git-'))
  let day = 0
  let files = 0
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_EDITOR: 'true',
  }
  const person = (time: string) => ({
    ...{ GIT_AUTHOR_NAME: 'Dora', GIT_AUTHOR_EMAIL: 'dora@eng.example', GIT_AUTHOR_DATE: time },
    ...{ GIT_COMMITTER_NAME: 'Dora', GIT_COMMITTER_EMAIL: 'dora@eng.example', GIT_COMMITTER_DATE: time },
  })
  const git = (...args: readonly string[]): string => {
    day++
    const time = new Date(Date.UTC(2026, 0, day)).toISOString()
    return execFileSync('git', [...args], {
      cwd: folder,
      env: { ...env, ...person(time) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  }
  git('init', '--quiet', '--initial-branch=main')
  // tidying up costs more than all that is done here
  appendFileSync(join(folder, '.git', 'config'), '[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n')
  const head = (): string => {
    const text = readFileSync(join(folder, '.git', 'HEAD'), 'utf8').trim()
    return text.startsWith('ref: ') ? readFileSync(join(folder, '.git', text.slice(5)), 'utf8').trim() : text
  }
  return {
    folder,
    env,
    git,
    commit: (message, file = `file-${++files}`) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), message.slice(0, 100) + String(day))
      git('add', '--', file)
      writeFileSync(join(folder, '.git', 'MESSAGE'), message)
      git('commit', '--quiet', '--cleanup=verbatim', '--file', join(folder, '.git', 'MESSAGE'))
      return head()
    },
    import: (input) => void execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, env, input }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

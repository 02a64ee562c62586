import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createToken } from '../commands/create-token.ts'
import { type CommandRunner, runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { findTokenHolder, revokeTokensNamed } from '../store/tokens.ts'

/**
 * `local.json` in the data folder, for our user's eyes only: where this machine's Causeway listens, and a token with
 * which the command line on this machine speaks to it. Whoever can read the folder could read the database anyway.
 */
export interface LocalFile {
  readonly url: string
  readonly token: string
  /** Null once it was stopped in good order. */
  readonly pid: number | null
}

const FILE = 'local.json'

export const writeLocalFile = async (runner: CommandRunner, dataDir: string, url: string): Promise<void> => {
  const known = readLocalToken(dataDir)
  const stillValid = known !== null && (await findTokenHolder(runner.db, known, 'api', runner.now())) !== null
  const token = stillValid ? known : await makeLocalToken(runner)
  write(dataDir, { url, token, pid: process.pid })
}

/** Says that nobody listens any more; the token stays for the next start. */
export const markStopped = (dataDir: string, url: string): void => {
  const token = readLocalToken(dataDir)
  if (token !== null) write(dataDir, { url, token, pid: null })
}

const makeLocalToken = async (runner: CommandRunner): Promise<string> => {
  const name = `command line on ${hostname()}`
  await runner.db.transaction().execute((tx) => revokeTokensNamed(tx, name, runner.now()))
  const made = await runCommand(runner, SYSTEM, createToken, { name, roles: ['owner'], validForMs: null })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.token
}

const readLocalToken = (dataDir: string): string | null => {
  try {
    const content: unknown = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'))
    const token = typeof content === 'object' && content !== null && 'token' in content ? content.token : null
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}

/** In one step: a reader sees the old file or the new one. */
const write = (dataDir: string, content: LocalFile): void => {
  const path = join(dataDir, FILE)
  const partial = `${path}.${process.pid}`
  writeFileSync(partial, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(partial, path)
}

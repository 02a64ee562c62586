import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { said } from '../lib/said.ts'
import { GitProblem } from './git-problem.ts'
import { type End, splitPieces } from './split-pieces.ts'

/** git's own no, in its own words. */
export class GitFault extends Error {}

export interface Question {
  readonly args: readonly string[]
  /** What ends a piece of the answer. */
  readonly end?: End
  /** Bytes of one piece that are kept; the rest is let go. */
  readonly limit?: number
  readonly input?: Iterable<string>
}

/** The git of this machine in one checkout: no shell, nothing written, answers as they come. */
export interface Git {
  /** Stopping to read ends git. */
  ask(question: Question): AsyncGenerator<readonly string[], void, undefined>
  /** A short answer, whole. */
  text(...args: readonly string[]): Promise<string>
}

/** What a checkout's or a person's configuration could change in an answer, or start: a signature is checked by a program. */
const AS_IT_IS = [
  '--no-pager',
  '--literal-pathspecs',
  ...[
    'core.quotepath=off',
    'core.fsmonitor=false',
    'log.showSignature=false',
    'i18n.logOutputEncoding=UTF-8',
  ].flatMap((setting) => ['-c', setting]),
]

/** Its answers in English, the history as it was made, and no question to a person who is not there. */
const SURROUNDINGS = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  // a checkout's configuration may name programs that git starts
  CAUSEWAY_TOKEN: undefined,
}

const MAX_SAID = 4_000
const LINE_LIMIT = 100_000

const missing = (): GitProblem =>
  new GitProblem(
    'found',
    said`There is no git on this machine.`,
    said`Install git 2.31 or newer, or use an image that has it.`,
  )

/** What went wrong, of all that git and the other side said. */
const faultIn = (said: string): string => {
  const lines = said.trim().split('\n')
  return lines.find((line) => /^(?:fatal|error): /.test(line)) ?? lines[0] ?? ''
}

/** `signal` ends whatever git does at the moment. */
export const gitIn = (
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Git => {
  async function* ask(question: Question): AsyncGenerator<readonly string[], void, undefined> {
    const child = spawn('git', ['-C', folder, ...AS_IT_IS, ...question.args], {
      env: { ...env, ...SURROUNDINGS },
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    })
    let fault: Error | null = null
    let said = ''
    const ended = new Promise<number | null>((resolve) => {
      child.on('error', (error) => {
        fault = error
        resolve(null)
      })
      child.on('close', resolve)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < MAX_SAID) said += text
    })
    // git may stop reading before the end: its exit code says why
    child.stdin.on('error', () => undefined)
    Readable.from(question.input ?? []).pipe(child.stdin)
    const pieces = splitPieces(question.end ?? '\n', question.limit ?? LINE_LIMIT)
    try {
      try {
        for await (const chunk of child.stdout) yield pieces.of(chunk)
      } catch (error) {
        await ended
        if (fault === null) throw error
      }
      const code = await ended
      if (signal?.aborted === true) throw new GitFault('It was stopped.')
      if (fault !== null) throw missing()
      if (code !== 0) throw new GitFault(faultIn(said) || `git ended with ${code ?? 'a signal'}.`)
      yield pieces.rest()
    } finally {
      child.kill()
    }
  }
  return {
    ask,
    text: async (...args) => {
      const lines: string[] = []
      for await (const pieces of ask({ args })) lines.push(...pieces)
      return lines.join('\n')
    },
  }
}

const BLOCK = 1_000

/** Lines for git to read, in blocks: a write for each would be most of the work. */
export function* linesOf(texts: readonly string[]): Generator<string> {
  for (let from = 0; from < texts.length; from += BLOCK)
    yield `${texts.slice(from, from + BLOCK).join('\n')}\n`
}

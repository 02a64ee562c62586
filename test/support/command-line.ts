import { runCli } from '../../src/cli/run-cli.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import type { ScriptedApi } from './scripted-api.ts'

export interface Ran {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Runs one command line as a person would type it, against a scripted server or with an environment of its own. */
export const runLine = async (
  words: readonly string[],
  api: ScriptedApi | null,
  env: Terminal['env'] = {},
): Promise<Ran> => {
  let out = ''
  let err = ''
  const exit = await runCli(words, {
    env: { ...(api === null ? {} : { CAUSEWAY_URL: api.url, CAUSEWAY_TOKEN: 'token' }), ...env },
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    watched: false,
    width: 100,
  })
  return { exit, out, err }
}

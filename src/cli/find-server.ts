import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliStop, EXIT } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** Which server to speak to and with which token: from the options, the environment, or this machine's data folder. */
export interface ServerAddress {
  readonly url: string
  readonly token: string | null
}

const local = (folder: string): Partial<ServerAddress> => {
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8'))
    if (typeof content !== 'object' || content === null) return {}
    return {
      ...('url' in content && typeof content.url === 'string' ? { url: content.url } : {}),
      ...('token' in content && typeof content.token === 'string' ? { token: content.token } : {}),
    }
  } catch {
    return {}
  }
}

export const dataFolder = (terminal: Terminal, given: string | null): string =>
  given ?? terminal.env['CAUSEWAY_DATA'] ?? './data'

/** The local token goes to the local server only: never to an address that somebody typed. */
export const findServer = (
  terminal: Terminal,
  given: { readonly url: string | null; readonly token: string | null; readonly data: string | null },
): ServerAddress => {
  const here = local(dataFolder(terminal, given.data))
  const named = given.url ?? terminal.env['CAUSEWAY_URL'] ?? null
  const url = named ?? here.url ?? null
  if (url === null)
    throw new CliStop(
      EXIT.unreachable,
      'No running Causeway is known here.',
      'Start one with `npm start`, or name one with --url or CAUSEWAY_URL.',
    )
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CliStop(
      EXIT.usage,
      `'${url}' is not an http(s) address.`,
      'Write it like https://causeway.example.com.',
    )
  const isLocal = here.url !== undefined && new URL(url).origin === new URL(here.url).origin
  const token = given.token ?? terminal.env['CAUSEWAY_TOKEN'] ?? (isLocal ? here.token : undefined) ?? null
  return { url: url.replace(/\/+$/, ''), token }
}

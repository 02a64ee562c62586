import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Repositories below a folder over HTTP, served by git's own `http-backend`; nothing of git is pretended. */
export interface GitServer {
  /** `host:port` */
  readonly host: string
  /** What is asked for by whom; null: nobody signed in. */
  readonly asked: readonly { readonly path: string; readonly signIn: string | null }[]
  /** Of a repository's folder below the root. */
  address(folder: string): string
  /** Answers only whoever brings it, as `account:token`; null: everybody. */
  lock(signIn: string | null): void
  /** Sends everybody there instead. */
  move(to: string | null): void
  close(): Promise<void>
}

export const serveGit = async (root: string, env: Readonly<Record<string, string>>): Promise<GitServer> => {
  const asked: { path: string; signIn: string | null }[] = []
  let wanted: string | null = null
  let moved: string | null = null
  const server = createServer((request, response) => {
    const signIn = signInOf(request)
    asked.push({ path: request.url ?? '', signIn })
    if (moved !== null) response.writeHead(301, { location: `${moved}${request.url ?? ''}` }).end()
    else if (wanted !== null && signIn !== wanted)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    else runBackend(root, env, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    asked,
    address: (folder) => `http://${host}/${folder}`,
    lock: (signIn) => {
      wanted = signIn
    },
    move: (to) => {
      moved = to
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const signInOf = ({ headers }: IncomingMessage): string | null => {
  const [scheme, value] = headers.authorization?.split(' ') ?? []
  return scheme === 'Basic' && value !== undefined ? Buffer.from(value, 'base64').toString() : null
}

/** RFC 3875, as far as git needs it. */
const runBackend = (
  root: string,
  env: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const { headers } = request
  const child = spawn('git', ['http-backend'], {
    env: {
      ...env,
      ...{ GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', GIT_HTTP_MAX_REQUEST_BUFFER: '100M' },
      ...{ PATH_INFO: path, QUERY_STRING: query, REQUEST_METHOD: request.method ?? 'GET' },
      ...{ CONTENT_TYPE: headers['content-type'] ?? '', CONTENT_LENGTH: headers['content-length'] ?? '' },
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      ...{ REMOTE_ADDR: '127.0.0.1', REMOTE_USER: '' },
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  request.pipe(child.stdin)
  child.stdin.on('error', () => undefined)
  let head: Buffer | null = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === null) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    const lines = head.subarray(0, end).toString().split('\r\n')
    const fields = lines.map((line) => line.split(/:\s*/, 2) as [string, string])
    const status = Number(fields.find(([name]) => name.toLowerCase() === 'status')?.[1]?.split(' ')[0] ?? 200)
    response.writeHead(status, Object.fromEntries(fields.filter(([name]) => name.toLowerCase() !== 'status')))
    response.write(head.subarray(end + 4))
    head = null
  })
  child.on('close', () => response.end())
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server that answers by a table and writes down what it was asked. */
export interface ScriptedApi {
  readonly url: string
  readonly asked: { readonly line: string; readonly token: string | null; readonly body: unknown }[]
  close(): Promise<void>
}

/** `GET /path` → the JSON to answer, or a status with a body. */
export type Script = Readonly<Record<string, unknown | { readonly status: number; readonly body: unknown }>>

const isStatus = (value: unknown): value is { readonly status: number; readonly body: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  typeof value.status === 'number' &&
  'body' in value

export const startScriptedApi = async (script: Script): Promise<ScriptedApi> => {
  const asked: ScriptedApi['asked'] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const line = `${request.method} ${request.url}`
      const text = Buffer.concat(pieces).toString()
      asked.push({
        line,
        token: request.headers.authorization?.replace('Bearer ', '') ?? null,
        body: text === '' ? null : JSON.parse(text),
      })
      const answer = script[line] ?? {
        status: 404,
        body: { code: 'not-found', detail: 'There is nothing at this address.' },
      }
      const { status, body } = isStatus(answer) ? answer : { status: 200, body: answer }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

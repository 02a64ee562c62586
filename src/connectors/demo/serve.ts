import {
  createServer,
  type IncomingMessage,
  request as postRequest,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { DemoTool } from './fake.ts'
import type { ToolAnswer } from './tool/answer.ts'
import type { HookDelivery } from './tool/hooks.ts'

/** A simulated tool behind a real socket on loopback, for tests with real processes. */
export interface ServedDemoTool {
  readonly url: string
  /** Stops listening and breaks every connection, as a tool that is down: only so is a call certainly not taken in. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** Posts the tool's webhooks there from now on. */
  postHooksTo(url: string): () => void
  close(): Promise<void>
}

const MAX_JSON_BYTES = 16 * 1024 * 1024
const HUGE_CHUNK = Buffer.alloc(1024 * 1024, ' ')

/** `port` 0: any free one. Over HTTP the fault `down` breaks the connection after the call was taken in. */
export const serveDemoTool = async (tool: DemoTool, port = 0): Promise<ServedDemoTool> => {
  const server = createServer((request, response) => {
    answerOne(tool, request, response).catch(() => request.socket.destroy())
  })
  const bound = await listening(server, port)
  let stopHooks = (): void => {}
  const goDown = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return {
    url: `http://127.0.0.1:${bound}/`,
    goDown,
    comeBack: async () => {
      await listening(server, bound)
    },
    postHooksTo: (url) => {
      stopHooks = tool.subscribe((delivery) => posted(url, delivery))
      return stopHooks
    },
    close: async () => {
      stopHooks()
      await goDown()
    },
  }
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })

const answerOne = async (
  tool: DemoTool,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://demo.invalid')
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  const answer = await tool.handle({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    json: isJson ? await jsonBody(request) : undefined,
    body: isJson ? null : request,
  })
  await send(answer, request, response)
}

const jsonBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue
    size += chunk.length
    if (size > MAX_JSON_BYTES) throw new Error('the body is too large')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

const send = async (
  answer: ToolAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  switch (answer.as) {
    case 'json':
      response.writeHead(answer.status, { ...answer.headers, 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.json))
      return
    case 'text':
      response.writeHead(200, { 'content-type': answer.mediaType }).end(answer.text)
      return
    case 'half': {
      const body = Buffer.from(JSON.stringify(answer.json))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.write(body.subarray(0, body.length / 2), () => request.socket.destroy())
      return
    }
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' })
      for (
        let left = answer.size;
        left > 0 && (await written(response, HUGE_CHUNK));
        left -= HUGE_CHUNK.length
      );
      response.end()
      return
    case 'file':
      return sendFile(answer, request, response)
    case 'refused':
    case 'lost':
      request.socket.destroy()
      return
    case 'hung':
      return
  }
}

const sendFile = async (
  answer: Extract<ToolAnswer, { as: 'file' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.size })
  let left = answer.cutAt ?? answer.size
  for await (const chunk of answer.stream) {
    if (!(await written(response, chunk.subarray(0, left)))) return
    left -= chunk.length
    if (left <= 0) break
  }
  if (answer.cutAt === null) response.end()
  else request.socket.destroy()
}

/** Resolves to false when the other side has gone. */
const written = (response: ServerResponse, chunk: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    const gone = (): void => resolve(false)
    if (response.destroyed) return resolve(false)
    response.once('close', gone)
    response.write(chunk, (error) => {
      response.off('close', gone)
      resolve(!error)
    })
  })

const posted = (url: string, { bytes, headers }: HookDelivery): Promise<void> =>
  new Promise((resolve) => {
    const call = postRequest(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': bytes.length } },
      (response) => {
        response.resume()
        response.once('close', resolve)
      },
    )
    call.once('error', () => resolve())
    call.end(bytes)
  })

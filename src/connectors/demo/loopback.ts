import type { Http, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { type Call, callFault, lostKind, notJsonFault, statusFault } from '../http-fault.ts'
import type { DemoTool } from './fake.ts'
import { oneChunk } from './tool/bytes.ts'

/**
 * An `Http` that ends in a simulated tool of this process: no sockets, no serialising, the same faults. What each way
 * of failing means is taken from the one table of the real client.
 */
export const loopbackHttp = (tool: DemoTool, now: () => Date): Http => {
  const ask = async (request: HttpRequest) => {
    const [path = '', inline] = request.path.split('?', 2)
    const call: Call = {
      method: request.method,
      path,
      effect: request.effect ?? (request.method === 'GET' ? 'read' : 'write'),
      secrets: () => [],
    }
    const answer = await tool.handle({
      method: request.method,
      path,
      query: { ...Object.fromEntries(new URLSearchParams(inline)), ...flatQuery(request.query) },
      headers: {
        ...(tool.token === null ? {} : { authorization: `Bearer ${tool.token}` }),
        ...request.headers,
      },
      json: request.json === undefined ? undefined : JSON.parse(JSON.stringify(request.json)),
      body: request.body instanceof Uint8Array ? oneChunk(request.body) : (request.body ?? null),
    })
    const lost = (sentence: string) =>
      callFault(call, lostKind(call.effect), sentence, { cause: socketError('ECONNRESET') })
    return { answer, call, lost }
  }

  const notSent = (call: Call) =>
    callFault(call, 'down', 'was not sent: the connection was refused', {
      cause: socketError('ECONNREFUSED'),
    })

  const refused = (call: Call, status: number, headers: Readonly<Record<string, string>>, json: unknown) =>
    statusFault(call, { status, headers, bytes: Buffer.from(JSON.stringify(json)) }, BASE, now())

  return {
    request: async (request) => {
      const { answer, call, lost } = await ask(request)
      switch (answer.as) {
        case 'json':
          if (answer.status < 300 || request.accept?.includes(answer.status)) return jsonResponse(answer)
          throw refused(call, answer.status, answer.headers, answer.json)
        case 'text':
          return textResponse(call, answer.mediaType, answer.text)
        case 'refused':
          throw notSent(call)
        case 'lost':
          throw lost('failed: the connection broke off')
        case 'hung':
          throw lost('failed: no complete answer came in time')
        case 'half':
          throw lost('failed: the answer was cut short')
        case 'huge':
          throw call.effect === 'read'
            ? callFault(call, 'invalid', 'failed: the answer is too large')
            : lost('failed: the answer is too large')
        case 'file':
          throw callFault(call, 'invalid', 'answered a file where JSON was asked for')
      }
    },
    download: async (request) => {
      const { answer, call, lost } = await ask(request)
      if (answer.as === 'json') throw refused(call, answer.status, answer.headers, answer.json)
      if (answer.as === 'refused') throw notSent(call)
      if (answer.as !== 'file') throw lost('failed: the connection broke off')
      const { cutAt, size, stream } = answer
      return {
        status: 200,
        headers: {},
        size,
        stream: cutAt === null ? stream : cutShort(stream, cutAt, () => lost('was cut short')),
      }
    },
  }
}

const BASE = new URL('http://demo.invalid/')

const flatQuery = (query: HttpRequest['query']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )

const jsonResponse = (answer: {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
}): HttpResponse => ({
  status: answer.status,
  headers: answer.headers,
  get bytes() {
    return Buffer.from(JSON.stringify(answer.json))
  },
  json: () => answer.json,
  text: () => JSON.stringify(answer.json),
})

/** What a real socket leaves as the cause of a fault: it looks like that of any other socket, our database's too. */
const socketError = (code: 'ECONNREFUSED' | 'ECONNRESET'): Error =>
  Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' })

/** Text where JSON should be: a login page, brackets without end. */
const textResponse = (call: Call, mediaType: string, text: string): HttpResponse => {
  const answer = { status: 200, headers: { 'content-type': mediaType }, bytes: Buffer.from(text) }
  return {
    ...answer,
    text: () => text,
    json: () => {
      throw notJsonFault(call, answer, 'not the JSON that was asked for')
    },
  }
}

async function* cutShort(
  stream: AsyncIterable<Uint8Array>,
  cutAt: number,
  fault: () => Error,
): AsyncGenerator<Uint8Array> {
  let passed = 0
  for await (const chunk of stream) {
    if (passed + chunk.length > cutAt) {
      if (cutAt > passed) yield chunk.subarray(0, cutAt - passed)
      throw fault()
    }
    passed += chunk.length
    yield chunk
  }
}

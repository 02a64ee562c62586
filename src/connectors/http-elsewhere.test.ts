import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Http, HttpRequest } from '../sync/connector.ts'
import { isFault, type RemoteFault } from '../sync/fault.ts'
import { openHttp } from './http.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const NOW = new Date('2026-01-02T03:04:05.000Z')
const TOKEN = 'tok-0123456789abcdef'
let handler: Handler = (_request, response) => response.end()
const requests: { method: string; url: string; headers: IncomingMessage['headers'] }[] = []
const server = createServer((request, response) => {
  requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
  handler(request, response)
})
let origin = ''
let host = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  origin = `http://${host}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const open = (more: Partial<Parameters<typeof openHttp>[0]> = {}) =>
  openHttp({
    baseUrl: `${origin}/api/`,
    headers: () => ({ authorization: `Bearer ${TOKEN}` }),
    now: () => NOW,
    allowPrivate: [host],
    ...more,
  })

const faultOf = async (
  request: HttpRequest,
  more: Partial<Parameters<typeof openHttp>[0]> = {},
): Promise<RemoteFault> => {
  const http = open(more)
  try {
    const response = await http.request(request)
    response.json()
  } catch (error) {
    if (isFault(error)) return error
    throw error
  } finally {
    void http.close()
  }
  throw new Error('no fault')
}

const GET: HttpRequest = { method: 'GET', path: '/items' }
const PATCH: HttpRequest = { method: 'PATCH', path: '/items/1', json: { title: 'x' } }

describe('a file that lies elsewhere', () => {
  const elsewhere = createServer((request, response) => {
    others.push({ url: request.url ?? '', headers: request.headers })
    response.end('the bytes')
  })
  const others: { url: string; headers: IncomingMessage['headers'] }[] = []
  let away = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    away = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  })
  afterAll(() => {
    elsewhere.closeAllConnections()
    elsewhere.close()
  })
  const sentOn: Handler = (_request, response) =>
    response.writeHead(302, { location: `http://${away}/store/1?signature=abc` }).end()
  const read = async (
    request: HttpRequest,
    more: Partial<Parameters<typeof openHttp>[0]> = {},
  ): Promise<string> => {
    const http = open({ allowPrivate: [host, away], ...more })
    try {
      const { stream } = await http.download(request)
      const pieces: Uint8Array[] = []
      for await (const piece of stream) pieces.push(piece)
      return Buffer.concat(pieces).toString()
    } finally {
      await http.close()
    }
  }

  it('is followed to a host of the tool’s, without the credentials', async () => {
    handler = sentOn
    const fileHosts = [{ host: away, credentials: false }]
    expect(await read({ method: 'GET', path: '/file', follow: true }, { fileHosts })).toBe('the bytes')
    expect(others.at(-1)?.url).toBe('/store/1?signature=abc')
    expect(others.at(-1)?.headers.authorization).toBeUndefined()
  })

  it('is fetched with the credentials where the tool wants them there', async () => {
    const fileHosts = [{ host: away, credentials: true }]
    await read({ method: 'GET', path: `http://${away}/file` }, { fileHosts })
    expect(others.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`)
  })

  it('is not followed to a host that is not one of the tool’s, nor by a call that did not ask for it', async () => {
    handler = sentOn
    const before = others.length
    await expect(read({ method: 'GET', path: '/file', follow: true })).rejects.toMatchObject({ kind: 'down' })
    const fileHosts = [{ host: away, credentials: false }]
    await expect(read({ method: 'GET', path: '/file' }, { fileHosts })).rejects.toMatchObject({
      kind: 'down',
    })
    expect(others.length).toBe(before)
  })

  it('is not followed round in a circle', async () => {
    const before = requests.length
    handler = (_request, response) => response.writeHead(302, { location: '/api/file' }).end()
    await expect(read({ method: 'GET', path: '/file', follow: true })).rejects.toMatchObject({ kind: 'down' })
    expect(requests.length - before).toBe(4)
  })
})

describe('signing in', () => {
  const signIn = {
    get baseUrl() {
      return `${origin}/login`
    },
    ask: async (http: Http) => {
      const answer = await http.request({ method: 'POST', path: '/token' })
      return { headers: { authorization: `Bearer ${String(answer.json())}` }, until: null }
    },
  }

  it('happens before the first call and again after a refusal, and the write is then made once', async () => {
    const calls: string[] = []
    let tokens = 0
    handler = (request, response) => {
      calls.push(`${request.url} ${request.headers.authorization ?? '-'}`)
      if (request.url === '/login/token') {
        tokens += 1
        response.end(JSON.stringify(`fresh-${tokens}`))
      } else if (request.headers.authorization === 'Bearer fresh-1') response.writeHead(401).end()
      else response.end('{}')
    }
    const http = open({ headers: () => ({}), signIn })
    await http.request(PATCH)
    expect(calls).toEqual([
      '/login/token -',
      '/api/items/1 Bearer fresh-1',
      '/login/token -',
      '/api/items/1 Bearer fresh-2',
    ])
    await http.close()
  })

  it('that does not help ends with the tool’s refusal, not in a circle', async () => {
    const before = requests.length
    handler = (request, response) =>
      request.url === '/login/token' ? response.end('"never right"') : response.writeHead(401).end()
    expect((await faultOf(GET, { headers: () => ({}), signIn })).kind).toBe('auth')
    expect(requests.length - before).toBe(4)
  })

  it('never sends a stream twice, and says that nothing was taken', async () => {
    handler = (request, response) => {
      request.resume()
      request.on('end', () =>
        request.url === '/login/token' ? response.end('"old"') : response.writeHead(401).end(),
      )
    }
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('once')
    }
    const fault = await faultOf(
      { method: 'POST', path: '/file', body: bytes() },
      { headers: () => ({}), signIn },
    )
    expect(fault.kind).toBe('down')
  })
})

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../sync/connector.ts'
import { isFault, type RemoteFault } from '../sync/fault.ts'
import { openHttp, type RecordedCall } from './http.ts'

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

const answering =
  (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

const GET: HttpRequest = { method: 'GET', path: '/items' }
const PATCH: HttpRequest = { method: 'PATCH', path: '/items/1', json: { title: 'x' } }

describe('a call', () => {
  it('goes below the base path with credentials, query and JSON, and gives status, headers and JSON back', async () => {
    const http = open()
    let body = ''
    handler = (request, response) => {
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () =>
        response.writeHead(201, { 'content-type': 'application/json', 'x-a': '1' }).end('{"id":7}'),
      )
    }
    const response = await http.request({
      method: 'POST',
      path: '/items',
      query: { a: 'b c', list: ['1', '2'], none: undefined },
      json: { title: 'é' },
    })
    expect(response.status).toBe(201)
    expect(response.headers['x-a']).toBe('1')
    expect(response.json()).toEqual({ id: 7 })
    expect(requests.at(-1)).toMatchObject({ method: 'POST', url: '/api/items?a=b%20c&list=1&list=2' })
    expect(requests.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(JSON.parse(body)).toEqual({ title: 'é' })
    await http.close()
  })

  it('keeps its connection for the next one, because a new one for each call costs most of the time', async () => {
    const http = open({ connections: 1 })
    const ports = new Set<number | undefined>()
    handler = (request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    }
    for (let n = 0; n < 5; n += 1) await http.request(GET)
    expect(ports.size).toBe(1)
    await http.close()
  })

  it('hands accepted statuses to the caller', async () => {
    const http = open()
    handler = answering(404, 'nothing')
    expect((await http.request({ ...GET, accept: [404] })).text()).toBe('nothing')
    await http.close()
  })

  it('reports rate headers and every call, without query or headers', async () => {
    const rates: unknown[] = []
    const calls: RecordedCall[] = []
    const http = open({ onRate: (info) => rates.push(info), recorder: (call) => calls.push(call) })
    handler = answering(200, '{}', {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
      'x-ratelimit-reset': '30',
    })
    await http.request({ ...GET, path: '/items?token=abc' })
    expect(rates).toEqual([{ limit: 60, remaining: 59, resetAt: new Date(NOW.getTime() + 30_000) }])
    expect(calls).toMatchObject([{ method: 'GET', path: '/items', status: 200, fault: null }])
    await http.close()
  })
})

describe('a redirect', () => {
  it('is followed nowhere, neither here nor to another origin', async () => {
    const before = requests.length
    handler = answering(302, '', { location: '/new/items' })
    expect((await faultOf(GET)).kind).toBe('down')
    handler = answering(308, '', { location: 'https://elsewhere.example/items' })
    expect((await faultOf(PATCH)).kind).toBe('down')
    expect(requests.length - before).toBe(2)
  })
})

describe('a page where JSON was expected', () => {
  const page = '<html><head><style>p{}</style></head><body><h1>Down for <b>maintenance</b></h1></body></html>'

  it('is named with its content type and its words, and leaves a write in doubt', async () => {
    handler = answering(200, page, { 'content-type': 'text/html' })
    expect(await faultOf(GET)).toMatchObject({
      kind: 'down',
      detail: 'GET /items answered text/html, not valid JSON: "Down for maintenance"',
    })
    expect((await faultOf(PATCH)).kind).toBe('unknown')
  })
})

describe('a secret', () => {
  it('is never shown, wherever the tool puts it', async () => {
    const basic = `Basic ${Buffer.from('bot:s3cretpass').toString('base64')}`
    handler = answering(400, `pass s3cretpass key k-987654321 ${basic}`)
    const fault = await faultOf(
      { ...GET, query: { api_key: 'k-987654321' } },
      { headers: () => ({ authorization: basic }) },
    )
    expect(String(fault)).not.toMatch(/s3cretpass|k-987654321|Ym90/)
  })
})

describe('a lost answer', () => {
  it('is down when nothing was sent, because nobody listens there', async () => {
    const fault = await faultOf(PATCH, { baseUrl: 'http://127.0.0.1:1', allowPrivate: ['127.0.0.1:1'] })
    expect(fault).toMatchObject({
      kind: 'down',
      detail: 'PATCH /items/1 was not sent: the connection was refused',
    })
  })

  it('is unknown for a write and down for a read when the connection breaks after sending', async () => {
    handler = (request) => request.socket.destroy()
    expect((await faultOf(PATCH)).kind).toBe('unknown')
    expect((await faultOf(GET)).kind).toBe('down')
    expect((await faultOf({ ...PATCH, effect: 'read' })).kind).toBe('down')
  })

  it('is unknown for a write answered with half a body', async () => {
    handler = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"id":')
      setImmediate(() => response.destroy())
    }
    expect((await faultOf(PATCH)).kind).toBe('unknown')
    expect((await faultOf(GET)).kind).toBe('down')
  })

  it('is unknown for a write that is not answered in time, also when the answer trickles', async () => {
    handler = () => {}
    expect(await faultOf({ ...PATCH, timeoutMs: 30 })).toMatchObject({ kind: 'unknown' })
    handler = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(drip))
    }
    expect(await faultOf({ ...GET, timeoutMs: 40 })).toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('0.04 s'),
    })
  })

  it('is down when the call never left the queue of connections, even for a write', async () => {
    const http = open({ connections: 1 })
    handler = () => {}
    const hanging = http.request({ ...GET, timeoutMs: 120 }).catch((error: unknown) => error)
    const queued = http.request({ ...PATCH, timeoutMs: 20 }).catch((error: unknown) => error)
    expect(await queued).toMatchObject({ kind: 'down', detail: expect.stringContaining('was not sent') })
    expect(await hanging).toMatchObject({ kind: 'down' })
    expect(
      requests.filter((each) => each.method === 'PATCH' && each.url === '/api/items/1').length,
    ).toBeGreaterThan(0)
    void http.close()
  })
})

describe('a hostile answer', () => {
  it('is cut off at the size limit before it is gathered', async () => {
    let written = 0
    handler = (_request, response) => {
      const block = Buffer.alloc(65_536, 0x20)
      const more = (): void => {
        while (!response.destroyed && written < 1 << 30) {
          written += block.length
          if (!response.write(block)) return void response.once('drain', more)
        }
      }
      more()
    }
    expect(await faultOf(GET)).toMatchObject({
      kind: 'invalid',
      detail: 'GET /items failed: the answer is larger than 16384 KiB',
    })
    expect(written).toBeLessThan(1 << 27)
    handler = answering(200, 'x'.repeat(2_000))
    expect((await faultOf({ ...PATCH, maxBytes: 1_000 })).kind).toBe('unknown')
  })

  it('may nest 10,000 deep without harm', async () => {
    handler = answering(200, '['.repeat(10_000))
    expect(await faultOf(GET)).toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('nested deeper than 200'),
    })
  })

  it('is refused when compressed, because we never ask for it and a bomb would unpack', async () => {
    handler = answering(200, 'x', { 'content-encoding': 'gzip' })
    expect((await faultOf(GET)).detail).toContain('compressed')
  })

  it('with headers beyond the limit is a fault, not a crash', async () => {
    handler = (_request, response) => {
      response.writeHead(200, { 'x-large': 'y'.repeat(60_000) }).end('{}')
    }
    expect((await faultOf(GET)).kind).toBe('down')
  })
})

describe('where a call may go', () => {
  it('refuses other origins, steps upwards and control characters, and sends nothing', async () => {
    const before = requests.length
    for (const path of [
      'https://elsewhere.example/x',
      '/../admin',
      '/a/%2e%2e/b',
      '/a b',
      '/a\r\nx: y',
      '/a#b',
      '/a\\b',
      'items',
      '/é',
    ]) {
      expect((await faultOf({ ...GET, path })).kind, path).toBe('invalid')
    }
    expect(requests.length).toBe(before)
  })

  it('takes absolute addresses of its own origin, as paging links are', async () => {
    const http = open()
    handler = answering(200, '{}')
    await http.request({ ...GET, path: `${origin}/other?page=2` })
    expect(requests.at(-1)?.url).toBe('/other?page=2')
    await http.close()
  })

  it('refuses private addresses unless host and port are allowed exactly', async () => {
    const before = requests.length
    const port = host.split(':')[1]
    for (const [baseUrl, allowPrivate] of [
      [origin, []],
      [origin, ['127.0.0.1:1', '127.0.0.1']],
      [`https://127.0.0.1:${port}`, []],
      [`https://[::ffff:127.0.0.1]:${port}`, []],
      [`https://0x7f000001:${port}`, []],
      [`https://localhost:${port}`, []],
      ['https://user:pass@1.1.1.1', []],
      ['ftp://1.1.1.1', []],
      ['nonsense', []],
    ] as const) {
      const fault = await faultOf(GET, { baseUrl, allowPrivate })
      expect(fault.kind, baseUrl).toBe('auth')
      expect(fault.detail).not.toContain('pass@')
    }
    expect(requests.length).toBe(before)
  })
})

describe('streams', () => {
  it('uploads parts as they come, with a length when all sizes are known', async () => {
    const http = open()
    let body = ''
    handler = (request, response) => {
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => response.end('{}'))
    }
    async function* content() {
      yield Buffer.from('one ')
      yield Buffer.from('two')
    }
    await http.request({
      method: 'POST',
      path: '/files',
      multipart: [
        { name: 'note', content: 'hello' },
        {
          name: 'file',
          filename: 'a"\r\nb.txt',
          mediaType: 'text/plain\r\nx: y',
          content: content(),
          size: 7,
        },
      ],
    })
    expect(requests.at(-1)?.headers['content-length']).toBe(String(Buffer.byteLength(body)))
    expect(body).toContain('name="note"\r\n\r\nhello\r\n')
    expect(body).toContain(
      'filename="a%22%0D%0Ab.txt"\r\nContent-Type: application/octet-stream\r\n\r\none two\r\n',
    )
    await http.close()
  })

  it('downloads piece by piece with the announced size', async () => {
    const http = open()
    handler = answering(200, Buffer.alloc(100_000, 1), { 'content-length': '100000' })
    const download = await http.download({ method: 'GET', path: '/file' })
    let size = 0
    for await (const piece of download.stream) size += piece.length
    expect([download.size, size]).toEqual([100_000, 100_000])
    await http.close()
  })

  it('says when a download was cut short or refused', async () => {
    const http = open()
    handler = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('abc')
      setImmediate(() => response.destroy())
    }
    const download = await http.download({ method: 'GET', path: '/file' })
    const drained = (async () => {
      for await (const _ of download.stream);
    })()
    await expect(drained).rejects.toMatchObject({ kind: 'down' })
    handler = answering(403, '{"message":"not yours"}')
    await expect(http.download({ method: 'GET', path: '/file' })).rejects.toMatchObject({ kind: 'auth' })
    await http.close()
  })
})

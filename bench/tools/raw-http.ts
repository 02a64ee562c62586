import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A small HTTP/1.1 client and server on bare sockets, about ten microseconds a message: the tools and the load share
 * the machine with what is measured and must not eat it. For the loopback address only, not for the world.
 */
const HEAD_END = Buffer.from('\r\n\r\n')

type OnMessage = (head: string, body: Buffer) => void

/** Cuts a stream of bytes into messages with a `content-length` (or chunks). */
const messages = (onMessage: OnMessage): ((chunk: Buffer) => void) => {
  let rest: Buffer | null = null
  return (chunk) => {
    let buffer: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk])
    rest = null
    while (buffer.length > 0) {
      const at = buffer.indexOf(HEAD_END)
      if (at < 0) break
      const head = buffer.toString('latin1', 0, at)
      const body = bodyOf(head.toLowerCase(), buffer, at + 4)
      if (body === null) break
      buffer = buffer.subarray(body.end)
      onMessage(head, body.bytes)
    }
    if (buffer.length > 0) rest = buffer
  }
}

/** Null: not all of it is there yet. */
const bodyOf = (head: string, buffer: Buffer, start: number): { bytes: Buffer; end: number } | null => {
  const length = /\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (length !== undefined) {
    const end = start + Number(length)
    return buffer.length < end ? null : { bytes: buffer.subarray(start, end), end }
  }
  return head.includes('\ntransfer-encoding: chunked')
    ? chunksOf(buffer, start)
    : { bytes: Buffer.alloc(0), end: start }
}

const chunksOf = (buffer: Buffer, start: number): { bytes: Buffer; end: number } | null => {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = buffer.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(buffer.toString('latin1', at, line), 16)
    if (buffer.length < line + size + 4) return null
    if (size === 0) return { bytes: Buffer.concat(parts), end: line + 4 }
    parts.push(buffer.subarray(line + 2, line + 2 + size))
    at = line + size + 4
  }
}

/** One connection that is kept open, with one request under way at a time. */
export interface RawConnection {
  /** `request`: all its bytes. `status` 0: no answer came. */
  send(request: Buffer, answered: (status: number, body: Buffer) => void): void
  close(): void
}

export const openRaw = (host: string, port: number): RawConnection => {
  let socket: Socket | null = null
  let waiting: ((status: number, body: Buffer) => void) | null = null
  const answer = (status: number, body: Buffer): void => {
    const answered = waiting
    waiting = null
    answered?.(status, body)
  }
  const open = (): Socket => {
    const made = connect({ host, port, noDelay: true })
    made.on(
      'data',
      messages((head, body) => {
        if (/\nconnection: close/i.test(head)) lose(made)
        answer(Number(head.slice(9, 12)), body)
      }),
    )
    const lost = (): void => {
      if (socket !== made) return
      socket = null
      answer(0, Buffer.alloc(0))
    }
    made.on('error', lost)
    made.on('close', lost)
    return made
  }
  const lose = (one: Socket): void => {
    if (socket === one) socket = null
    one.destroy()
  }
  return {
    send: (request, answered) => {
      waiting = answered
      socket ??= open()
      socket.write(request)
    },
    close: () => {
      waiting = null
      if (socket !== null) lose(socket)
    },
  }
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly body: Buffer
}

/** `reply` exactly once; several requests of one connection are answered in order. */
export type RawHandler = (request: RawRequest, reply: (status: number, text: string) => void) => void

export const serveRaw = async (
  handle: RawHandler,
): Promise<{ readonly port: number; readonly server: Server }> => {
  const server = createServer({ noDelay: true }, (socket) => {
    const due: { text: string | null }[] = []
    const read = messages((head, body) => {
      const slot: { text: string | null } = { text: null }
      due.push(slot)
      const [method = '', path = ''] = head.slice(0, head.indexOf('\r')).split(' ')
      handle({ method, path, body }, (status, text) => {
        slot.text = `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
        for (let first = due[0]; first !== undefined && first.text !== null; first = due[0]) {
          socket.write(first.text)
          due.shift()
        }
      })
    })
    socket.on('data', read)
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve))
  return { port: (server.address() as AddressInfo).port, server }
}

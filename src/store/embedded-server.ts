import { createServer, type Server, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'

/**
 * Serves the embedded engine on a Unix socket in PostgreSQL's own protocol.
 *
 * The engine has one session for everybody. So a client's exchange (everything up to Sync, or one simple query) runs
 * whole before another client's begins, or one would bind its values to another's statement; and while a client has a
 * transaction open, all others wait. A client that goes away in the middle of a transaction is rolled back.
 */
export const serveEmbedded = async (engine: PGlite, path: string): Promise<{ close(): Promise<void> }> => {
  const turns = makeTurns()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    attend(engine, socket, turns)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return { close: () => closeServer(server, sockets) }
}

const closeServer = (server: Server, sockets: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    for (const socket of sockets) socket.destroy()
    server.close(() => resolve())
  })

// ---- whose turn it is --------------------------------------------------------------------------------------------

type Client = symbol

interface Turns {
  /** Runs `work` when nobody else has the engine; `keep` says afterwards whether this client keeps it. */
  run(client: Client, work: () => Promise<void>, keep: () => boolean): Promise<void>
  /** The client is gone: what it waited for is dropped; `leave` runs if it had the engine. */
  leave(client: Client, leave: () => Promise<void>): Promise<void>
}

const makeTurns = (): Turns => {
  interface Turn {
    readonly client: Client
    readonly go: () => Promise<void>
  }
  let waiting: Turn[] = []
  let owner: Client | null = null
  let busy = false
  const pump = async (): Promise<void> => {
    if (busy) return
    busy = true
    for (;;) {
      const at = owner === null ? 0 : waiting.findIndex((turn) => turn.client === owner)
      const next = waiting[at]
      if (next === undefined) break
      waiting.splice(at, 1)
      await next.go()
    }
    busy = false
  }
  return {
    run: (client, work, keep) =>
      new Promise((resolve, reject) => {
        waiting.push({
          client,
          go: async () => {
            try {
              await work()
              owner = keep() ? client : null
              resolve()
            } catch (error) {
              owner = null
              reject(error)
            }
          },
        })
        void pump()
      }),
    leave: async (client, leave) => {
      waiting = waiting.filter((turn) => turn.client !== client)
      const roll = async (): Promise<void> => {
        if (owner !== client) return
        await leave()
        owner = null
      }
      await new Promise<void>((resolve) => {
        waiting.unshift({ client: owner ?? client, go: async () => roll().finally(resolve) })
        void pump()
      })
    },
  }
}

// ---- one client ---------------------------------------------------------------------------------------------------

const SSL_REQUEST = 80_877_103
const CANCEL_REQUEST = 80_877_102
const SYNC = 0x53
const QUERY = 0x51
const TERMINATE = 0x58
const READY_FOR_QUERY = 0x5a
const IDLE = 0x49
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024

const attend = (engine: PGlite, socket: Socket, turns: Turns): void => {
  const client: Client = Symbol('client')
  let buffer: Buffer = Buffer.alloc(0)
  let exchange: Buffer[] = []
  let started = false
  let inTransaction = false
  let working = Promise.resolve()
  socket.setNoDelay(true)

  const execute = (bytes: Buffer): Promise<void> =>
    turns.run(
      client,
      async () => {
        const answers: Uint8Array[] = []
        await engine.runExclusive(() =>
          engine.execProtocolRawStream(bytes, { onRawData: (data) => answers.push(data.slice()) }),
        )
        const answer = Buffer.concat(answers)
        inTransaction = statusOf(answer) !== IDLE
        if (socket.writable) socket.write(answer)
      },
      () => inTransaction,
    )

  const submit = (bytes: Buffer): void => {
    working = working.then(() => execute(bytes)).catch(() => void socket.destroy())
  }

  const take = (): boolean => {
    if (!started) {
      if (buffer.length < 8) return false
      const length = buffer.readInt32BE(0)
      const code = buffer.readInt32BE(4)
      if (buffer.length < length) return false
      const message = buffer.subarray(0, length)
      buffer = buffer.subarray(length)
      if (code === SSL_REQUEST) socket.write('N')
      else if (code === CANCEL_REQUEST) socket.end()
      else {
        started = true
        submit(Buffer.from(message))
      }
      return true
    }
    if (buffer.length < 5) return false
    const length = 1 + buffer.readInt32BE(1)
    if (length < 5 || length > MAX_MESSAGE_BYTES) {
      socket.destroy()
      return false
    }
    if (buffer.length < length) return false
    const message = buffer.subarray(0, length)
    buffer = buffer.subarray(length)
    if (message[0] === TERMINATE) {
      socket.end()
      return false
    }
    exchange.push(message)
    if (message[0] === SYNC || message[0] === QUERY) {
      submit(Buffer.concat(exchange))
      exchange = []
    }
    return true
  }

  socket.on('data', (data) => {
    buffer = buffer.length === 0 ? data : Buffer.concat([buffer, data])
    while (take());
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    void working
      .then(() => turns.leave(client, async () => void (await engine.exec('rollback'))))
      .catch(() => undefined)
  })
}

/** The transaction status in the last ReadyForQuery of an answer; idle where there is none. */
const statusOf = (answer: Buffer): number => {
  const at = answer.length - 6
  return at >= 0 && answer[at] === READY_FOR_QUERY && answer.readInt32BE(at + 1) === 5
    ? (answer[at + 5] ?? IDLE)
    : IDLE
}

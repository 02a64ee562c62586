import type { FastifyReply } from 'fastify'
import { sha256 } from '../../lib/stable.ts'
import { isDatabaseLost } from '../../store/database-lost.ts'
import { type Intake, IntakeFull, openIntake } from '../../store/intake.ts'
import type { WebhookReading } from '../../sync/connector.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import type { HookCounts } from './hook-counts.ts'
import { type KnownConnection, type KnownConnections, watchConnections } from './known-connections.ts'

/**
 * `POST /hooks/<connection>`: where tools ring. The order is the point: the size is capped before anything is read
 * into memory, the signature is checked on the raw bytes before anything is parsed, and 2xx is answered only after the
 * row is committed. What is rung about is only a hint; the item itself is fetched later.
 *
 * An unknown connection, a wrong signature, an old stamp and an unreadable body get one and the same answer: whoever
 * cannot sign learns nothing, not even which connections exist. The reason is kept for the connection's screen.
 */
const FLIGHTS = 2
/** The tool's own id of a delivery; longer ones are hashed, so that an index row always has room. */
const DELIVERY_ID_MAX = 200

/** What every tool we know sends. Another type is refused before it is read. */
const JSON_TYPES = /^application\/([\w.-]+\+)?json\b/i

const TAKEN = '{"status":"taken"}'
const SEEN = '{"status":"seen before"}'

const REJECTED = problem('unauthenticated', 'The delivery is not signed as a connection here expects.')

type Rung = { readonly connection: KnownConnection; readonly reading: WebhookReading } | null

export const hookRoutes = async (app: App, deps: ApiDeps, counts: HookCounts): Promise<void> => {
  const known = watchConnections(deps.runner.db, deps.master, deps.runner.now)
  const intake = openIntake({
    db: deps.intakeDb,
    flights: FLIGHTS,
    onCommitted: () => deps.runner.signal.notify(),
  })
  app.addHook('preClose', async () => {
    known.stop()
    await intake.drained()
  })
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    // nothing is logged here for a single delivery: no logger of its own is made for each
    hooks.setChildLoggerFactory((logger) => logger)
    hooks.addContentTypeParser(
      JSON_TYPES,
      { parseAs: 'buffer', bodyLimit: deps.config.hookMaxBytes },
      (_request, body, done) => done(null, body),
    )
    hooks.post<{ Params: { connection: string }; Body: Buffer | undefined }>(
      '/hooks/:connection',
      {
        config: { access: 'public' },
        bodyLimit: deps.config.hookMaxBytes,
        schema: {
          tags: ['hooks'],
          summary: 'A tool rings',
          description:
            'The body and its signature are as the tool sends them. 200 means kept, or seen before, or of no interest.',
          security: [],
        },
      },
      async (request, reply) => {
        const delivery = {
          bytes: request.body ?? new Uint8Array(),
          headers: request.headers as Readonly<Record<string, string>>,
          now: deps.runner.now(),
        }
        const rung = await read(known, request.params.connection, delivery)
        if (rung === null || rung.reading.outcome === 'rejected') {
          if (rung !== null) counts.rejected(rung.connection.key, reasonOf(rung.reading), delivery.now)
          else counts.unknown()
          return sendProblem(reply, REJECTED)
        }
        if (rung.reading.outcome === 'ignored') {
          counts.ignored(rung.connection.key)
          return json(reply, JSON.stringify({ status: 'ignored', reason: rung.reading.reason }))
        }
        if (deps.engine === 'embedded' && deps.disk.isNearlyFull())
          return sendProblem(reply, problem('storage-full', 'The disk is nearly full. Send it again later.'))
        return take(intake, reply, counts, rung.connection, {
          deliveryId: deliveryIdOf(rung.reading.deliveryId, delivery.bytes),
          refs: rung.reading.refs.map((ref) => ref.id),
          receivedAt: delivery.now,
        })
      },
    )
  })
}

type Delivery = { bytes: Uint8Array; headers: Readonly<Record<string, string>>; now: Date }

/** Null: no such connection. A key or signature we do not know may be newer than what we know: look once more. */
const read = async (known: KnownConnections, key: string, delivery: Delivery): Promise<Rung> => {
  const first = readOnce(known.find(key), delivery)
  if (first !== null && first.reading.outcome !== 'rejected') return first
  // the database being away must not turn a plain refusal into a fault
  const changed = await known.refreshSoon().catch(() => false)
  return changed ? readOnce(known.find(key), delivery) : first
}

const readOnce = (connection: KnownConnection | undefined, delivery: Delivery): Rung => {
  const webhook = connection?.connector.webhook
  return connection === undefined || webhook == null
    ? null
    : { connection, reading: webhook(delivery, connection.settings as never) }
}

const reasonOf = (reading: WebhookReading): string => ('reason' in reading ? reading.reason : '')

const deliveryIdOf = (theirs: string | null, bytes: Uint8Array): string => {
  if (theirs === null || theirs === '') return `sha256:${sha256(bytes)}`
  return theirs.length <= DELIVERY_ID_MAX && !theirs.includes('\0') ? theirs : `sha256:${sha256(theirs)}`
}

const take = async (
  intake: Intake,
  reply: FastifyReply,
  counts: HookCounts,
  connection: KnownConnection,
  delivery: { deliveryId: string; refs: readonly string[]; receivedAt: Date },
): Promise<FastifyReply> => {
  try {
    const taken = await intake.take({ connectionId: connection.id, ...delivery })
    counts.taken(connection.key, taken)
    return json(reply, taken === 'new' ? TAKEN : SEEN)
  } catch (error) {
    counts.failed(connection.key)
    if (error instanceof IntakeFull)
      return sendProblem(reply, problem('too-busy', 'Send it again in a moment.'))
    if (isDatabaseLost(error))
      return sendProblem(reply, problem('database-unavailable', 'Send it again in a few seconds.'))
    throw error
  }
}

const json = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('content-type', 'application/json').send(text)

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import type { EventPlace, StoredEvent } from '../../store/events.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { noticesFor } from '../portal/notices.ts'
import { closed } from '../shapes.ts'
import { iso } from '../times.ts'
import { type EventFeed, openEventFeed } from './feed.ts'
import { visibleData, visibleEvents } from './visible.ts'

/**
 * The log as server-sent events. Each has an id; whoever lost the connection sends the last one as `Last-Event-ID`
 * and gets everything since. A reader who does not keep up is not buffered for: nothing is written while the socket
 * is full, and after a while the connection is closed, to be resumed.
 */
const HEARTBEAT_MS = 15_000
const STALLED_MS = 30_000
const RETRY_MS = 2_000
const RENEWED_AFTER_MS = 10 * 60_000

const PLACE = /^(\d{1,20})\.(\d{1,16})$/

export const readPlaceOfEvent = (text: string): EventPlace | null => {
  const [, tx, seq] = PLACE.exec(text) ?? []
  return tx === undefined || seq === undefined ? null : { tx, seq: Number(seq) }
}

const placeText = (place: EventPlace): string => `${place.tx}.${place.seq}`

export const presentEvent = (event: StoredEvent, caller: Caller): unknown => ({
  kind: event.kind,
  at: iso(event.at),
  record: event.record_id === null ? null : { kind: event.record_kind, id: event.record_id },
  actor: event.actor,
  connectionId: event.connection_id,
  cause: event.cause,
  data: visibleData(event, caller),
})

const Query = closed({
  after: Type.Optional(
    Type.String({ maxLength: 40, description: 'As `Last-Event-ID`, where headers cannot be set.' }),
  ),
})

export const eventRoutes = (app: App, deps: ApiDeps): void => {
  const feed = openEventFeed(deps.runner.db, deps.signal, (error) =>
    app.log.warn({ err: error }, 'the feed of events could not look for news; it looks again'),
  )
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    feed.stop()
    for (const stream of open) stream.abort()
  })
  app.get(
    '/api/v1/events',
    {
      config: { access: 'events.read' },
      schema: {
        tags: ['events'],
        summary: 'What happens, as server-sent events',
        description: 'Resume with `Last-Event-ID`; without it, only what comes from now on.',
        querystring: Query,
        response: { 200: Type.String({ description: 'text/event-stream' }) },
      },
    },
    async (request, reply) => {
      const asked = request.headers['last-event-id'] ?? request.query.after
      const resumed = typeof asked === 'string' ? readPlaceOfEvent(asked) : null
      if (asked !== undefined && resumed === null)
        return sendProblem(reply, problem('invalid', 'This is not the id of an event.', { field: '/after' }))
      const from = resumed ?? (await feed.end())
      const stopped = new AbortController()
      open.add(stopped)
      reply.raw.once('close', () => stopped.abort())
      // now and then the client comes again, with a token that is checked again
      const renewal = setTimeout(() => stopped.abort(), RENEWED_AFTER_MS)
      reply.hijack()
      await stream(reply.raw, from, {
        deps,
        feed,
        caller: callerOfRequest(request),
        stopped,
        log: request.log,
      })
      clearTimeout(renewal)
      open.delete(stopped)
      return reply
    },
  )
}

interface Stream {
  readonly log: FastifyBaseLogger
  readonly deps: ApiDeps
  readonly feed: EventFeed
  readonly caller: Caller
  readonly stopped: AbortController
}

const stream = async (out: ServerResponse, from: EventPlace, told: Stream): Promise<void> => {
  const { signal } = told.stopped
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  out.write(`retry: ${RETRY_MS}\n\n`)
  const heartbeat = setInterval(() => {
    if (!out.writableNeedDrain) out.write(`: ${placeText(place)}\n\n`)
  }, HEARTBEAT_MS)
  let place = from
  try {
    while (!signal.aborted) {
      const events = await told.feed.after(place)
      const last = events.at(-1)
      if (last === undefined) {
        await told.feed.changed(place, signal)
        continue
      }
      const shown = await frames(told, events)
      place = last
      await write(out, shown.join(''), signal)
    }
  } catch (error) {
    // the database went away, or the reader did not keep up: the client resumes where it was
    if (!signal.aborted) told.log.warn({ err: error }, 'an event stream was ended')
  } finally {
    clearInterval(heartbeat)
    out.end()
  }
}

const frames = async (
  { deps, caller }: Stream,
  events: readonly StoredEvent[],
): Promise<readonly string[]> => {
  if (caller.reach === null)
    return visibleEvents(caller, events).map((event) => frame(event, event.kind, presentEvent(event, caller)))
  const notices = await noticesFor(deps.readAsPortal, caller.reach, events)
  return notices.map(({ place, notice }) => frame(place, notice.kind, notice))
}

const frame = (place: EventPlace, kind: string, shown: unknown): string =>
  `id: ${placeText(place)}\nevent: ${kind}\ndata: ${JSON.stringify(shown)}\n\n`

const write = async (out: ServerResponse, text: string, signal: AbortSignal): Promise<void> => {
  if (text === '' || out.write(text)) return
  await once(out, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(STALLED_MS)]) })
}

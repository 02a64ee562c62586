import { closeCalendar, openCalendar } from '../../commands/open-calendar.ts'
import { writeCalendar } from '../../domain/icalendar.ts'
import { calendarOf } from '../../store/calendar-addresses.ts'
import type { Tx } from '../../store/database.ts'
import { type CalendarEntry, readAllEntries, readCalendar } from '../../store/views/calendar.ts'
import { allows } from '../access.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerFor, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { type Problem, problem, sendProblem } from '../errors.ts'
import { addressFor } from '../for-partners/read-routes.ts'
import { asJson } from '../json.ts'
import { NoContent } from '../shapes.ts'
import { iso, isoOrNull } from '../times.ts'
import { calendarTitle, cutEvent, feedEvent } from './feed.ts'
import { Calendar, CalendarAddress, CalendarQuery, FeedQuery, OpenedCalendar } from './schema.ts'

const tags = ['calendar']
const DAY_MS = 86_400_000
const MOST_DAYS = 100
/** What a calendar program keeps: what was lately, and what anybody plans ahead. */
const FEED_DAYS = { back: 31, ahead: 180 } as const
const MOST_EVENTS = 10_000

/** What is to come first: where there is too much for a calendar program, the past is left out, and then what is farthest. */
const readFeed = async (tx: Tx, now: Date) => {
  const found = new Map<string, CalendarEntry>()
  const ahead = { from: now, to: new Date(now.getTime() + FEED_DAYS.ahead * DAY_MS) }
  const back = { from: new Date(now.getTime() - FEED_DAYS.back * DAY_MS), to: now }
  const isAheadWhole = await readAllEntries(tx, ahead, now, MOST_EVENTS, found)
  const isBackWhole = await readAllEntries(tx, back, now, MOST_EVENTS, found)
  return { entries: [...found.values()], isCut: !(isAheadWhole && isBackWhole) }
}

const present = ({ updatedAt: _, freeze, ...entry }: CalendarEntry) => {
  if (freeze === null) return asJson({ ...entry, freeze })
  const { version: revision, ...shown } = freeze
  return asJson({ ...entry, freeze: { ...shown, revision } })
}

const spanFault = (from: Date, to: Date): Problem | null => {
  if (from >= to) return problem('invalid', 'The time ends before it begins.', { field: '/to' })
  return to.getTime() - from.getTime() > MOST_DAYS * DAY_MS
    ? problem('invalid', `Ask for ${MOST_DAYS} days at most.`, { field: '/to' })
    : null
}

/** Releases, changes, freezes and bookings on one calendar, for screens and for calendar programs. */
export const calendarRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/calendar',
    {
      config: { access: 'calendar.read' },
      schema: {
        tags,
        summary: 'Releases, changes, freezes and bookings of a time',
        querystring: CalendarQuery,
        response: { 200: Calendar },
      },
    },
    async (request, reply) => {
      const [from, to] = [new Date(request.query.from), new Date(request.query.to)]
      const fault = spanFault(from, to)
      if (fault !== null) return sendProblem(reply, fault)
      const found = await read(deps, (tx) => readCalendar(tx, { from, to }, deps.runner.now()))
      return reply.send({
        conflicts: found.conflicts.map(asJson),
        changeConflicts: found.changeConflicts.map(asJson),
        entries: found.entries.map(present),
        isCut: found.isCut,
      })
    },
  )
  feedRoute(app, deps)
  addressRoutes(app, deps)
}

/** Programs that subscribe to a calendar send no headers: the address itself is the secret, and this is all it opens. */
const feedRoute = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/calendar.ics',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The calendar for calendar programs (RFC 5545), at a secret address',
        security: [],
        querystring: FeedQuery,
      },
    },
    async (request, reply) => {
      const now = deps.runner.now()
      const caller = await callerFor(deps.runner.db, request.query.key, 'calendar', now)
      if (caller === null || !allows('calendar.subscribe', caller.roles))
        return sendProblem(reply, problem('not-found', 'There is no such calendar. Make a new address.'))
      const { entries, isCut } = await read(deps, (tx) => readFeed(tx, now))
      const language = caller.language ?? caller.settings.language ?? 'en'
      const address = addressFor(deps, request)
      const events = [
        ...(isCut ? [cutEvent(now, language, address)] : []),
        ...entries.map((entry) => feedEvent(entry, language, address)),
      ]
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="causeway.ics"')
        .header('referrer-policy', 'no-referrer')
        .send(writeCalendar(calendarTitle(language, caller.settings.name), events))
    },
  )
}

const personOf = ({ personId }: Caller): string | Problem =>
  personId ?? problem('wrong-state', 'A calendar is a person’s, and this token stands for nobody.')

/** One’s own address. */
const addressRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'calendar.subscribe' } as const
  app.get(
    '/api/v1/calendar/address',
    {
      config,
      schema: {
        tags,
        summary: 'Whether one has a secret address, and when it was last asked; never the address',
        response: { 200: OpenedCalendar },
      },
    },
    async (request, reply) => {
      const { personId } = callerOfRequest(request)
      const found = personId === null ? null : await read(deps, (tx) => calendarOf(tx, personId))
      return reply.send({
        opened:
          found === null
            ? null
            : { createdAt: iso(found.created_at), lastUsedAt: isoOrNull(found.last_used_at) },
      })
    },
  )
  app.post(
    '/api/v1/calendar/address',
    {
      config,
      schema: {
        tags,
        summary: 'Make one’s secret address; the one before opens nothing any more',
        response: { 201: CalendarAddress },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const personId = personOf(caller)
      if (typeof personId !== 'string') return sendProblem(reply, personId)
      const at = `${addressFor(deps, request)}/api/v1/calendar.ics`
      return answer(deps, request, reply, {
        command: openCalendar,
        input: { personId, accountId: caller.accountId, roles: caller.roles },
        present: async (_tx, { token }) => ({ address: `${at}?key=${token}` }),
        status: 201,
      })
    },
  )
  app.delete(
    '/api/v1/calendar/address',
    {
      config,
      schema: { tags, summary: 'End one’s secret address', response: { 204: NoContent } },
    },
    async (request, reply) => {
      const personId = personOf(callerOfRequest(request))
      if (typeof personId !== 'string') return sendProblem(reply, personId)
      return answer(deps, request, reply, {
        command: closeCalendar,
        input: { personId },
        present: async () => null,
        status: 204,
      })
    },
  )
}

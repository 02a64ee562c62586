import { err, ok, type Result } from '../lib/result.ts'
import type { EventKind } from './event.ts'
import { type Refusal, refuse } from './refusal.ts'
import {
  OPEN_NEEDS,
  type OpenNeed,
  TICKET_STATES,
  type TicketState,
  WAITING_FOR,
  type WaitingFor,
} from './words.ts'

/**
 * The life of a ticket; the state says whose move it is.
 *
 * `new`: nobody has looked. `open`: support's move, and `needs` says which: a first response, the next one, finding
 * out, or closing the loop (engineering is through, the customer is not told). `waiting`: somebody else's move, and
 * `waitingFor` says whose. `resolved`: an answer was given, the customer may still object. `closed`, `cancelled`,
 * `merged`: nobody's move. `needs` is set in `open` only, `waitingFor` in `waiting` only.
 */
export interface TicketStanding {
  readonly state: TicketState
  readonly needs: OpenNeed | null
  readonly waitingFor: WaitingFor | null
  readonly ownerId: string | null
  readonly mergedInto: string | null
  readonly wakeAt: Date | null
  readonly wokenAt: Date | null
  readonly wokenBecause: string | null
  readonly reopenedCount: number
  readonly resolvedAt: Date | null
  readonly closedAt: Date | null
}

export const NEW_TICKET: TicketStanding = {
  state: 'new',
  needs: null,
  waitingFor: null,
  ownerId: null,
  mergedInto: null,
  wakeAt: null,
  wokenAt: null,
  wokenBecause: null,
  reopenedCount: 0,
  resolvedAt: null,
  closedAt: null,
}

export type TicketCommand =
  /** A public comment. A contact's opens the ticket again, whatever it was. */
  | { readonly do: 'reply'; readonly by: 'staff' | 'contact' }
  /** A public comment of staff that needs an answer. */
  | { readonly do: 'ask customer' }
  /** Internal words: nobody's move changes. */
  | { readonly do: 'note' }
  | { readonly do: 'take'; readonly ownerId: string | null }
  /** Sent on to engineering: somebody has looked; a response that is owed stays owed. */
  | { readonly do: 'escalate' }
  | { readonly do: 'wait'; readonly waitingFor: WaitingFor; readonly until: Date | null }
  | { readonly do: 'wake'; readonly because: string; readonly need: OpenNeed }
  | { readonly do: 'resolve' }
  | { readonly do: 'close' }
  | { readonly do: 'cancel' }
  | { readonly do: 'reopen' }
  | { readonly do: 'merge'; readonly into: string }
  /** It was merged by mistake: it is again what it was. */
  | { readonly do: 'unmerge'; readonly back: StandingBefore }
  /** A fact from a tool that owns the state. */
  | { readonly do: 'follow tool'; readonly state: TicketState; readonly waitingFor: WaitingFor | null }

/** Where a ticket stood before it was merged, as the log tells it. */
export type StandingBefore = Pick<TicketStanding, 'state' | 'needs' | 'waitingFor'>

type Verb = TicketCommand['do']

const LIVE = ['new', 'open', 'waiting'] as const satisfies readonly TicketState[]
const ENDED = ['resolved', 'closed', 'cancelled'] as const satisfies readonly TicketState[]

/** In which states each command is taken. */
export const TICKET_MOVES: Readonly<Record<Verb, readonly TicketState[]>> = {
  reply: [...LIVE, ...ENDED],
  'ask customer': [...LIVE, 'resolved'],
  note: TICKET_STATES,
  take: [...LIVE, 'resolved'],
  escalate: LIVE,
  wait: LIVE,
  wake: TICKET_STATES,
  resolve: LIVE,
  close: [...LIVE, 'resolved'],
  cancel: LIVE,
  reopen: ENDED,
  merge: [...LIVE, 'resolved'],
  unmerge: ['merged'],
  'follow tool': TICKET_STATES,
}

export const canTicket = (state: TicketState, verb: Verb): boolean => TICKET_MOVES[verb].includes(state)

export interface TicketDecision {
  readonly next: TicketStanding
  /** What happened, without the record: none when nothing did. */
  readonly happened: readonly { readonly kind: EventKind; readonly data: Readonly<Record<string, unknown>> }[]
  /** The customer said again that it is not solved. */
  readonly reopened: boolean
}

const isLive = (state: TicketState): boolean => (LIVE as readonly TicketState[]).includes(state)
const isSettled = (state: TicketState): boolean => (ENDED as readonly TicketState[]).includes(state)

const open = (standing: TicketStanding, needs: OpenNeed): TicketStanding => ({
  ...standing,
  state: 'open',
  needs,
  waitingFor: null,
  wakeAt: null,
  mergedInto: null,
  resolvedAt: null,
  closedAt: null,
})

const reopen = (standing: TicketStanding, needs: OpenNeed): TicketStanding => ({
  ...open(standing, needs),
  reopenedCount: standing.reopenedCount + 1,
})

const wait = (standing: TicketStanding, waitingFor: WaitingFor, until: Date | null): TicketStanding => ({
  ...open(standing, 'investigating'),
  state: 'waiting',
  needs: null,
  waitingFor,
  wakeAt: until,
})

const end = (
  standing: TicketStanding,
  state: 'resolved' | 'closed' | 'cancelled' | 'merged',
  now: Date,
): TicketStanding => ({
  ...standing,
  state,
  needs: null,
  waitingFor: null,
  wakeAt: null,
  resolvedAt: state === 'resolved' || state === 'closed' ? (standing.resolvedAt ?? now) : standing.resolvedAt,
  closedAt: state === 'resolved' ? null : now,
})

const VERB_WORDS: Readonly<Partial<Record<Verb, string>>> = {
  'ask customer': 'asked about',
  take: 'taken',
  escalate: 'escalated',
  wait: 'put to wait',
  resolve: 'resolved',
  close: 'closed',
  cancel: 'cancelled',
  reopen: 'reopened',
  merge: 'merged',
  unmerge: 'taken apart again',
  reply: 'answered',
}

const wrongState = (standing: TicketStanding, verb: Verb): Refusal => {
  const way =
    verb === 'unmerge'
      ? 'It was not merged into another.'
      : standing.state === 'merged'
        ? 'Use the ticket it was merged into.'
        : isSettled(standing.state)
          ? 'Reopen it first.'
          : 'It has not ended.'
  return refuse(
    'wrong-state',
    `The ticket is ${standing.state}, so it cannot be ${VERB_WORDS[verb] ?? verb}. ${way}`,
  )
}

/** What a command makes of a ticket, or why not. The same standing back means that nothing changed. */
export const decideTicket = (
  standing: TicketStanding,
  command: TicketCommand,
  now: Date,
): Result<TicketDecision, Refusal> => {
  if (!canTicket(standing.state, command.do)) return err(wrongState(standing, command.do))
  if (command.do === 'wait' && command.until !== null && command.until <= now) {
    return err(refuse('invalid', 'That moment has passed: choose one to come.', { field: '/until' }))
  }
  const next = nextStanding(standing, command, now)
  return ok({
    next,
    happened: happenedOf(standing, next, command),
    reopened: next.reopenedCount > standing.reopenedCount,
  })
}

const nextStanding = (standing: TicketStanding, command: TicketCommand, now: Date): TicketStanding => {
  switch (command.do) {
    case 'note':
      return standing
    case 'reply':
      return command.by === 'contact' ? afterContact(standing) : afterStaff(standing)
    case 'ask customer':
      return wait(standing, 'customer', null)
    case 'take':
      return afterTake(standing, command.ownerId)
    case 'escalate':
      return standing.state === 'new' ? open(standing, 'needs first response') : standing
    case 'wait':
      return wait(standing, command.waitingFor, command.until)
    case 'wake':
      return afterWake(standing, command.because, command.need, now)
    case 'resolve':
      return end(standing, 'resolved', now)
    case 'close':
      return end(standing, 'closed', now)
    case 'cancel':
      return end(standing, 'cancelled', now)
    case 'reopen':
      return reopen(standing, 'investigating')
    case 'merge':
      return { ...end(standing, 'merged', now), mergedInto: command.into }
    case 'unmerge':
      return { ...standing, ...command.back, mergedInto: null, closedAt: null }
    case 'follow tool':
      return afterTool(standing, command.state, command.waitingFor, now)
  }
}

const afterContact = (standing: TicketStanding): TicketStanding => {
  if (standing.state === 'new') return standing
  if (isSettled(standing.state)) return reopen(standing, 'needs next response')
  // a first response is still owed, and its clock runs from the first question
  if (standing.needs === 'needs first response') return standing
  return open(standing, 'needs next response')
}

const afterStaff = (standing: TicketStanding): TicketStanding => {
  if (standing.state === 'new') return open(standing, 'investigating')
  if (standing.needs === 'needs first response' || standing.needs === 'needs next response') {
    return open(standing, 'investigating')
  }
  return standing
}

const afterTake = (standing: TicketStanding, ownerId: string | null): TicketStanding => {
  if (ownerId === null) return standing.ownerId === null ? standing : { ...standing, ownerId }
  const taken = standing.ownerId === ownerId ? standing : { ...standing, ownerId }
  return standing.state === 'new' ? open(taken, 'needs first response') : taken
}

/** Wakes the owner. What has ended stays ended: the owner is told, the customer's answer is not taken back. */
const afterWake = (standing: TicketStanding, because: string, need: OpenNeed, now: Date): TicketStanding => {
  const woken = { ...standing, wokenAt: now, wokenBecause: because }
  if (!isLive(standing.state)) return woken
  const owed = standing.needs === 'needs first response' || standing.needs === 'needs next response'
  // a reply that is owed stays owed, except that the good or bad news is the reply
  return open(woken, owed && standing.needs !== null && need === 'investigating' ? standing.needs : need)
}

const afterTool = (
  standing: TicketStanding,
  state: TicketState,
  waitingFor: WaitingFor | null,
  now: Date,
): TicketStanding => {
  if (state === 'waiting') {
    const named = waitingFor ?? standing.waitingFor ?? 'customer'
    return standing.state === 'waiting' && standing.waitingFor === named
      ? standing
      : wait(standing, named, null)
  }
  if (state === standing.state) return standing
  switch (state) {
    case 'new':
      return { ...open(standing, 'needs first response'), state: 'new', needs: null }
    case 'open':
      return openedThere(standing)
    default:
      return end(standing, state, now)
  }
}

const openedThere = (standing: TicketStanding): TicketStanding => {
  if (standing.state === 'new') return open(standing, 'needs first response')
  if (standing.state === 'waiting') {
    return open(standing, standing.waitingFor === 'customer' ? 'needs next response' : 'investigating')
  }
  return reopen(standing, 'needs next response')
}

const ENDED_AS: Readonly<Partial<Record<TicketState, EventKind>>> = {
  resolved: 'ticket.resolved',
  closed: 'ticket.closed',
  cancelled: 'ticket.cancelled',
  merged: 'ticket.merged',
  waiting: 'ticket.snoozed',
}

const happenedOf = (
  before: TicketStanding,
  after: TicketStanding,
  command: TicketCommand,
): TicketDecision['happened'] => {
  if (before === after) return []
  const moved =
    before.state !== after.state || before.needs !== after.needs || before.waitingFor !== after.waitingFor
  const data = { from: standingText(before), to: standingText(after) }
  if (command.do === 'take') {
    return [{ kind: 'ticket.taken', data: { ...data, owner: after.ownerId, before: before.ownerId } }]
  }
  if (command.do === 'wake') return [{ kind: 'ticket.woken', data: { ...data, because: command.because } }]
  if (command.do === 'unmerge')
    return [{ kind: 'ticket.unmerged', data: { ...data, was: before.mergedInto } }]
  if (after.reopenedCount > before.reopenedCount) return [{ kind: 'ticket.reopened', data }]
  const kind = before.state === after.state ? undefined : ENDED_AS[after.state]
  if (kind !== undefined) {
    const more = {
      ...(after.wakeAt === null ? {} : { until: after.wakeAt.toISOString() }),
      ...(after.mergedInto === null ? {} : { into: after.mergedInto }),
    }
    return [{ kind, data: { ...data, ...more } }]
  }
  return moved || before.wakeAt?.getTime() !== after.wakeAt?.getTime()
    ? [{ kind: 'ticket.changed', data }]
    : []
}

/** A state in one phrase, as mappings and lists write it: `waiting customer`, `open`. */
export const stateText = (standing: Pick<TicketStanding, 'state' | 'waitingFor'>): string =>
  standing.waitingFor === null ? standing.state : `${standing.state} ${standing.waitingFor}`

const standingText = (standing: TicketStanding): string =>
  standing.needs === null ? stateText(standing) : `${standing.state}, ${standing.needs}`

/** Reads `open`, `waiting`, `waiting customer` …; null for anything else. */
export const readState = (
  text: string,
): { readonly state: TicketState; readonly waitingFor: WaitingFor | null } | null => {
  const state = TICKET_STATES.find((word) => word === text)
  if (state !== undefined) return { state, waitingFor: null }
  const waitingFor = WAITING_FOR.find((word) => text === `waiting ${word}`)
  return waitingFor === undefined ? null : { state: 'waiting', waitingFor }
}

/** Reads what the log wrote of a standing (`open, needs next response`); null for anything else. */
export const readStanding = (text: string): StandingBefore | null => {
  const [first = '', second] = text.split(', ')
  const known = readState(first)
  const needs = OPEN_NEEDS.find((word) => word === second) ?? null
  return known === null || (second !== undefined && needs === null) ? null : { ...known, needs }
}

import { SYSTEM } from '../domain/actor.ts'
import type { NewEvent } from '../domain/event.ts'
import {
  messageKey,
  type NoticeReason,
  type OutreachPolicy,
  type OutreachStanding,
  recipientOf,
  tellingOf,
  verdictOn,
} from '../domain/outreach.ts'
import type { Tx } from '../store/database.ts'
import {
  type DroppedTicket,
  dropTickets,
  insertNotices,
  lockProposals,
  lockProposed,
  type Notice,
  type NoticePatch,
  type NoticeTicket,
  policyFor,
  ticketsOf,
  updateNotices,
} from '../store/outreach.ts'
import {
  type ReleaseInPlay,
  releasesInPlay,
  type TicketToTell,
  ticketsToTell,
} from '../store/views/tickets-to-tell.ts'
import { oldestFirst, readWording, type Wording, wordsFor } from './notice-facts.ts'
import { done } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface ProposeNotices {
  /** Id. */
  readonly product: string
}

interface Message {
  readonly release: ReleaseInPlay
  readonly standing: OutreachStanding
  readonly tickets: readonly TicketToTell[]
}

interface Told {
  readonly messages: ReadonlyMap<string, Message>
  /** Why a ticket is not told what it was about to be, by ticket and release. */
  readonly whyNot: ReadonlyMap<string, NoticeReason>
}

/**
 * Brings the notices of a product that wait in step with the facts, whatever changed and however often it is asked:
 * what is new is proposed, what reads otherwise is written anew, what is not so any more is suppressed. What a person
 * let go waits again where its words change: nobody gets what nobody read.
 */
export const proposeNotices: Command<ProposeNotices, { readonly changed: number }> = async (
  tx,
  context,
  { product },
) => {
  await lockProposals(tx, product)
  const policy = await policyFor(tx, product)
  const wording = await readWording(tx)
  const told = await whatToTell(tx, product, policy)
  const notices = await lockProposed(tx, product)
  const tickets = await ticketsOf(
    tx,
    notices.map(({ id }) => id),
  )
  const messages = new Map(told.messages)
  const events: NewEvent[] = []
  const dropped: DroppedTicket[] = []
  const joined: Parameters<typeof insertNotices>[2][number][] = []
  for (const notice of notices) {
    const now = tickets.get(notice.id) ?? []
    const key = keyOf(notice)
    const message = messages.get(key)
    messages.delete(key)
    const wanted = new Set(message?.tickets.map(({ ticketId }) => ticketId))
    const gone = now
      .filter((one) => !wanted.has(one.ticket_id))
      .map((one) => ({
        ...{ noticeId: notice.id, ticketId: one.ticket_id },
        reason: told.whyNot.get(whyKey(one.ticket_id, notice.release_id)) ?? 'changed since',
      }))
    dropped.push(...gone)
    if (message === undefined) {
      events.push(await suppress(tx, context, notice, gone[0]?.reason ?? 'changed since'))
      continue
    }
    joined.push(...message.tickets.map((ticket) => rowOf(notice.id, message, ticket)))
    const isOther = gone.length > 0 || message.tickets.some((ticket) => isNews(ticket, now))
    if (await bringInStep(tx, context, notice, message, { policy, wording, isOther }))
      events.push({ kind: 'notice.changed', record: { kind: 'notice', id: notice.id }, data: {} })
  }
  await dropTickets(tx, dropped)
  const made = [...messages.values()].map((message) => newNotice(context, message, policy, wording))
  await insertNotices(
    tx,
    made.map(({ notice }) => notice),
    [
      ...joined,
      ...made.flatMap(({ notice, message }) => message.tickets.map((t) => rowOf(notice.id, message, t))),
    ],
  )
  events.push(...made.map(({ notice, message }) => proposed(notice.id, message)))
  return done({ changed: events.length }, { events, changed: [] })
}

const whyKey = (ticketId: string, releaseId: string): string => `${ticketId}|${releaseId}`

const keyOf = (notice: Notice): string =>
  [notice.release_id, notice.standing, notice.recipient, notice.connection_id ?? ''].join('|')

const whatToTell = async (tx: Tx, productId: string, policy: OutreachPolicy): Promise<Told> => {
  const releases = (await releasesInPlay(tx)).filter((release) => release.productId === productId)
  const candidates: TicketToTell[] = []
  for (const release of releases) candidates.push(...(await ticketsToTell(tx, release)))
  const byId = new Map(releases.map((release) => [release.id, release]))
  const whyNot = new Map<string, NoticeReason>()
  const messages = new Map<
    string,
    { release: ReleaseInPlay; standing: OutreachStanding; tickets: TicketToTell[] }
  >()
  for (const [ticketId, same] of Map.groupBy(candidates, (one) => one.ticketId)) {
    const telling = tellingOf(same)
    for (const one of same) {
      const verdict = verdictOn(one)
      whyNot.set(whyKey(ticketId, one.release.id), verdict.not ?? 'changed since')
    }
    const verdict = telling === null ? null : verdictOn(telling)
    const release = telling === null ? undefined : byId.get(telling.release.id)
    if (telling === null || release === undefined || verdict?.tell === undefined) continue
    if (policy.modes[verdict.tell] === 'off') {
      whyNot.set(whyKey(ticketId, release.id), 'turned off')
      continue
    }
    const key = messageKey({ ...telling, contactId: telling.contact?.id ?? null })
    const message = messages.get(key) ?? { release, standing: verdict.tell, tickets: [] }
    message.tickets.push(telling)
    messages.set(key, message)
  }
  return {
    messages: new Map(
      [...messages].map(([key, one]) => [key, { ...one, tickets: oldestFirst(one.tickets) }]),
    ),
    whyNot,
  }
}

const rowOf = (noticeId: string, { release, standing }: Message, ticket: TicketToTell) => ({
  ...{ notice_id: noticeId, ticket_id: ticket.ticketId, release_id: release.id, standing },
  ...{ shown_key: ticket.shownKey, runs: JSON.stringify(ticket.runs), reopened: ticket.reopened },
  since: ticket.since,
})

const isNews = (ticket: TicketToTell, before: readonly NoticeTicket[]): boolean => {
  const was = before.find(({ ticket_id }) => ticket_id === ticket.ticketId)
  return (
    was === undefined ||
    was.reopened !== ticket.reopened ||
    was.shown_key !== ticket.shownKey ||
    runsOf(was.runs) !== runsOf(ticket.runs)
  )
}

const runsOf = (runs: TicketToTell['runs']): string =>
  runs.map(({ environment, version, has }) => [environment, version ?? '', has].join('|')).join('\n')

const bySystem = ({ approved_by }: Notice): boolean => approved_by?.kind === 'system'

const bringInStep = async (
  tx: Tx,
  context: CommandContext,
  notice: Notice,
  { release, standing, tickets }: Message,
  { policy, wording, isOther }: { policy: OutreachPolicy; wording: Wording; isOther: boolean },
): Promise<boolean> => {
  const words = wordsFor(wording, release, standing, tickets)
  const isReworded = !notice.is_edited && (words.text !== notice.text || words.language !== notice.language)
  const mode = policy.modes[standing]
  const patch: NoticePatch = {
    ...(isReworded ? words : {}),
    ...((isOther || isReworded) && notice.due_at !== null ? { due_at: null, approved_by: null } : {}),
    ...(mode !== 'automatic' && bySystem(notice) ? { due_at: null, approved_by: null } : {}),
    ...(mode === 'automatic' && !notice.is_held && (notice.due_at === null || isOther || isReworded)
      ? goesByItself(context, policy)
      : {}),
  }
  if (!isOther && Object.keys(patch).length === 0) return false
  await updateNotices(tx, [notice.id], patch, context.now)
  return true
}

const goesByItself = ({ now }: CommandContext, { delayMinutes }: OutreachPolicy) => ({
  due_at: new Date(now.getTime() + delayMinutes * 60_000),
  approved_by: SYSTEM,
})

const suppress = async (
  tx: Tx,
  context: CommandContext,
  notice: Notice,
  reason: NoticeReason,
): Promise<NewEvent> => {
  const ended = { due_at: null, approved_by: null, ended_at: context.now, ended_by: context.actor }
  await updateNotices(tx, [notice.id], { state: 'suppressed', reason, ...ended }, context.now)
  return { kind: 'notice.suppressed', record: { kind: 'notice', id: notice.id }, data: { reason } }
}

const newNotice = (context: CommandContext, message: Message, policy: OutreachPolicy, wording: Wording) => {
  const { release, standing, tickets } = message
  const [first] = tickets
  const goes = policy.modes[standing] === 'automatic' ? goesByItself(context, policy) : null
  return {
    message,
    notice: {
      ...{ id: context.newId(), release_id: release.id, standing, state: 'proposed' as const },
      recipient:
        first === undefined ? release.id : recipientOf({ ...first, contactId: first.contact?.id ?? null }),
      contact_id: first?.contact?.id ?? null,
      customer_id: first?.customer?.id ?? null,
      connection_id: first?.connectionId ?? null,
      ...wordsFor(wording, release, standing, tickets),
      due_at: goes?.due_at ?? null,
      approved_by: goes === null ? null : JSON.stringify(goes.approved_by),
      ...{ created_at: context.now, updated_at: context.now },
    },
  }
}

const proposed = (id: string, { release, standing, tickets }: Message): NewEvent => ({
  kind: 'notice.proposed',
  record: { kind: 'notice', id },
  data: { release: release.name, standing, tickets: tickets.map(({ shownKey }) => shownKey) },
})

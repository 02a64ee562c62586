import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import type { Tx } from '../store/database.ts'
import { lockEnhancementsWith, repointWork } from '../store/enhancement-work.ts'
import {
  type Escalation,
  lockEscalationsOn,
  standingOfEscalation,
  ticketIdsOn,
  updateEscalations,
} from '../store/escalations.ts'
import { lockTickets, type Ticket } from '../store/tickets.ts'
import { findWorkItem, lockWorkItems, type WorkItem } from '../store/work-items.ts'
import { bond } from './bond-ticket.ts'
import type { ChangedVersion } from './change-ticket.ts'
import type { OfWorkItem } from './change-work-item.ts'
import { checkLine } from './field-rules.ts'
import { changedMeanwhile, done, type Effects, together, unknown } from './outcome.ts'
import { progressWorkItem } from './progress-work-item.ts'
import { wakeTickets } from './reach-tickets.ts'
import type { Command, CommandContext } from './run-command.ts'
import { workChanged } from './work-changed.ts'

export interface MarkDuplicate extends OfWorkItem {
  /** The item that stays: id or key of ours, or the key of one that only their tool knows. */
  readonly of: string
}

/**
 * It is the same as another. Where that is one of ours, every ticket moves over to it, so that its fix reaches them
 * too. Where it is known only to a tool, the bonds stay and each ticket's owner is told the key.
 */
export const markDuplicate: Command<MarkDuplicate, ChangedVersion> = async (tx, context, input) => {
  const of = checkLine(input.of, '/of')
  if (!of.ok) return of
  // what customers wish for before the work that answers it, as everywhere
  const named = await findWorkItem(tx, input.workItem)
  const answers = named === null ? [] : await lockEnhancementsWith(tx, named.id)
  const found = await findBoth(tx, input.workItem, of.value)
  if (!found.ok) return found
  const { item, canonical } = found.value
  if (input.version !== undefined && input.version !== item.version) {
    return changedMeanwhile('work item', input.version, item.version)
  }
  const progressed = await progressWorkItem(
    tx,
    context,
    item,
    { do: 'mark duplicate' },
    { duplicate_of: canonical?.id ?? null, duplicate_key: canonical?.key ?? of.value },
  )
  if (!progressed.ok) return progressed
  const tickets = await lockTickets(tx, await ticketIdsOn(tx, item.id))
  const escalations = (await lockEscalationsOn(tx, item.id)).filter((one) => one.ended_at === null)
  const reached = await (canonical === null
    ? tellOwners(tx, context, item, of.value, tickets, escalations)
    : moveOver(tx, context, item, canonical, tickets, escalations))
  if (!reached.ok) return reached
  if (canonical !== null) await repointWork(tx, item.id, canonical.id, context.now)
  const repointed = canonical === null ? [] : answers.map((one) => workChanged(one, item, canonical))
  return done(
    { id: item.id, key: item.key, version: progressed.value.version },
    progressed.value,
    reached.value,
    { events: repointed, changed: [] },
  )
}

const findBoth = async (
  tx: Tx,
  ref: string,
  of: string,
): Promise<Result<{ readonly item: WorkItem; readonly canonical: WorkItem | null }, Refusal>> => {
  const first = await findWorkItem(tx, ref)
  if (first === null) return unknown('work item', ref, '/workItem')
  const other = await findWorkItem(tx, of)
  if (other?.id === first.id) {
    return err(refuse('invalid', 'A work item cannot be a duplicate of itself.', { field: '/of' }))
  }
  if (other === null && /^W-\d+$/i.test(of)) return unknown('work item', of, '/of')
  const held = await lockWorkItems(tx, [first.id, ...(other === null ? [] : [other.id])])
  const item = held.find((one) => one.id === first.id) ?? first
  const canonical = held.find((one) => one.id === other?.id) ?? null
  if (canonical?.state === 'duplicate') {
    return err(
      refuse(
        'wrong-state',
        `${canonical.key} is itself a duplicate, of ${canonical.duplicate_key}: name that one.`,
        {
          field: '/of',
        },
      ),
    )
  }
  if (canonical?.state === 'declined') {
    return err(
      refuse('wrong-state', `${canonical.key} is declined: decline this one with the same reason instead.`, {
        field: '/of',
      }),
    )
  }
  return ok({ item, canonical })
}

const ownersCalled = (
  tickets: readonly Ticket[],
  escalations: readonly Escalation[],
  because: string,
): Parameters<typeof wakeTickets>[2] => {
  const concerned = new Set(escalations.map((one) => one.ticket_id))
  return tickets
    .filter((ticket) => concerned.has(ticket.id))
    .map((ticket) => ({ ticket, news: { because, need: 'investigating' } }))
}

const tellOwners = async (
  tx: Tx,
  context: CommandContext,
  item: WorkItem,
  key: string,
  tickets: readonly Ticket[],
  escalations: readonly Escalation[],
): Promise<Result<Effects, Refusal>> => {
  const calls = ownersCalled(tickets, escalations, said`Engineering knows ${item.key} already, as ${key}`)
  return ok({ events: await wakeTickets(tx, context, calls), changed: [] })
}

const moveOver = async (
  tx: Tx,
  context: CommandContext,
  item: WorkItem,
  canonical: WorkItem,
  tickets: readonly Ticket[],
  escalations: readonly Escalation[],
): Promise<Result<Effects, Refusal>> => {
  const reason = `Duplicate of ${canonical.key}`
  await updateEscalations(
    tx,
    escalations.map((one) => ({
      id: one.id,
      standing: {
        ...standingOfEscalation(one),
        state: 'returned',
        reason,
        question: null,
        endedAt: context.now,
      },
    })),
    context.now,
  )
  const effects: Effects[] = []
  for (const escalation of escalations) {
    const ticket = tickets.find((one) => one.id === escalation.ticket_id)
    if (ticket === undefined) continue
    const bonded = await bond(tx, context, ticket, canonical)
    if (!bonded.ok) return bonded
    const data = { ticket: ticket.key, workItem: item.key, reason, movedTo: canonical.key }
    const record = { kind: 'escalation', id: escalation.id }
    effects.push({ events: [{ kind: 'escalation.ended', record, data }], changed: [] }, bonded.value.effects)
  }
  const calls = ownersCalled(
    tickets,
    escalations,
    said`Engineering knows ${item.key} already, as ${canonical.key}`,
  )
  return ok(together(...effects, { events: await wakeTickets(tx, context, calls), changed: [] }))
}

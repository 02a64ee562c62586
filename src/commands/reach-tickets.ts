import {
  decideEscalation,
  type EscalationCommand,
  type EscalationStanding,
  followWork,
  type WorkProgress,
} from '../domain/escalation.ts'
import type { EventKind, NewEvent } from '../domain/event.ts'
import { decideTicket } from '../domain/ticket.ts'
import type { EscalationState, OpenNeed } from '../domain/words.ts'
import { said } from '../lib/said.ts'
import type { Tx } from '../store/database.ts'
import {
  type Escalation,
  lockEscalationsOn,
  standingOfEscalation,
  ticketIdsOn,
  updateEscalations,
} from '../store/escalations.ts'
import { hasArrived } from '../store/outgoing-mirror.ts'
import { lockTickets, standingOfTicket, type Ticket, updateTicketStandings } from '../store/tickets.ts'
import { type Effects, NO_EFFECTS } from './outcome.ts'
import type { CommandContext } from './run-command.ts'

/**
 * How news of a work item reach every ticket behind it: each bond moves by the rules of domain/escalation.ts, and the
 * owner of each ticket that has to act is woken, with the reason. Six statements however many tickets there are.
 * Call it with the work item locked.
 */

const EVENT_OF: Readonly<Record<EscalationCommand['do'], EventKind>> = {
  'confirm sent': 'escalation.sent',
  accept: 'escalation.accepted',
  'back to triage': 'escalation.back-in-triage',
  ask: 'escalation.information-asked',
  answer: 'escalation.answered',
  'close question': 'escalation.question-closed',
  decline: 'escalation.declined',
  return: 'escalation.returned',
  withdraw: 'escalation.withdrawn',
  reinstate: 'escalation.reinstated',
  fix: 'escalation.fixed',
  release: 'escalation.released',
  works: 'escalation.verified',
  'still broken': 'escalation.still-broken',
  resume: 'escalation.resumed',
}

interface News {
  readonly because: string
  readonly need: OpenNeed
}

/** What the owner of a ticket is told, and what the ticket then needs; null: there is nothing to do for them. */
const newsOf = (command: EscalationCommand, key: string, before: EscalationState): News | null => {
  switch (command.do) {
    case 'ask':
      return { because: said`Engineering asks for more information on ${key}`, need: 'investigating' }
    case 'close question':
      return { because: said`Engineering has enough on ${key}: no answer is needed`, need: 'investigating' }
    case 'decline':
      return {
        because:
          command.reason === null
            ? said`Engineering declined ${key}`
            : said`Engineering declined ${key}: ${command.reason}`,
        need: 'close the loop',
      }
    case 'return':
      return {
        because: said`Engineering returned it from ${key}: ${command.reason}`,
        need: 'investigating',
      }
    case 'release':
      return { because: said`The release with ${key} is out: tell the customer`, need: 'close the loop' }
    case 'resume':
      return before === 'fixed'
        ? null
        : { because: said`Engineering took ${key} up again`, need: 'investigating' }
    default:
      return null
  }
}

export const escalationEvent = (
  command: EscalationCommand,
  escalation: Pick<Escalation, 'id'>,
  ticketKey: string,
  workItemKey: string,
): NewEvent => ({
  kind: EVENT_OF[command.do],
  record: { kind: 'escalation', id: escalation.id },
  data: {
    ticket: ticketKey,
    workItem: workItemKey,
    ...('reason' in command ? { reason: command.reason } : {}),
    ...('question' in command ? { question: command.question } : {}),
  },
})

interface MovedEscalation {
  readonly escalation: Escalation
  readonly command: EscalationCommand
  readonly standing: EscalationStanding
}

/** Gives each bond on a work item the command that `commandFor` finds for it; a command that means nothing is left out. */
export const moveEscalations = async (
  tx: Tx,
  context: CommandContext,
  item: { readonly id: string; readonly key: string },
  commandFor: (escalation: Escalation) => EscalationCommand | null,
): Promise<Effects> => {
  const ticketIds = await ticketIdsOn(tx, item.id)
  if (ticketIds.length === 0) return NO_EFFECTS
  const tickets = await lockTickets(tx, ticketIds)
  const moved: MovedEscalation[] = []
  for (const escalation of await lockEscalationsOn(tx, item.id)) {
    const command = commandFor(escalation)
    if (command === null) continue
    const decided = decideEscalation(standingOfEscalation(escalation), command, context.now)
    if (decided.ok) moved.push({ escalation, command, standing: decided.value })
  }
  await updateEscalations(
    tx,
    moved.map(({ escalation, standing }) => ({ id: escalation.id, standing })),
    context.now,
  )
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  const reached = moved.flatMap((move) => {
    const ticket = byId.get(move.escalation.ticket_id)
    return ticket === undefined ? [] : [{ ...move, ticket }]
  })
  const woken = await wakeTickets(
    tx,
    context,
    reached.flatMap(({ ticket, command, escalation }) => {
      const news = newsOf(command, item.key, escalation.state)
      return news === null ? [] : [{ ticket, news }]
    }),
  )
  return {
    events: [
      ...reached.map(({ command, escalation, ticket }) =>
        escalationEvent(command, escalation, ticket.key, item.key),
      ),
      ...woken,
    ],
    changed: reached.map(({ ticket }) => ({ kind: 'ticket' as const, id: ticket.id })),
  }
}

/** Wakes the owners of locked tickets, in one statement. */
export const wakeTickets = async (
  tx: Tx,
  context: CommandContext,
  calls: readonly { readonly ticket: Ticket; readonly news: News }[],
): Promise<readonly NewEvent[]> => {
  const standings: { id: string; standing: ReturnType<typeof standingOfTicket> }[] = []
  const events: NewEvent[] = []
  for (const { ticket, news } of calls) {
    const decided = decideTicket(standingOfTicket(ticket), { do: 'wake', ...news }, context.now)
    if (!decided.ok) continue
    standings.push({ id: ticket.id, standing: decided.value.next })
    for (const { kind, data } of decided.value.happened) {
      events.push({
        kind,
        record: { kind: 'ticket', id: ticket.id },
        data: { ...data, owner: ticket.owner_id },
      })
    }
  }
  await updateTicketStandings(tx, standings, context.now)
  return events
}

/** What a change of the work itself (state, release) means to each ticket behind it. */
export const followWorkItem = async (
  tx: Tx,
  context: CommandContext,
  item: { readonly id: string; readonly key: string },
  before: WorkProgress,
  after: WorkProgress,
): Promise<Effects> => {
  if (before.state === after.state && before.released === after.released) return NO_EFFECTS
  const now = after.state === 'triage' ? { ...after, arrived: await hasArrived(tx, item.id) } : after
  return moveEscalations(tx, context, item, (escalation) => {
    const command = followWork(before, now, escalation.state)
    // a question asked before anybody took the work: nothing of it changes
    return command?.do === 'back to triage' && escalation.accepted_at === null ? null : command
  })
}

import type { RuleName } from '../../src/api/access.ts'
import { hasEnded } from '../../src/domain/escalation.ts'
import { canTicket } from '../../src/domain/ticket.ts'
import { mayDo, type Self } from '../api/session.ts'
import type { Ticket } from '../api/tickets.ts'
import type { Texts } from '../texts/en.ts'
import { roleReason } from './roles.ts'

/** What can be done with a ticket on its screen. */
export type TicketAction =
  | 'take'
  | 'assign'
  | 'reply'
  | 'note'
  | 'snooze'
  | 'wake'
  | 'escalate'
  | 'withdraw'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'edit'
  | 'merge'
  | 'unmerge'
  | 'link'
  | 'macro'

/** The rule of the API's access table and the verb of the ticket's own rules that each action stands under. */
const TABLE = {
  take: { rule: 'tickets.write', verb: 'take' },
  assign: { rule: 'tickets.write', verb: 'take' },
  reply: { rule: 'tickets.comment', verb: 'reply' },
  note: { rule: 'tickets.comment', verb: 'note' },
  snooze: { rule: 'tickets.write', verb: 'wait' },
  wake: { rule: 'tickets.write', verb: 'wake' },
  escalate: { rule: 'escalations.send', verb: 'escalate' },
  // the bond may end while the ticket is resolved already
  withdraw: { rule: 'escalations.send', verb: 'note' },
  resolve: { rule: 'tickets.write', verb: 'resolve' },
  reopen: { rule: 'tickets.reopen', verb: 'reopen' },
  close: { rule: 'tickets.write', verb: 'close' },
  cancel: { rule: 'tickets.write', verb: 'cancel' },
  // the words of a ticket that ended may still be put right
  edit: { rule: 'tickets.write', verb: 'note' },
  merge: { rule: 'tickets.write', verb: 'merge' },
  unmerge: { rule: 'tickets.write', verb: 'unmerge' },
  link: { rule: 'tickets.write', verb: 'note' },
  macro: { rule: 'tickets.write', verb: 'reply' },
} as const satisfies Readonly<Record<TicketAction, { rule: RuleName; verb: Parameters<typeof canTicket>[1] }>>

/** Why an action cannot be done now, in a sentence; null: it can. The server decides again. */
export const reasonAgainst = (
  action: TicketAction,
  ticket: Pick<Ticket, 'state' | 'owner'> & {
    readonly inside?: Pick<NonNullable<Ticket['inside']>, 'escalation' | 'workItem'>
  },
  self: Self,
  texts: Texts,
): string | null => {
  const { rule, verb } = TABLE[action]
  if (!mayDo(self, rule)) return roleReason(self, texts)
  if (!canTicket(ticket.state, verb)) return texts.reasons.state(texts.words.ticketState[ticket.state])
  if (action === 'take') return reasonAgainstTaking(ticket, self, texts)
  if (action === 'wake' && ticket.state !== 'waiting') return texts.reasons.notWaiting
  if (action === 'edit' && ticket.state === 'merged')
    return texts.reasons.state(texts.words.ticketState[ticket.state])
  const bond = ticket.inside?.escalation ?? null
  if (action === 'merge' && bond !== null && !hasEnded(bond.state))
    return texts.reasons.escalated(ticket.inside?.workItem?.key ?? '')
  if (action === 'escalate' && bond !== null && !hasEnded(bond.state))
    return texts.reasons.escalated(ticket.inside?.workItem?.key ?? '')
  if (action === 'withdraw' && (bond === null || hasEnded(bond.state))) return texts.withdraw.none
  return null
}

const reasonAgainstTaking = (
  { owner }: Pick<Ticket, 'owner'>,
  { personId }: Self,
  texts: Texts,
): string | null => {
  if (personId === null) return texts.reasons.noPerson
  return owner?.id === personId ? texts.reasons.yours : null
}

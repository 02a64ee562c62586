import { levelsSet } from '../domain/priority.ts'
import type { TicketAnswer } from '../domain/request-form.ts'
import { NEW_TICKET } from '../domain/ticket.ts'
import type { Level, Severity, TicketKind } from '../domain/words.ts'
import { insertTicket, ticketColumns } from '../store/tickets.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import { checkCustom, checkText, checkTitle } from './field-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personIdOf, resolveTicketReferences, type TicketReferences } from './ticket-references.ts'

export interface CreateTicket extends TicketReferences {
  readonly title: string
  readonly description: RichText
  readonly kind?: TicketKind
  /** Neither: they follow the severity. One: the other is what the severity says now. */
  readonly impact?: Level
  readonly urgency?: Level
  readonly severity?: Severity | null
  /** Who takes it, by id or e-mail; the ticket is then open. */
  readonly owner?: string | null
  readonly workaround?: string | null
  readonly custom?: Readonly<Record<string, string>>
  /** When the customer asked, where that was before now (an item adopted from a tool). */
  readonly askedAt?: Date
  /** To the form of the product, as it was asked. */
  readonly answers?: readonly TicketAnswer[]
}

export interface CreatedRecord {
  readonly id: string
  readonly key: string
  readonly version: number
}

/** Writes down what a customer asks. */
export const createTicket: Command<CreateTicket, CreatedRecord> = async (tx, context, input) => {
  const title = checkTitle(input.title)
  if (!title.ok) return title
  const workaround = checkText(input.workaround ?? '', '/workaround')
  if (!workaround.ok) return workaround
  const custom = checkCustom(input.custom ?? {})
  if (!custom.ok) return custom
  const owner = await personIdOf(tx, input.owner ?? null, '/owner')
  if (!owner.ok) return owner
  const refs = await resolveTicketReferences(tx, input, { customer_id: null, product_id: null })
  if (!refs.ok) return refs
  const standing =
    owner.value === null
      ? NEW_TICKET
      : ({ ...NEW_TICKET, state: 'open', needs: 'needs first response', ownerId: owner.value } as const)
  const { reopened_count: _, ...columns } = ticketColumns(standing)
  const ticket = await insertTicket(tx, {
    ...columns,
    id: context.newId(),
    kind: input.kind ?? 'incident',
    title: title.value,
    description: input.description,
    ...levelsSet(input, { impact: null, urgency: null, severity: input.severity ?? null }),
    severity: input.severity ?? null,
    customer_id: refs.value.customer_id ?? null,
    contact_id: refs.value.contact_id ?? null,
    product_id: refs.value.product_id ?? null,
    component_id: refs.value.component_id ?? null,
    installation_id: refs.value.installation_id ?? null,
    release_version: refs.value.release_version ?? null,
    environment: refs.value.environment ?? null,
    workaround: workaround.value === '' ? null : workaround.value,
    workaround_accepted: null,
    custom: custom.value,
    answers: input.answers ?? [],
    created_at: input.askedAt ?? context.now,
  })
  return done(
    { id: ticket.id, key: ticket.key, version: ticket.version },
    {
      events: [
        {
          kind: 'ticket.created',
          record: { kind: 'ticket', id: ticket.id },
          data: { key: ticket.key, kind: ticket.kind, customer: ticket.customer_id, owner: ticket.owner_id },
        },
      ],
      changed: [{ kind: 'ticket', id: ticket.id }],
    },
  )
}

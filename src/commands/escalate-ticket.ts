import { refuse } from '../domain/refusal.ts'
import { routeFor } from '../domain/routing.ts'
import type { EscalationState, Severity, WorkItemKind } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { lockWishOf } from '../store/enhancements.ts'
import { insertEscalation, liveEscalationOf } from '../store/escalations.ts'
import { findComponent, findProduct, routeLines } from '../store/organisation.ts'
import { insertOutgoingMirror } from '../store/outgoing-mirror.ts'
import { keepWithheld, withholdAllBut } from '../store/withheld-files.ts'
import { findWorkItem, insertWorkItem } from '../store/work-items.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import { settleWork } from './enhancement-work.ts'
import { checkLine, checkText, checkTitle } from './field-rules.ts'
import { handOverFiles } from './hand-over-files.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done, NO_EFFECTS } from './outcome.ts'
import type { Command } from './run-command.ts'
import { withAnswers } from './with-answers.ts'

export interface EscalateTicket {
  /** Id or key. */
  readonly ticket: string
  /** Absent: the ticket's. */
  readonly title?: string
  readonly description?: RichText
  readonly kind?: WorkItemKind
  readonly steps?: string | null
  readonly expected?: string | null
  readonly actual?: string | null
  readonly frequency?: string | null
  readonly since?: string | null
  /** Absent: the ticket's, if it has any. Given, it is set on the ticket: severity is always a ticket's. */
  readonly severity?: Severity
  readonly workaround?: string | null
  /** Ids of the ticket's files that engineering gets too; given, all others of now stay here. Absent: as the mapping has it. */
  readonly files?: readonly string[]
}

export interface Escalated {
  readonly escalation: { readonly id: string; readonly state: EscalationState }
  readonly workItem: { readonly id: string; readonly key: string }
}

const WORDS = ['steps', 'expected', 'actual', 'workaround'] as const
const LINES = ['frequency', 'since'] as const

/**
 * Sends a ticket to the people who can fix it: finds them by component and product, makes the work item with all they
 * need to begin, and bonds the two. Where their tool is another one, its mirror is made in the same transaction and the
 * escalation is `sending` until the item is there. A second press finds the first one's work item.
 */
export const escalateTicket: Command<EscalateTicket, Escalated> = async (tx, context, input) => {
  const wish = await lockWishOf(tx, input.ticket)
  const held = await heldTicket(tx, input.ticket, undefined)
  if (!held.ok) return held
  const ticket = held.value
  const live = await liveEscalationOf(tx, ticket.id)
  if (live !== null) {
    const item = await findWorkItem(tx, live.work_item_id)
    const key = item?.key ?? ''
    return err(
      refuse('already-done', `${ticket.key} is with engineering already, as ${key}.`, {
        existing: { kind: 'work item', id: live.work_item_id, key },
      }),
    )
  }
  const title = checkTitle(input.title ?? ticket.title)
  if (!title.ok) return title
  for (const field of WORDS) {
    const text = checkText(input[field] ?? '', `/${field}`)
    if (!text.ok) return text
  }
  for (const field of LINES) {
    const line = input[field] == null ? null : checkLine(input[field], `/${field}`)
    if (line?.ok === false) return line
  }
  const product = ticket.product_id === null ? null : await findProduct(tx, ticket.product_id)
  const component = ticket.component_id === null ? null : await findComponent(tx, null, ticket.component_id)
  const destination = routeFor(
    (await routeLines(tx)).map((line) => ({
      position: line.position,
      productId: line.product_id,
      componentId: line.component_id,
      connectionId: line.connection_id,
      container: line.container,
    })),
    {
      product: product && { id: product.id, name: product.name, teamId: product.team_id },
      component: component && { id: component.id, name: component.name, teamId: component.team_id },
    },
  )
  if (!destination.ok) return destination
  const { teamId, tool } = destination.value
  const severity = input.severity ?? ticket.severity
  const moved = await moveTicket(
    tx,
    context,
    ticket,
    { do: 'escalate' },
    severity === ticket.severity ? {} : { severity },
  )
  if (!moved.ok) return moved
  const workItem = await insertWorkItem(tx, {
    id: context.newId(),
    kind: input.kind ?? (ticket.kind === 'enhancement request' ? 'feature' : 'defect'),
    state: 'triage',
    title: title.value,
    description: input.description ?? withAnswers(ticket.description, ticket.answers),
    steps: input.steps ?? null,
    expected: input.expected ?? null,
    actual: input.actual ?? null,
    frequency: input.frequency ?? null,
    since: input.since ?? null,
    // derived from the tickets behind it (domain/severity.ts); its own only where there is none
    severity: null,
    priority: null,
    team_id: teamId,
    assignee_id: null,
    product_id: ticket.product_id,
    component_id: ticket.component_id,
    release_version: ticket.release_version,
    environment: ticket.environment,
    release_id: null,
    duplicate_of: null,
    duplicate_key: null,
    decline_reason: null,
    root_cause: null,
    workaround: input.workaround ?? ticket.workaround,
    behaviour_note: null,
    custom: {},
    created_at: context.now,
  })
  if (tool !== null) {
    await insertOutgoingMirror(tx, { id: context.newId(), ...tool, workItemId: workItem.id, at: context.now })
  }
  const given = await handOverFiles(tx, context, {
    ticketId: ticket.id,
    workItemId: workItem.id,
    files: input.files ?? [],
    isElsewhere: tool !== null,
  })
  if (!given.ok) return given
  const escalation = { id: context.newId(), state: tool === null ? 'sent' : 'sending' } as const
  await insertEscalation(tx, {
    ...escalation,
    ticket_id: ticket.id,
    work_item_id: workItem.id,
    sent_by: context.actor,
    created_at: context.now,
    sent_at: tool === null ? context.now : null,
  })
  const bond = { escalationId: escalation.id, ticketId: ticket.id }
  await (input.files === undefined ? keepWithheld(tx, bond) : withholdAllBut(tx, bond, input.files))
  // what it asks for may have no work yet: then this is it
  const settled = wish === null ? NO_EFFECTS : await settleWork(tx, context, wish)
  const said = { ticket: ticket.key, workItem: workItem.key }
  const record = { kind: 'escalation', id: escalation.id }
  return done(
    { escalation, workItem: { id: workItem.id, key: workItem.key } },
    moved.value,
    given.value,
    {
      events: [
        {
          kind: 'work-item.created',
          record: { kind: 'work item', id: workItem.id },
          data: { key: workItem.key, team: teamId, ticket: ticket.key },
        },
        {
          kind: 'escalation.created',
          record,
          data: { ...said, team: teamId, connection: tool?.connectionId ?? null },
        },
        ...(tool === null ? [{ kind: 'escalation.sent' as const, record, data: said }] : []),
      ],
      changed: [
        { kind: 'ticket', id: ticket.id },
        { kind: 'work item', id: workItem.id },
      ],
    },
    settled,
  )
}

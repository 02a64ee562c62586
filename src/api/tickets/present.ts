import { standingInWords } from '../../domain/ticket-words.ts'
import type { ListedTicket } from '../../store/views/ticket-list.ts'
import type { TicketView } from '../../store/views/ticket-view.ts'
import { asJson } from '../json.ts'
import { presentEscalation, writeMarkdown } from '../words.ts'

/** What leaves of a ticket for a colleague, with the history of its estimates: how often a date slipped is for staff. */
export const presentTicket = (view: TicketView) => ({
  ...facts(view),
  needs: view.ticket.needs,
  waitingFor: view.ticket.waiting_for,
  release: asJson(view.release),
  inside: inside(view),
})

const facts = (view: TicketView) => {
  const { ticket, workItem } = view
  return asJson({
    id: ticket.id,
    key: ticket.key,
    kind: ticket.kind,
    title: ticket.title,
    description: writeMarkdown(ticket.description),
    state: ticket.state,
    standing: standingInWords(ticket.state, ticket.waiting_for),
    priority: view.priority,
    product: view.product,
    installation: view.installation,
    version: ticket.release_version,
    environment: ticket.environment,
    workaround: ticket.workaround,
    workaroundAccepted: ticket.workaround_accepted,
    engineeringStatus: view.engineeringStatus,
    answer: workItem && {
      workaround: workItem.workaround,
      behaviourNote: workItem.behaviourNote,
      declineReason: workItem.declineReason,
    },
    customer: view.customer && { id: view.customer.id, key: view.customer.key, name: view.customer.name },
    contact: view.contact && { id: view.contact.id, name: view.contact.name },
    owner: view.owner && { id: view.owner.id, name: view.owner.name },
    mergedInto: view.mergedInto,
    reopenedCount: ticket.reopened_count,
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    resolvedAt: ticket.resolved_at,
    closedAt: ticket.closed_at,
  })
}

const inside = (view: TicketView) => {
  const { ticket } = view
  return asJson({
    revision: ticket.version,
    impact: view.levels.impact,
    urgency: view.levels.urgency,
    priorityDerived: view.levels.derived,
    severity: ticket.severity,
    tier: view.customer?.tier ?? null,
    contactEmail: view.contact?.email ?? null,
    component: view.component,
    custom: ticket.custom,
    answers: ticket.answers.map(({ label, value }) => ({ label, value })),
    snoozedUntil: ticket.wake_at,
    wokenAt: ticket.woken_at,
    wokenBecause: ticket.woken_because,
    escalation: view.escalation && presentEscalation(view.escalation),
    workItem: view.workItem,
    mirrors: view.mirrors,
    links: view.links,
    mergedFrom: view.mergedFrom,
    withheld: view.withheld,
  })
}

/** The same for a line of a list. */
export const presentListedTicket = (row: ListedTicket) => {
  const { id, key, kind, title, state, needs, waitingFor, priority, engineeringStatus } = row
  const { customer, owner, createdAt, updatedAt } = row
  const shown = {
    id,
    key,
    kind,
    title,
    state,
    standing: standingInWords(state, waitingFor),
    priority,
    engineeringStatus,
    customer,
    owner,
  }
  const everyone = { ...shown, createdAt, updatedAt }
  const { severity, component, workItem, escalationState, wokenAt, wokenBecause, version, priorityDerived } =
    row
  const staff = {
    needs,
    waitingFor,
    severity,
    priorityDerived,
    component,
    workItem,
    escalationState,
    wokenAt,
    wokenBecause,
    revision: version,
  }
  return asJson({ ...everyone, ...staff })
}

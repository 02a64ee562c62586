import { engineeringStatus } from '../domain/engineering-status.ts'
import { levelsOf, priorityOf } from '../domain/priority.ts'
import { severityOf } from '../domain/severity.ts'
import type {
  EscalationState,
  Level,
  ReleaseState,
  Severity,
  TicketState,
  WaitingFor,
  WorkItemKind,
  WorkItemState,
} from '../domain/words.ts'
import type { HubAttachment, HubComment, HubFields, HubLink, HubValue, HubView } from './hub-view.ts'
import type { HubField } from './mapping.ts'
import type { RichText } from './rich-text/index.ts'

/**
 * What the hub shows for a mirror: the record's own fields, and the facts that cross, derived through the escalation.
 * Nothing here is stored twice; the only copies are in the tools.
 */

export interface ReleaseFacts {
  readonly name: string
  readonly state: ReleaseState
  readonly plannedFrom: string | null
  readonly plannedTo: string | null
  readonly releasedAt: string | null
}

export interface CounterpartFacts {
  readonly key: string
  readonly url: string
}

export interface TicketFacts {
  readonly kind: 'ticket'
  readonly id: string
  readonly key: string
  readonly version: number
  readonly title: string
  readonly description: RichText
  readonly state: TicketState
  readonly waitingFor: WaitingFor | null
  readonly severity: Severity | null
  readonly impact: Level | null
  readonly urgency: Level | null
  readonly product: string | null
  readonly component: string | null
  readonly releaseVersion: string | null
  readonly environment: string | null
  readonly owner: string | null
  readonly requester: string | null
  readonly customer: string | null
  readonly workaround: string | null
  readonly custom: Readonly<Record<string, string>>
  readonly escalation: { readonly state: EscalationState } | null
  readonly workItem: {
    readonly state: WorkItemState
    readonly assignee: string | null
    readonly counterpart: CounterpartFacts
  } | null
  readonly release: ReleaseFacts | null
}

export interface WorkItemFacts {
  readonly kind: 'work item'
  readonly id: string
  readonly key: string
  readonly version: number
  readonly title: string
  readonly description: RichText
  readonly itemKind: WorkItemKind
  readonly state: WorkItemState
  readonly severity: Severity | null
  readonly priority: string | null
  readonly product: string | null
  readonly component: string | null
  readonly releaseVersion: string | null
  readonly environment: string | null
  readonly assignee: string | null
  readonly release: ReleaseFacts | null
  readonly workaround: string | null
  readonly rootCause: string | null
  readonly declineReason: string | null
  readonly steps: string | null
  readonly expected: string | null
  readonly actual: string | null
  readonly frequency: string | null
  readonly since: string | null
  readonly custom: Readonly<Record<string, string>>
  readonly tickets: readonly {
    readonly key: string
    readonly severity: Severity | null
    readonly customer: string | null
    readonly counterpart: CounterpartFacts
  }[]
}

export interface ReleaseRecordFacts extends ReleaseFacts {
  readonly kind: 'release'
  readonly id: string
  readonly version: number
}

export type Facts = TicketFacts | WorkItemFacts | ReleaseRecordFacts

export interface Words {
  readonly comments: readonly HubComment[]
  readonly attachments: readonly HubAttachment[]
}

/** `2.1.0 (2026-12-06)`, `2.1.0 (2026-12-01 to 2026-12-12)` or `2.1.0`. */
export const plannedText = (release: ReleaseFacts | null): string | null => {
  if (release === null) return null
  const { plannedFrom: from, plannedTo: to } = release
  if (from === null && to === null) return release.name
  return from === null || to === null || from === to
    ? `${release.name} (${to ?? from})`
    : `${release.name} (${from} to ${to})`
}

const actualText = (release: ReleaseFacts | null): string | null =>
  release?.state === 'released'
    ? `${release.name}${release.releasedAt === null ? '' : ` (${release.releasedAt.slice(0, 10)})`}`
    : null

const customFields = (custom: Readonly<Record<string, string>>): Partial<Record<HubField, HubValue>> =>
  Object.fromEntries(Object.entries(custom).map(([name, value]) => [`custom.${name}`, value]))

/** What engineering calls it: nothing yet while it is `sending`, or a tool would show an address that leads nowhere. */
const arrived = (facts: TicketFacts): CounterpartFacts | null =>
  facts.escalation?.state === 'sending' ? null : (facts.workItem?.counterpart ?? null)

/** A priority that merely follows the severity is nobody's word: a tool is not told it as if somebody had chosen it. */
const ownPriority = ({ impact, urgency }: TicketFacts): HubValue =>
  impact === null || urgency === null ? null : priorityOf(impact, urgency)

const derivedFields = (facts: Facts): HubFields => {
  if (facts.kind !== 'ticket' || ownPriority(facts) !== null) return {}
  const { impact, urgency } = levelsOf(facts)
  return { priority: priorityOf(impact, urgency) }
}

const ticketFields = (facts: TicketFacts, url: string): HubFields => ({
  ...customFields(facts.custom),
  title: facts.title,
  description: facts.description,
  severity: facts.severity,
  priority: ownPriority(facts),
  product: facts.product,
  component: facts.component,
  version: facts.releaseVersion,
  environment: facts.environment,
  owner: facts.owner,
  requester: facts.requester,
  customer: facts.customer,
  workaround: facts.workaround,
  key: facts.key,
  url,
  'engineering.key': arrived(facts)?.key ?? null,
  'engineering.url': arrived(facts)?.url ?? null,
  'engineering.status': engineeringStatus(facts.workItem, facts.release, facts.escalation),
  'engineering.owner': facts.workItem?.assignee ?? null,
  'release.planned': plannedText(facts.release),
  'release.actual': facts.workItem?.state === 'done' ? actualText(facts.release) : null,
  'escalation.state': facts.escalation?.state ?? null,
})

const workItemFields = (facts: WorkItemFacts, url: string): HubFields => {
  const customers = [
    ...new Set(facts.tickets.flatMap((ticket) => (ticket.customer === null ? [] : [ticket.customer]))),
  ].sort()
  return {
    ...customFields(facts.custom),
    title: facts.title,
    description: facts.description,
    kind: facts.itemKind,
    severity:
      severityOf(facts.tickets.map(({ key, severity, customer }) => ({ ticketKey: key, severity, customer })))
        .severity ?? facts.severity,
    priority: facts.priority,
    product: facts.product,
    component: facts.component,
    version: facts.releaseVersion,
    environment: facts.environment,
    assignee: facts.assignee,
    release: facts.release?.name ?? null,
    workaround: facts.workaround,
    'root cause': facts.rootCause,
    'decline reason': facts.declineReason,
    key: facts.key,
    url,
    'tickets.keys': facts.tickets.map((ticket) => ticket.counterpart.key).join(', '),
    'tickets.urls': facts.tickets.map((ticket) => ticket.counterpart.url).join(' '),
    'tickets.count': facts.tickets.length,
    'customers.count': customers.length,
    'customers.names': customers.join(', '),
    steps: facts.steps,
    expected: facts.expected,
    actual: facts.actual,
    frequency: facts.frequency,
    since: facts.since,
  }
}

/** The counterparts that should be linked in the tool itself. */
const linksOf = (facts: Facts): readonly HubLink[] => {
  if (facts.kind === 'ticket') {
    const there = arrived(facts)
    return there === null ? [] : [{ url: there.url, title: there.key }]
  }
  if (facts.kind === 'work item')
    return facts.tickets.map(({ counterpart }) => ({ url: counterpart.url, title: counterpart.key }))
  return []
}

const stateOf = (facts: Facts): string =>
  facts.kind === 'ticket' && facts.state === 'waiting' && facts.waitingFor !== null
    ? `waiting ${facts.waitingFor}`
    : facts.state

/** Joins facts and words to the view a merge reads. `urlOf` makes the address of a record of ours. */
export const project = (facts: Facts, words: Words, urlOf: (facts: Facts) => string): HubView => {
  const fields: HubFields =
    facts.kind === 'ticket'
      ? ticketFields(facts, urlOf(facts))
      : facts.kind === 'work item'
        ? workItemFields(facts, urlOf(facts))
        : { name: facts.name, planned: facts.plannedTo ?? facts.plannedFrom, state: facts.state }
  return {
    kind: facts.kind,
    id: facts.id,
    key: facts.kind === 'release' ? facts.name : facts.key,
    version: facts.version,
    fields,
    derived: derivedFields(facts),
    state: stateOf(facts),
    comments: words.comments,
    attachments: words.attachments,
    links: linksOf(facts),
  }
}

const PATHS: Readonly<Record<Facts['kind'], string>> = {
  ticket: 'tickets',
  'work item': 'work-items',
  release: 'releases',
}

/** Where people read a record of ours. */
export const addressOf = (facts: Facts, publicUrl: string): string =>
  `${publicUrl}/${PATHS[facts.kind]}/${facts.kind === 'release' ? facts.id : facts.key}`

import type {
  EngineeringStatus,
  EscalationState,
  Level,
  OpenNeed,
  Priority,
  ReleaseState,
  Role,
  Severity,
  TicketKind,
  TicketState,
  WaitingFor,
  WorkItemKind,
  WorkItemState,
} from '../../src/domain/words.ts'

/** The fixed words of the field, in one language. A word that is added to the lists does not compile until it has a text. */
export interface WordTexts {
  readonly ticketKind: Readonly<Record<TicketKind, string>>
  readonly ticketState: Readonly<Record<TicketState, string>>
  readonly needs: Readonly<Record<OpenNeed, string>>
  readonly waitingFor: Readonly<Record<WaitingFor, string>>
  readonly workItemKind: Readonly<Record<WorkItemKind, string>>
  readonly workItemState: Readonly<Record<WorkItemState, string>>
  readonly engineeringStatus: Readonly<Record<EngineeringStatus, string>>
  readonly escalationState: Readonly<Record<EscalationState, string>>
  readonly releaseState: Readonly<Record<ReleaseState, string>>
  readonly severity: Readonly<Record<Severity, string>>
  readonly priority: Readonly<Record<Priority, string>>
  readonly impact: Readonly<Record<Level, string>>
  readonly urgency: Readonly<Record<Level, string>>
  readonly role: Readonly<Record<Role, string>>
}

/** Our own words for problems, by code; `detail` null: what the server says is better. Other codes speak for themselves. */
export type RefusedWords = Readonly<
  Partial<Record<string, { readonly title: string; readonly detail: string | null }>>
>

import type { ProblemCode } from '../../src/api/errors.ts'
import type { ReasonCode } from '../../src/domain/refusal.ts'
import type {
  ChangeState,
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
  readonly changeState: Readonly<Record<ChangeState, string>>
  readonly severity: Readonly<Record<Severity, string>>
  readonly priority: Readonly<Record<Priority, string>>
  readonly impact: Readonly<Record<Level, string>>
  readonly urgency: Readonly<Record<Level, string>>
  readonly role: Readonly<Record<Role, string>>
}

/** `detail` null: what the server says is better. `exact`: what it says is shown besides, in its own words. */
interface ProblemWords {
  readonly title: string
  readonly detail: string | null
  readonly exact?: true
}

/** All that the server can refuse, and what goes wrong in the browser: a code without words does not compile. */
export type KnownProblems = Readonly<Record<ProblemCode | 'offline' | 'unreadable' | 'fault', ProblemWords>>
/** As it is looked into: a newer server may have codes we do not know. */
export type RefusedWords = Readonly<Partial<Record<string, ProblemWords>>>

/** More exact than a code; with what the server fills the gaps with, a role in the reader's words. */
export type ReasonWords = Readonly<Record<ReasonCode, (values: Readonly<Record<string, string>>) => string>>

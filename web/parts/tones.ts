import type { CaseStanding } from '../../src/domain/acceptance.ts'
import type { Reading } from '../../src/domain/bug-or-feature.ts'
import type { DeploymentState } from '../../src/domain/deployment.ts'
import type { EnhancementStanding } from '../../src/domain/enhancement.ts'
import type { Decision, STANDINGS } from '../../src/domain/go-live.ts'
import type { NoteState } from '../../src/domain/release-note.ts'
import type {
  ChangeOutcome,
  ChangeState,
  EngineeringStatus,
  EscalationState,
  Priority,
  ReleaseStanding,
  ReleaseState,
  RiskLevel,
  Severity,
  TicketState,
  WorkItemState,
} from '../../src/domain/words.ts'

/**
 * How a word of the field is coloured, always beside the word itself. `move`: it is our turn. `info`: under way
 * somewhere. `warn`: waits. `good`: done. `bad`: refused, or urgent. `plain`: nothing to say.
 */
export type Tone = 'plain' | 'move' | 'info' | 'warn' | 'good' | 'bad'

export const NOTE_TONES: Readonly<Record<NoteState, Tone>> = {
  draft: 'plain',
  proposed: 'warn',
  approved: 'good',
}

export const CASE_TONES: Readonly<Record<CaseStanding, Tone>> = {
  passed: 'good',
  failed: 'bad',
  blocked: 'warn',
  'not run': 'plain',
}

export const CRITERION_TONES: Readonly<Record<(typeof STANDINGS)[number], Tone>> = {
  met: 'good',
  'not met': 'warn',
  'not applicable': 'plain',
}

export const DECISION_TONES: Readonly<Record<Decision, Tone>> = {
  go: 'good',
  'no-go': 'bad',
  'without go': 'warn',
}
export const CHANGE_TONES: Readonly<Record<ChangeState, Tone>> = {
  draft: 'plain',
  assessing: 'info',
  authorising: 'move',
  scheduled: 'info',
  implementing: 'warn',
  reviewing: 'move',
  closed: 'plain',
  rejected: 'bad',
  cancelled: 'plain',
}

export const OUTCOME_TONES: Readonly<Record<ChangeOutcome, Tone>> = {
  successful: 'good',
  'successful with issues': 'warn',
  failed: 'bad',
  'backed out': 'bad',
}

export const RISK_TONES: Readonly<Record<RiskLevel, Tone>> = { low: 'good', medium: 'warn', high: 'bad' }

export const TICKET_TONES: Readonly<Record<TicketState, Tone>> = {
  new: 'move',
  open: 'info',
  waiting: 'warn',
  resolved: 'good',
  closed: 'plain',
  cancelled: 'plain',
  merged: 'plain',
}

export const ENGINEERING_TONES: Readonly<Record<EngineeringStatus, Tone>> = {
  'Not sent': 'plain',
  'In triage': 'warn',
  Accepted: 'info',
  'In progress': 'info',
  'In verification': 'info',
  'Fixed, not released': 'move',
  Released: 'good',
  Declined: 'bad',
  Duplicate: 'plain',
}

export const WORK_ITEM_TONES: Readonly<Record<WorkItemState, Tone>> = {
  triage: 'warn',
  backlog: 'plain',
  ready: 'plain',
  started: 'info',
  'in review': 'info',
  verifying: 'info',
  done: 'good',
  declined: 'bad',
  duplicate: 'plain',
}

export const ESCALATION_TONES: Readonly<Record<EscalationState, Tone>> = {
  sending: 'warn',
  sent: 'info',
  accepted: 'info',
  'more information asked': 'move',
  declined: 'bad',
  returned: 'bad',
  withdrawn: 'plain',
  fixed: 'move',
  released: 'good',
  verified: 'good',
}

export const RELEASE_TONES: Readonly<Record<ReleaseState, Tone>> = {
  planned: 'plain',
  building: 'info',
  testing: 'info',
  ready: 'info',
  'rolling out': 'move',
  released: 'good',
  withdrawn: 'bad',
}

/** How a ticket stands to a release that its fix is in. */
export const WISH_TONES: Readonly<Record<EnhancementStanding, Tone>> = {
  new: 'move',
  'under review': 'info',
  planned: 'info',
  'in progress': 'info',
  shipped: 'good',
  declined: 'plain',
  merged: 'plain',
}

export const DEPLOYMENT_TONES: Readonly<Record<DeploymentState, Tone>> = {
  started: 'info',
  succeeded: 'good',
  failed: 'bad',
  'rolled back': 'warn',
}

export const STANDING_TONES: Readonly<Record<ReleaseStanding, Tone>> = {
  'has it': 'good',
  'must upgrade': 'warn',
  'gets it': 'info',
  'work goes on': 'plain',
  unknown: 'plain',
}

/** Whether an installation has a work item. */
export const HAS_TONES = { yes: 'good', no: 'warn', unknown: 'plain' } as const

/** What a work item means for what a caller says. */
export const READING_TONES = {
  intended: 'good',
  'known defect': 'warn',
  fixed: 'move',
  newer: 'info',
  related: 'plain',
} as const satisfies Readonly<Record<Reading, Tone>>

export const PRIORITY_TONES: Readonly<Record<Priority, Tone>> = {
  P1: 'bad',
  P2: 'warn',
  P3: 'info',
  P4: 'plain',
}
export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'warn',
  medium: 'info',
  low: 'plain',
}

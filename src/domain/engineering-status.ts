import { TAKEN_APART } from './escalation.ts'
import type { EngineeringStatus, EscalationState, ReleaseState, WorkItemState } from './words.ts'

const BY_STATE: Readonly<Record<Exclude<WorkItemState, 'done'>, EngineeringStatus>> = {
  triage: 'In triage',
  backlog: 'Accepted',
  ready: 'Accepted',
  started: 'In progress',
  'in review': 'In progress',
  verifying: 'In verification',
  declined: 'Declined',
  duplicate: 'Duplicate',
}

/** The escalation's own states in which the ticket is not with engineering, whatever the work item says. */
const NOT_WITH_ENGINEERING: readonly EscalationState[] = ['sending', ...TAKEN_APART]

/**
 * What support and customers read about a ticket's work: a function of the work item and its release. The escalation
 * counts only where it says that the ticket never arrived (`sending` is never shown as sent), was handed back or
 * withdrawn.
 */
export const engineeringStatus = (
  workItem: { readonly state: WorkItemState } | null,
  release: { readonly state: ReleaseState } | null,
  escalation: { readonly state: EscalationState } | null,
): EngineeringStatus => {
  if (workItem === null) return 'Not sent'
  if (escalation !== null && NOT_WITH_ENGINEERING.includes(escalation.state)) return 'Not sent'
  if (workItem.state !== 'done') return BY_STATE[workItem.state]
  return release?.state === 'released' ? 'Released' : 'Fixed, not released'
}

/** The fixed words of the product (see docs/glossary.md). Lists are `as const`, so that schemas are made from them. */

export const TICKET_KINDS = ['incident', 'service request', 'question', 'enhancement request'] as const
export type TicketKind = (typeof TICKET_KINDS)[number]

export const TICKET_STATES = ['new', 'open', 'waiting', 'resolved', 'closed', 'cancelled', 'merged'] as const
export type TicketState = (typeof TICKET_STATES)[number]

/** What an open ticket needs next: whose move it is. */
export const OPEN_NEEDS = [
  'needs first response',
  'needs next response',
  'investigating',
  'close the loop',
] as const
export type OpenNeed = (typeof OPEN_NEEDS)[number]

export const WAITING_FOR = ['customer', 'supplier', 'change', 'release'] as const
export type WaitingFor = (typeof WAITING_FOR)[number]

export const WORK_ITEM_KINDS = ['defect', 'feature', 'task', 'risk'] as const
export type WorkItemKind = (typeof WORK_ITEM_KINDS)[number]

export const WORK_ITEM_STATES = [
  'triage',
  'backlog',
  'ready',
  'started',
  'in review',
  'verifying',
  'done',
  'declined',
  'duplicate',
] as const
export type WorkItemState = (typeof WORK_ITEM_STATES)[number]

/** How one work item stands to another, read from the first to the second. */
export const WORK_ITEM_LINK_KINDS = ['parent', 'blocks', 'related'] as const
export type WorkItemLinkKind = (typeof WORK_ITEM_LINK_KINDS)[number]

export const ENGINEERING_STATUSES = [
  'Not sent',
  'In triage',
  'Accepted',
  'In progress',
  'In verification',
  'Fixed, not released',
  'Released',
  'Declined',
  'Duplicate',
] as const
export type EngineeringStatus = (typeof ENGINEERING_STATUSES)[number]

export const ESCALATION_STATES = [
  'sending',
  'sent',
  'accepted',
  'more information asked',
  'declined',
  'returned',
  'withdrawn',
  'fixed',
  'released',
  'verified',
] as const
export type EscalationState = (typeof ESCALATION_STATES)[number]

export const RELEASE_STATES = [
  'planned',
  'building',
  'testing',
  'ready',
  'rolling out',
  'released',
  'withdrawn',
] as const
export type ReleaseState = (typeof RELEASE_STATES)[number]

/**
 * How a ticket stands to a release that its fix is in. `work goes on`: the work behind it is not done, whatever commits
 * say. `gets it`: the release is not out. `must upgrade`: it is, and does not run where it matters. `unknown`: nobody
 * knows what runs there, or the release was withdrawn.
 */
export const RELEASE_STANDINGS = ['has it', 'must upgrade', 'gets it', 'work goes on', 'unknown'] as const
export type ReleaseStanding = (typeof RELEASE_STANDINGS)[number]

/** `standard`: made from a model that was approved once. `emergency`: cannot wait for the usual way. */
export const CHANGE_KINDS = ['standard', 'normal', 'emergency'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export const CHANGE_STATES = [
  'draft',
  'assessing',
  'authorising',
  'scheduled',
  'implementing',
  'reviewing',
  'closed',
  'rejected',
  'cancelled',
] as const
export type ChangeState = (typeof CHANGE_STATES)[number]

export const CHANGE_OUTCOMES = ['successful', 'successful with issues', 'failed', 'backed out'] as const
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number]

export const RISK_LEVELS = ['low', 'medium', 'high'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

/** Customer impact as support sees it, worst first. Engineering's own priority is another thing. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

export const LEVELS = [1, 2, 3] as const
/** Impact: 1 everyone, 2 a group, 3 one person. Urgency: 1 high … 3 low. */
export type Level = (typeof LEVELS)[number]

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const
export type Priority = (typeof PRIORITIES)[number]

/**
 * What somebody may do here; a colleague has one or more. `owner`: everything. `admin`: people, teams and settings, not
 * what is written in tickets. `lead`: a team lead, on both sides. `auditor`: reads all, writes nothing. A `customer` sees
 * their own tickets, a `customer admin` those of the whole organisation.
 */
export const ROLES = [
  'owner',
  'admin',
  'integrator',
  'lead',
  'agent',
  'engineer',
  'auditor',
  'customer admin',
  'customer',
] as const
export type Role = (typeof ROLES)[number]
/** Of colleagues, and of our own programs. */
export const STAFF_ROLES = [
  'owner',
  'admin',
  'integrator',
  'lead',
  'agent',
  'engineer',
  'auditor',
] as const satisfies readonly Role[]

/** Roles of customers go with a contact, and with no role of a colleague. */
export const isForCustomers = (roles: readonly Role[]): boolean =>
  roles.some((role) => role === 'customer' || role === 'customer admin')

export const RECORD_KINDS = ['ticket', 'work item', 'release'] as const
/** Records that can have a mirror. */
export type RecordKind = (typeof RECORD_KINDS)[number]

import { ROLES, type Role } from '../domain/words.ts'

/**
 * Who may use which route, by role: one table. Every route names its rule; a route without one keeps the server from
 * starting. Who has several roles may do what any of them may. Which *records* a caller sees is decided again where
 * they are read (customers: only their own or their organisation's, and only what everyone may see).
 */
export interface Rule {
  /** `anyone`: no token needed. `partners`: another company's Causeway, with the token it was given; nobody else. */
  readonly allows: 'anyone' | 'partners' | readonly Role[]
  /** Besides: a caller on this machine, without a token. */
  readonly loopback?: true
}

const CUSTOMERS = ['customer admin', 'customer'] as const satisfies readonly Role[]
/** Who works with what is written in tickets and work items. */
const DESK = ['owner', 'lead', 'agent'] as const satisfies readonly Role[]
const MAKERS = ['owner', 'lead', 'engineer'] as const satisfies readonly Role[]
const WORKERS = ['owner', 'lead', 'agent', 'engineer'] as const satisfies readonly Role[]
const READERS = [...WORKERS, 'auditor'] as const satisfies readonly Role[]
const PLUMBERS = ['owner', 'integrator'] as const satisfies readonly Role[]
const ADMINS = ['owner', 'admin'] as const satisfies readonly Role[]

export const RULES = {
  /** Health, sign-in, the API's own description; webhooks, which bring a signature instead of a token. */
  public: { allows: 'anyone' },
  partner: { allows: 'partners' },
  metrics: { allows: [...PLUMBERS, 'admin', 'auditor'], loopback: true },
  'self.read': { allows: ROLES },
  /** One's own sessions and password. */
  'self.write': { allows: ROLES },
  /** What is found is decided for each kind: by the rule of its list. */
  search: { allows: [...READERS, 'admin', 'integrator'] },
  'views.read': { allows: READERS },
  'views.write': { allows: WORKERS },
  'events.read': { allows: ROLES },
  'tokens.manage': { allows: ADMINS },
  'organisation.read': { allows: [...READERS, 'admin', 'integrator'] },
  'organisation.write': { allows: [...DESK, 'admin'] },
  'teams.write': { allows: ADMINS },
  'people.read': { allows: [...READERS, 'admin', 'integrator'] },
  'people.write': { allows: ADMINS },
  /** What is planned of every product is not for customers: a ticket of theirs names its own release. */
  'releases.read': { allows: [...READERS, 'integrator'] },
  'releases.write': { allows: MAKERS },
  /** What a release changes for customers: all who work on it write; support says when it can answer for it. */
  'release-notes.read': { allows: READERS },
  'release-notes.write': { allows: WORKERS },
  'release-notes.approve': { allows: DESK },
  /** Those that Causeway reads itself. */
  'repositories.read': { allows: [...READERS, 'admin', 'integrator'] },
  'repositories.write': { allows: [...PLUMBERS, 'lead'] },
  /** Go-live: what is measured, who signed, what was decided. */
  'go-live.read': { allows: READERS },
  'go-live.sign': { allows: WORKERS },
  /** For support only who belongs to it. */
  'go-live.sign-support': { allows: DESK },
  'go-live.decide': { allows: ['owner', 'lead'] },
  /** Who is there after it came out, and who is told. */
  'go-live.plan': { allows: WORKERS },
  'go-live.rules': { allows: [...ADMINS, 'lead'] },
  'acceptance.write': { allows: WORKERS },
  /** Run, and signed for, by support: who will answer for it. */
  'acceptance.run': { allows: DESK },
  'environments.read': { allows: [...READERS, 'admin', 'integrator'] },
  'environments.write': { allows: [...ADMINS, 'lead'] },
  /** To say what runs there: a pipeline's token. */
  'environments.deploy': { allows: MAKERS },
  /** For oneself; for somebody else only whom `bookings.others` names. */
  'bookings.write': { allows: WORKERS },
  'bookings.others': { allows: ['owner', 'lead'] },
  'changes.read': { allows: [...READERS, 'admin', 'integrator'] },
  /** To open one, move it along and carry it out: a pipeline's token too. */
  'changes.write': { allows: WORKERS },
  /** Who may really give which key is decided where it is given: by name, and never for one's own. */
  'changes.approve': { allows: [...WORKERS, 'admin'] },
  /** Who holds keys, and who is asked when. */
  'changes.rules': { allows: [...ADMINS, 'lead'] },
  /** To say what an incident was caused by, and when it began. */
  'causes.write': { allows: WORKERS },
  'freezes.write': { allows: [...ADMINS, 'lead'] },
  'calendar.read': { allows: [...READERS, 'integrator'] },
  /** A secret address of one's own, for a calendar program. */
  'calendar.subscribe': { allows: [...WORKERS, 'integrator'] },
  /** What customers are told of releases: with the words that go to them. */
  'outreach.read': { allows: READERS },
  'outreach.send': { allows: DESK },
  /** Templates, and what goes by itself. */
  'outreach.write': { allows: ['owner', 'lead'] },
  /** Customers have routes of their own, which read with rights of their own; staff's are closed to them. */
  'portal.read': { allows: CUSTOMERS },
  'portal.write': { allows: CUSTOMERS },
  'tickets.read': { allows: READERS },
  'tickets.create': { allows: WORKERS },
  'tickets.write': { allows: DESK },
  'tickets.comment': { allows: WORKERS },
  'tickets.reopen': { allows: DESK },
  /** To be seen by colleagues as looking at a record. */
  'tickets.presence': { allows: WORKERS },
  'escalations.read': { allows: READERS },
  'escalations.send': { allows: DESK },
  'escalations.answer': { allows: MAKERS },
  /** What customers wish for; with what they pay, so for nobody outside. */
  'enhancements.read': { allows: READERS },
  'enhancements.write': { allows: WORKERS },
  /** What is built and what is not, in words that every asker reads. */
  'enhancements.decide': { allows: ['owner', 'lead'] },
  'work-items.read': { allows: READERS },
  'work-items.write': { allows: MAKERS },
  'work-items.comment': { allows: WORKERS },
  /** How much a team has in hand at once. */
  'board.limits': { allows: ['owner', 'lead'] },
  'sync.read': { allows: [...READERS, 'integrator'] },
  /** With the words in the fields: not for who only looks after the pipes. */
  'sync.explain': { allows: READERS },
  'sync.request': { allows: [...WORKERS, 'integrator'] },
  'conflicts.settle': { allows: WORKERS },
  'sync.undo': { allows: PLUMBERS },
  'connections.read': { allows: [...READERS, 'admin', 'integrator'] },
  'connections.write': { allows: PLUMBERS },
  /** What another company sees of ours. */
  'partners.read': { allows: [...READERS, 'admin', 'integrator'] },
  'partners.write': { allows: PLUMBERS },
  /** One record more for them, by who works with it. */
  'partners.share': { allows: ['owner', 'lead', 'integrator'] },
  /** With the words in it. */
  'partners.preview': { allows: WORKERS },
  'configuration.read': { allows: [...PLUMBERS, 'admin', 'auditor'] },
  'configuration.write': { allows: PLUMBERS },
  /** Who did what, when, from where: no words of tickets for an admin. */
  'audit.read': { allows: [...ADMINS, 'auditor'] },
  'settings.read': { allows: [...ADMINS, 'auditor'] },
  /** Sample data too: it is for beginning. */
  'settings.write': { allows: ADMINS },
  /** Everything there is lies in it. */
  backup: { allows: ['owner'] },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof RULES

export const isRule = (name: unknown): name is RuleName => typeof name === 'string' && name in RULES

/** Widened, so that every rule reads alike. */
export const ruleOf = (name: RuleName): Rule => RULES[name]

export const allows = (name: RuleName, roles: readonly Role[]): boolean => {
  const rule = ruleOf(name)
  return (
    rule.allows === 'anyone' ||
    (rule.allows !== 'partners' && roles.some((role) => rule.allows.includes(role)))
  )
}

import { ROLES, type Role } from '../domain/words.ts'

/**
 * Who may use which route, by role: one table. Every route names its rule; a route without one keeps the server from
 * starting. Which *records* a caller sees is decided again where they are read (customers: only their own
 * organisation's, and only what everyone may see).
 */
export interface Rule {
  /** `anyone`: no token needed. */
  readonly allows: 'anyone' | readonly Role[]
  /** Besides: a caller on this machine, without a token. */
  readonly loopback?: true
}

const STAFF = ['admin', 'agent', 'engineer'] as const satisfies readonly Role[]
const SUPPORT = ['admin', 'agent'] as const satisfies readonly Role[]
const PLUMBERS = ['admin', 'integrator'] as const satisfies readonly Role[]

export const RULES = {
  /** Health, sign-in, the API's own description; webhooks, which bring a signature instead of a token. */
  public: { allows: 'anyone' },
  metrics: { allows: PLUMBERS, loopback: true },
  'self.read': { allows: ROLES },
  /** One's own sessions and password. */
  'self.write': { allows: ROLES },
  'events.read': { allows: ROLES },
  'tokens.manage': { allows: ['admin'] },
  'organisation.read': { allows: [...STAFF, 'integrator'] },
  'organisation.write': { allows: SUPPORT },
  'teams.write': { allows: ['admin'] },
  'people.read': { allows: [...STAFF, 'integrator'] },
  'people.write': { allows: ['admin'] },
  /** What is planned of every product is not for customers: a ticket of theirs names its own release. */
  'releases.read': { allows: [...STAFF, 'integrator'] },
  'releases.write': { allows: ['admin', 'engineer'] },
  'tickets.read': { allows: [...STAFF, 'customer'] },
  'tickets.create': { allows: [...STAFF, 'customer'] },
  'tickets.write': { allows: SUPPORT },
  'tickets.comment': { allows: [...STAFF, 'customer'] },
  'tickets.reopen': { allows: [...SUPPORT, 'customer'] },
  'escalations.read': { allows: STAFF },
  'escalations.send': { allows: SUPPORT },
  'escalations.answer': { allows: ['admin', 'engineer'] },
  'work-items.read': { allows: STAFF },
  'work-items.write': { allows: ['admin', 'engineer'] },
  'work-items.comment': { allows: STAFF },
  'sync.read': { allows: [...STAFF, 'integrator'] },
  /** With the words in the fields: not for who only looks after the pipes. */
  'sync.explain': { allows: STAFF },
  'sync.request': { allows: [...STAFF, 'integrator'] },
  'conflicts.settle': { allows: STAFF },
  'sync.undo': { allows: PLUMBERS },
  'connections.read': { allows: [...STAFF, 'integrator'] },
  'connections.write': { allows: PLUMBERS },
  'configuration.read': { allows: PLUMBERS },
  'configuration.write': { allows: PLUMBERS },
  backup: { allows: ['admin'] },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof RULES

export const isRule = (name: unknown): name is RuleName => typeof name === 'string' && name in RULES

/** Widened, so that every rule reads alike. */
export const ruleOf = (name: RuleName): Rule => RULES[name]

export const allowsRole = (name: RuleName, role: Role): boolean => {
  const { allows } = ruleOf(name)
  return allows === 'anyone' || allows.includes(role)
}

import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What is measured before a release goes live. */
export const CRITERIA = [
  'no severe defects',
  'notes approved',
  'acceptance passed',
  'rota covered',
  'no conflicts',
] as const
export type Criterion = (typeof CRITERIA)[number]

/** Without it no release goes live: whoever answers the customers says that they can. */
export const SUPPORT_ROLE = 'Support lead'

/** What a product asks of its releases. */
export interface GoLiveRules {
  /** Those that are measured. */
  readonly criteria: readonly Criterion[]
  /** Who signs, by the names of their roles; support always. */
  readonly roles: readonly string[]
  /** How long after it came out its contacts are watched, and somebody is there. */
  readonly careHours: number
  /** Releasing here without a go asks for a reason. */
  readonly needsGo: boolean
}

export const DEFAULT_RULES: GoLiveRules = {
  criteria: CRITERIA,
  roles: [SUPPORT_ROLE, 'Engineering lead', 'Release manager'],
  careHours: 48,
  needsGo: false,
}

export const CARE_HOURS = { min: 0, max: 336 } as const
const MOST_ROLES = 8
const MOST_CHARACTERS = 60

const isSupport = (role: string): boolean => role.toLowerCase() === SUPPORT_ROLE.toLowerCase()

/** With support among them, each role once. */
export const checkRules = (rules: GoLiveRules): Result<GoLiveRules, Refusal> => {
  const roles = rules.roles.map((role) => role.trim().replace(/\s+/gu, ' '))
  if (roles.some((role) => role === '' || role.length > MOST_CHARACTERS))
    return err(
      refuse('invalid', `A role is a name of 1 to ${MOST_CHARACTERS} characters.`, { field: '/roles' }),
    )
  const named = [SUPPORT_ROLE, ...roles.filter((role) => !isSupport(role))]
  if (new Set(named.map((role) => role.toLowerCase())).size !== named.length)
    return err(refuse('invalid', 'Each role signs once.', { field: '/roles' }))
  if (named.length > MOST_ROLES)
    return err(refuse('invalid', `${MOST_ROLES} roles sign at most.`, { field: '/roles' }))
  return ok({ ...rules, roles: named, criteria: CRITERIA.filter((one) => rules.criteria.includes(one)) })
}

/** A record behind a number. */
export interface Behind {
  readonly kind: 'work item' | 'note' | 'case' | 'booking'
  readonly id: string
  /** Of a work item, as people write it. */
  readonly key: string | null
  readonly title: string
}

/** What was counted of a release. `behind`: what stands in the way, at most as many as are shown. */
export interface Facts {
  readonly severe: { readonly count: number; readonly behind: readonly Behind[] }
  /** Notes that support has to approve, and work that nobody wrote one about. */
  readonly notes: { readonly approved: number; readonly all: number; readonly behind: readonly Behind[] }
  readonly acceptance: { readonly passed: number; readonly all: number; readonly behind: readonly Behind[] }
  readonly rota: { readonly hours: number; readonly covered: number }
  /** Null: it is not known when it comes out. */
  readonly conflicts: { readonly count: number; readonly behind: readonly Behind[] } | null
}

export const STANDINGS = ['met', 'not met', 'not applicable'] as const
export interface Measured {
  readonly criterion: Criterion
  readonly standing: (typeof STANDINGS)[number]
  /** How much of what is asked is there: `done` of `all`; where nothing may be there, `all` is 0 and `done` how much is. */
  readonly done: number
  readonly all: number
  readonly behind: readonly Behind[]
}

const counted = (criterion: Criterion, done: number, all: number, behind: readonly Behind[]): Measured => ({
  ...{ criterion, done, all, behind },
  standing: all === 0 ? 'not applicable' : done >= all ? 'met' : 'not met',
})

const none = (
  criterion: Criterion,
  found: { readonly count: number; readonly behind: readonly Behind[] } | null,
): Measured => ({
  ...{ criterion, done: found?.count ?? 0, all: 0, behind: found?.behind ?? [] },
  standing: found === null ? 'not applicable' : found.count === 0 ? 'met' : 'not met',
})

/** Each criterion that the product asks for, by what was counted. */
export const measure = (facts: Facts, criteria: readonly Criterion[]): readonly Measured[] => {
  const all: Readonly<Record<Criterion, Measured>> = {
    'no severe defects': none('no severe defects', facts.severe),
    'notes approved': counted('notes approved', facts.notes.approved, facts.notes.all, facts.notes.behind),
    'acceptance passed': counted(
      'acceptance passed',
      facts.acceptance.passed,
      facts.acceptance.all,
      facts.acceptance.behind,
    ),
    'rota covered': counted('rota covered', facts.rota.covered, facts.rota.hours, []),
    'no conflicts': none('no conflicts', facts.conflicts),
  }
  return CRITERIA.filter((one) => criteria.includes(one)).map((one) => all[one])
}

/** Hours after it came out in which somebody is there, from the first of `hours`; each counted once. */
export const coveredHours = (
  duties: readonly { readonly fromHour: number; readonly toHour: number }[],
  hours: number,
): number =>
  Array.from({ length: hours }, (_, hour) => hour).filter((hour) =>
    duties.some(({ fromHour, toHour }) => fromHour <= hour && hour < toHour),
  ).length

/** What somebody signs for, each in a short form that is another when it changes. */
export const SIGNED_PARTS = ['scope', 'notes', 'acceptance'] as const
export type SignedPart = (typeof SIGNED_PARTS)[number]
export type SignedParts = Readonly<Record<SignedPart, string>>

/** What is no longer as it was signed; nothing: the sign-off holds. */
export const changedSince = (signed: SignedParts, now: SignedParts): readonly SignedPart[] =>
  SIGNED_PARTS.filter((part) => signed[part] !== now[part])

/** `without go`: it came out, and nobody had said go. */
export const DECISIONS = ['go', 'no-go', 'without go'] as const
export type Decision = (typeof DECISIONS)[number]

export interface ToDecide {
  readonly decision: 'go' | 'no-go'
  readonly reason: string | null
  readonly measured: readonly Measured[]
  /** Roles whose sign-off is there and holds. */
  readonly signed: readonly string[]
  readonly roles: readonly string[]
  readonly isOver: boolean
}

/** A go against what is measured or signed, and every no-go, says why. */
export const checkDecision = (asked: ToDecide): Result<null, Refusal> => {
  if (asked.isOver)
    return err(refuse('wrong-state', 'It is out or withdrawn: there is nothing left to decide.'))
  const hasReason = (asked.reason ?? '').trim() !== ''
  if (hasReason) return ok(null)
  if (asked.decision === 'no-go')
    return err(refuse('invalid', 'Say why it does not go live.', { field: '/reason' }))
  const isWhole =
    asked.measured.every(({ standing }) => standing !== 'not met') &&
    asked.roles.every((role) => asked.signed.includes(role))
  return isWhole
    ? ok(null)
    : err(
        refuse('invalid', 'Not everything is met and signed. Say why it goes live all the same.', {
          field: '/reason',
        }),
      )
}

/** Whether it may come out here, by hand or by a pipeline of ours. What a tool of theirs did is a fact and is not asked. */
export const checkComingOut = (standing: {
  /** What was decided last; null: nothing. */
  readonly decided: Decision | null
  readonly needsGo: boolean
  readonly reason: string | null
}): Result<null, Refusal> => {
  const { decided, needsGo, reason } = standing
  if (decided === 'go' || (reason ?? '').trim() !== '') return ok(null)
  if (decided === 'no-go')
    return err(
      refuse('invalid', 'It was decided that it does not go live. Say why it comes out all the same.', {
        field: '/reason',
      }),
    )
  return needsGo
    ? err(refuse('invalid', 'Nobody said go. Say why it comes out all the same.', { field: '/reason' }))
    : ok(null)
}

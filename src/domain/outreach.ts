import { compareVersions } from './version-order.ts'
import type { EscalationState, ReleaseStanding, TicketState } from './words.ts'

/**
 * Whom a release is told to, and what: the customer has it, must upgrade to get it, or gets it on a day. Each ticket has
 * at most one telling at a time, and hears each of them once; what a customer answered or reopened is theirs again.
 */
export const OUTREACH_STANDINGS = ['has it', 'must upgrade', 'gets it'] as const satisfies ReleaseStanding[]
export type OutreachStanding = (typeof OUTREACH_STANDINGS)[number]

/** `off`: nothing is proposed. `review`: a person lets it go. `automatic`: it goes unless a person holds it back. */
export const TELLING_MODES = ['off', 'review', 'automatic'] as const
export type TellingMode = (typeof TELLING_MODES)[number]

export const NOTICE_STATES = ['proposed', 'sent', 'dismissed', 'suppressed'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** Why a ticket is not told after all. `dismissed`: a person said so. */
export const NOTICE_REASONS = [
  ...(['reopened', 'opted out', 'already told', 'closed', 'changed since', 'turned off'] as const),
  ...(['answered', 'not taken', 'dismissed'] as const),
] as const
export type NoticeReason = (typeof NOTICE_REASONS)[number]

export interface OutreachPolicy {
  readonly modes: Readonly<Record<OutreachStanding, TellingMode>>
  readonly delayMinutes: number
}
export const DEFAULT_POLICY: OutreachPolicy = {
  modes: { 'has it': 'review', 'must upgrade': 'review', 'gets it': 'off' },
  delayMinutes: 60,
}
export const DELAY_MINUTES = { min: 1, max: 10_080 } as const
/** What a person let go stays this long: a slip of the hand can be taken back. */
export const SECOND_THOUGHTS_MS = 10_000

/** Where a customer runs what, in their words. */
export interface Run {
  readonly environment: string
  readonly version: string | null
  /** Whether the fix is in it. */
  readonly has: 'yes' | 'no' | 'unknown'
}

/** What a ticket was told, or a person decided that it is not told. */
export interface Told {
  readonly standing: OutreachStanding
  readonly release: string
  readonly releaseId: string
  readonly reopened: number
  readonly answer: 'works' | 'still broken' | null
  readonly runs: readonly Run[]
}

/** A ticket as it stands to one release. */
export interface Candidate {
  readonly ticketId: string
  readonly ticketState: TicketState
  readonly release: { readonly id: string; readonly name: string }
  readonly standing: ReleaseStanding
  /** Of the bond to the work that the release brings; null: there is none that lives. */
  readonly bond: EscalationState | null
  readonly reopened: number
  readonly takesNotices: boolean
  readonly runs: readonly Run[]
  readonly told: readonly Told[]
}

export type Verdict =
  | { readonly tell: OutreachStanding; readonly not?: never }
  | { readonly tell?: never; readonly not: NoticeReason }

const isTold = (standing: ReleaseStanding): standing is OutreachStanding =>
  (OUTREACH_STANDINGS as readonly ReleaseStanding[]).includes(standing)

const IS_OVER: readonly TicketState[] = ['closed', 'cancelled', 'merged']

/**
 * Whether a ticket is told of this release now. A bond that is neither `fixed` nor `released` says that the customer has
 * tried it already, or that engineering was asked again.
 */
export const verdictOn = (candidate: Candidate): Verdict => {
  const { standing, bond } = candidate
  if (IS_OVER.includes(candidate.ticketState)) return { not: 'closed' }
  if (bond === null || bond === 'verified') return { not: 'answered' }
  if (bond !== 'fixed' && bond !== 'released') return { not: 'reopened' }
  if (!isTold(standing)) return { not: 'changed since' }
  if (!candidate.takesNotices) return { not: 'opted out' }
  return candidate.told.some((told) => told.standing === standing && counts(told, candidate))
    ? { not: 'already told' }
    : { tell: standing }
}

/** Whether what was told still stands against telling the same standing again. */
const counts = (told: Told, { release, reopened, standing, runs }: Candidate): boolean => {
  if (told.releaseId === release.id) return true
  const isBrokenAgain = told.answer === 'still broken' || reopened > told.reopened
  if (isBrokenAgain)
    return (
      standing === 'has it' && told.runs.some(({ version }) => runs.some((now) => now.version === version))
    )
  // a release that is nearer to what they run is news
  return standing === 'has it' || (compareVersions(release.name, told.release) ?? 0) >= 0
}

/**
 * Of everything that one ticket could be told, the one thing it is told: what it has before what it must do, and that
 * before what it gets; and of the releases that say so the nearest. A release earlier than what they run is no upgrade.
 */
export const tellingOf = <C extends Candidate>(candidates: readonly C[]): C | null => {
  for (const standing of OUTREACH_STANDINGS) {
    const same = candidates.filter((candidate) => candidate.standing === standing)
    const chosen = standing === 'has it' ? bringer(same) : nearest(same)
    if (chosen !== null) return chosen
    if (same.length > 0) return null
  }
  return null
}

/** The release that brought it: the latest that is not later than what they run. */
const bringer = <C extends Candidate>(candidates: readonly C[]): C | null => {
  const brought = candidates.filter(({ release, runs }) =>
    runs.some(({ version }) => version === null || (compareVersions(release.name, version) ?? 0) <= 0),
  )
  return first(brought, (a, b) => compareVersions(b.release.name, a.release.name) ?? 0)
}

const nearest = <C extends Candidate>(candidates: readonly C[]): C | null => {
  const upgrades = candidates.filter(({ release, runs }) => isUpgrade(release.name, runs))
  return first(upgrades, (a, b) => compareVersions(a.release.name, b.release.name) ?? 0)
}

/** Where they would go on to this release: what lacks the fix is earlier, or nobody can say. */
export const isUpgrade = (release: string, runs: readonly Run[]): boolean => {
  const lacking = runs.filter(({ has }) => has !== 'yes')
  return lacking.length === 0 || lacking.some((run) => isBefore(run, release))
}

export const isBefore = ({ version }: Run, release: string): boolean =>
  version === null || (compareVersions(version, release) ?? -1) < 0

const first = <C extends Candidate>(all: readonly C[], order: (a: C, b: C) => number): C | null =>
  all.toSorted((a, b) => order(a, b) || (a.release.id < b.release.id ? -1 : 1))[0] ?? null

/** To whom, through what: a person hears once through each channel, a ticket without one by itself. */
export interface Addressed {
  readonly contactId: string | null
  readonly ticketId: string
  readonly release: { readonly id: string }
  readonly standing: ReleaseStanding
  readonly connectionId: string | null
}

export const recipientOf = ({ contactId, ticketId }: Pick<Addressed, 'contactId' | 'ticketId'>): string =>
  contactId ?? ticketId

/** What goes into one message: the key is the same for all that does. */
export const messageKey = (one: Addressed): string =>
  [one.release.id, one.standing, recipientOf(one), one.connectionId ?? ''].join('|')

const DAY_MS = 86_400_000

/** One business day after a moment: 24 hours, of which those of Saturdays and Sundays (UTC) do not count. */
export const businessDayAfter = (at: Date): Date => {
  let left = DAY_MS
  let now = at.getTime()
  while (left > 0) {
    const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS
    const day = new Date(now).getUTCDay()
    const isBusiness = day !== 0 && day !== 6
    const taken = isBusiness ? Math.min(left, midnight - now) : 0
    left -= taken
    now = isBusiness ? now + taken : midnight
  }
  return new Date(now)
}

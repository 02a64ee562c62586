import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { EscalationState, WorkItemState } from './words.ts'

/**
 * The bond between a ticket and the work item that answers it.
 *
 * `sending`: made, and a mirror is on its way to engineering's tool; nobody there has seen it.
 * `sent`: it is where engineering looks; the pick-up clock runs. `accepted`: they took it; back in triage, nobody has it,
 * and the clock runs on.
 * `more information asked`: support's move; the answer brings back `accepted` or `sent`, whichever it came from. Each
 * ticket that was asked owes an answer of its own, until engineering says that it has enough.
 * `declined`, `returned`: engineering's no (to the work, or to this ticket only); the bond has ended, the ticket has not.
 * `withdrawn`: support took it back (joined by mistake, solved otherwise); the work stays. That can itself be taken back.
 * `fixed`: done, the release queue's move. `released`: support's move: tell the customer, ask whether it works.
 * `verified`: the customer said it works; the bond has ended well.
 */
export interface EscalationStanding {
  readonly state: EscalationState
  readonly reason: string | null
  /** Id of the comment that asks, while an answer is owed. */
  readonly question: string | null
  readonly sentAt: Date | null
  readonly acceptedAt: Date | null
  readonly answeredAt: Date | null
  readonly endedAt: Date | null
}

export type EscalationCommand =
  | { readonly do: 'confirm sent' }
  | { readonly do: 'accept' }
  /** Nobody has it any more: the work lies in triage again. `arrived`: where engineering looks. */
  | { readonly do: 'back to triage'; readonly arrived: boolean }
  | { readonly do: 'ask'; readonly question: string }
  | { readonly do: 'answer' }
  /** Engineering has enough: no answer is owed any more. */
  | { readonly do: 'close question' }
  | { readonly do: 'decline'; readonly reason: string | null }
  | { readonly do: 'return'; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string }
  /** The withdrawal was a mistake: `to` is where the bond stands now (see `stateWhenReinstated`). */
  | { readonly do: 'reinstate'; readonly to: LiveState; readonly question: string | null }
  | { readonly do: 'fix' }
  | { readonly do: 'release' }
  | { readonly do: 'works' }
  | { readonly do: 'still broken' }
  /** Engineering took the work up again after it was done or declined. */
  | { readonly do: 'resume' }

type Verb = EscalationCommand['do']
export type LiveState = Exclude<EscalationState, 'declined' | 'returned' | 'withdrawn' | 'verified'>

const WITH_ENGINEERING = [
  'sending',
  'sent',
  'accepted',
  'more information asked',
] as const satisfies readonly EscalationState[]

/** In which states each command means something. */
export const ESCALATION_MOVES: Readonly<Record<Verb, readonly EscalationState[]>> = {
  'confirm sent': ['sending'],
  accept: ['sending', 'sent', 'more information asked'],
  'back to triage': ['accepted', 'more information asked'],
  ask: ['sending', 'sent', 'accepted', 'more information asked'],
  answer: ['more information asked'],
  'close question': ['more information asked'],
  decline: [...WITH_ENGINEERING, 'fixed', 'released'],
  return: [...WITH_ENGINEERING, 'fixed', 'released'],
  withdraw: [...WITH_ENGINEERING, 'fixed', 'released'],
  reinstate: ['withdrawn'],
  fix: WITH_ENGINEERING,
  release: [...WITH_ENGINEERING, 'fixed'],
  works: ['fixed', 'released'],
  'still broken': ['fixed', 'released', 'verified'],
  resume: ['fixed', 'released', 'declined'],
}

export const canEscalationMove = (state: EscalationState, verb: Verb): boolean =>
  (ESCALATION_MOVES[verb] as readonly EscalationState[]).includes(state)

/** Ended bonds leave the ticket free to be escalated again. */
export const hasEnded = (state: EscalationState): boolean =>
  state === 'declined' || state === 'verified' || isTakenApart(state)

/** The ticket has nothing to do with that work item any more: neither's words belong to the other. */
export const isTakenApart = (state: EscalationState): boolean => TAKEN_APART.includes(state)
export const TAKEN_APART: readonly EscalationState[] = ['returned', 'withdrawn']

/** Whose move it can be. `causeway`: it is on its way; `release`: done, and not out yet. */
export const MOVERS = ['support', 'engineering', 'release', 'causeway', 'nobody'] as const
export type Mover = (typeof MOVERS)[number]

/** Whose move it is. */
export const moveOf = (state: EscalationState): Mover => {
  switch (state) {
    case 'sending':
      return 'causeway'
    case 'sent':
    case 'accepted':
      return 'engineering'
    case 'more information asked':
    case 'declined':
    case 'returned':
    case 'released':
      return 'support'
    case 'fixed':
      return 'release'
    case 'withdrawn':
    case 'verified':
      return 'nobody'
  }
}

/** What a command makes of an escalation, or why it means nothing now. */
export const decideEscalation = (
  standing: EscalationStanding,
  command: EscalationCommand,
  now: Date,
): Result<EscalationStanding, Refusal> => {
  if (!canEscalationMove(standing.state, command.do)) {
    return err(
      refuse('wrong-state', `The escalation is ${standing.state}: “${command.do}” means nothing now.`),
    )
  }
  return ok(next(standing, command, now))
}

const next = (standing: EscalationStanding, command: EscalationCommand, now: Date): EscalationStanding => {
  // whoever answers has it, whether or not we were told that it arrived
  const sentAt = standing.sentAt ?? now
  switch (command.do) {
    case 'confirm sent':
      return { ...standing, state: 'sent', sentAt }
    case 'accept':
      return {
        ...standing,
        state: 'accepted',
        sentAt,
        acceptedAt: standing.acceptedAt ?? now,
        question: null,
      }
    case 'back to triage':
      if (standing.state === 'more information asked') return { ...standing, acceptedAt: null }
      return command.arrived
        ? { ...standing, state: 'sent', acceptedAt: null }
        : { ...standing, state: 'sending', sentAt: null, acceptedAt: null }
    case 'ask':
      return { ...standing, state: 'more information asked', sentAt, question: command.question }
    case 'answer':
      return {
        ...standing,
        state: standing.acceptedAt === null ? 'sent' : 'accepted',
        question: null,
        answeredAt: now,
      }
    case 'close question':
      return { ...standing, state: standing.acceptedAt === null ? 'sent' : 'accepted', question: null }
    case 'decline':
      return { ...standing, state: 'declined', sentAt, reason: command.reason, question: null, endedAt: now }
    case 'return':
      return { ...standing, state: 'returned', sentAt, reason: command.reason, question: null, endedAt: now }
    // what never arrived there stays unsent
    case 'withdraw':
      return { ...standing, state: 'withdrawn', reason: command.reason, question: null, endedAt: now }
    case 'reinstate':
      return {
        ...standing,
        state: command.to,
        sentAt: command.to === 'sending' ? standing.sentAt : sentAt,
        acceptedAt: standing.acceptedAt ?? (IS_ACCEPTED.includes(command.to) ? now : null),
        ...{ reason: null, question: command.question, endedAt: null },
      }
    case 'fix':
      return { ...standing, state: 'fixed', sentAt, acceptedAt: standing.acceptedAt ?? now, question: null }
    case 'release':
      return {
        ...standing,
        state: 'released',
        sentAt,
        acceptedAt: standing.acceptedAt ?? now,
        question: null,
      }
    case 'works':
      return { ...standing, state: 'verified', endedAt: now }
    case 'still broken':
      return { ...standing, state: 'sent', reason: null, endedAt: null }
    case 'resume':
      return {
        ...standing,
        state: standing.acceptedAt === null ? 'sent' : 'accepted',
        reason: null,
        endedAt: null,
      }
  }
}

const IS_ACCEPTED: readonly EscalationState[] = ['accepted', 'fixed', 'released']

/** How far the work itself is: all that an escalation follows. */
export interface WorkProgress {
  readonly state: WorkItemState
  /** The work item's release is out. */
  readonly released: boolean
  readonly declineReason: string | null
  /** It is where engineering looks; only asked of what goes back to triage. */
  readonly arrived?: boolean
}

const ACCEPTED: readonly WorkItemState[] = ['backlog', 'ready', 'started', 'in review', 'verifying']

/**
 * What a change of the work means to one escalation on it: at most one command. Only a *change* speaks: a ticket that
 * says “still broken” about work that stays done is not pulled back to `released` by the next look at the tool.
 */
export const followWork = (
  before: WorkProgress,
  after: WorkProgress,
  state: EscalationState,
): EscalationCommand | null => {
  if (before.state === after.state && before.released === after.released) return null
  const command = meaning(before, after, state)
  return command !== null && canEscalationMove(state, command.do) ? command : null
}

const meaning = (
  before: WorkProgress,
  after: WorkProgress,
  state: EscalationState,
): EscalationCommand | null => {
  if (after.state === 'done') return after.released ? { do: 'release' } : { do: 'fix' }
  if (after.state === 'declined') return { do: 'decline', reason: after.declineReason }
  if (after.state === 'duplicate') return null
  if (before.state === 'done' || before.state === 'declined') {
    if (state === 'fixed' || state === 'released' || state === 'declined') return { do: 'resume' }
  }
  if (after.state === 'triage' && ACCEPTED.includes(before.state))
    return { do: 'back to triage', arrived: after.arrived ?? true }
  // a question stays a question while the card moves: the answer is still owed
  return ACCEPTED.includes(after.state) && state !== 'more information asked' ? { do: 'accept' } : null
}

/**
 * The state of a bond to work that exists already, or null where joining makes no sense. `arrived`: the work item is
 * where engineering looks (it is native, or its mirror exists).
 */
export const stateWhenJoining = (progress: WorkProgress, arrived: boolean): LiveState | null => {
  if (progress.state === 'declined' || progress.state === 'duplicate') return null
  if (!arrived) return 'sending'
  if (progress.state === 'done') return progress.released ? 'released' : 'fixed'
  return progress.state === 'triage' ? 'sent' : 'accepted'
}

/** What a bond was when it was withdrawn. */
export interface WithdrawnFrom {
  readonly state: LiveState
  readonly question: string | null
  /** How far the work was then. */
  readonly work: Pick<WorkProgress, 'state' | 'released'>
}

/**
 * The state of a bond whose withdrawal is taken back: what it was, where the work has not moved since; else as far as the
 * work is now. Null where that makes no sense any more: engineering has said no, or has another item for it.
 */
export const stateWhenReinstated = (
  was: WithdrawnFrom | null,
  progress: WorkProgress,
  arrived: boolean,
): { readonly to: LiveState; readonly question: string | null } | null => {
  const joining = stateWhenJoining(progress, arrived)
  if (joining === null) return null
  const isSame = was !== null && was.work.state === progress.state && was.work.released === progress.released
  if (!isSame || (was.state === 'sending') === arrived) return { to: joining, question: null }
  return { to: was.state, question: was.question }
}

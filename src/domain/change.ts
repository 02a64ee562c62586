import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { ChangeKind, ChangeOutcome, ChangeState } from './words.ts'

/** What moves a change along. `approved`, `rejected`: the last key that was needed, or the first that was refused. */
export const CHANGE_STEPS = [
  'assess',
  'ask',
  'approved',
  'rejected',
  'rethink',
  'start',
  'finish',
  'close',
  'cancel',
  'revise',
] as const
export type ChangeStep = (typeof CHANGE_STEPS)[number]

/** What implementing needs to be written down before it is authorised. */
export const PLANS = ['implement', 'test', 'backOut'] as const
export type PlanPart = (typeof PLANS)[number]
export type Plans = Readonly<Record<PlanPart, string>>

/** Where each kind begins: an emergency needs keys at once, a standard change had its approval once and for all. */
export const ENTRY: Readonly<Record<ChangeKind, ChangeState>> = {
  standard: 'scheduled',
  normal: 'draft',
  emergency: 'authorising',
}

/** The states a kind goes through when nothing goes wrong, in order. */
export const ROAD: Readonly<Record<ChangeKind, readonly ChangeState[]>> = {
  standard: ['scheduled', 'implementing', 'reviewing', 'closed'],
  normal: ['draft', 'assessing', 'authorising', 'scheduled', 'implementing', 'reviewing', 'closed'],
  emergency: ['authorising', 'scheduled', 'implementing', 'reviewing', 'closed'],
}

export interface ChangeStanding {
  readonly kind: ChangeKind
  readonly state: ChangeState
}

const BEFORE_IT_BEGINS: readonly ChangeState[] = ['draft', 'assessing', 'authorising', 'scheduled']

/** What it is about may be written anew only until it begins: afterwards it would be another change. */
export const mayBeRewritten = (state: ChangeState): boolean => BEFORE_IT_BEGINS.includes(state)

/** Nothing more becomes of it by itself. */
export const isEnded = (state: ChangeState): boolean =>
  state === 'closed' || state === 'rejected' || state === 'cancelled'

/** A key counts while it is asked for; of an emergency that began without, afterwards too. */
export const takesKeys = ({ kind, state }: ChangeStanding): boolean =>
  state === 'authorising' || (kind === 'emergency' && (state === 'implementing' || state === 'reviewing'))

const FROM: Readonly<Record<ChangeStep, readonly ChangeState[]>> = {
  assess: ['draft'],
  ask: ['draft', 'assessing'],
  approved: ['authorising'],
  rejected: ['authorising'],
  rethink: ['draft', 'assessing', 'authorising', 'scheduled'],
  start: ['scheduled'],
  finish: ['implementing'],
  close: ['reviewing'],
  cancel: BEFORE_IT_BEGINS,
  revise: ['rejected', 'cancelled'],
}

const TO: Readonly<Partial<Record<ChangeStep, ChangeState>>> = {
  assess: 'assessing',
  ask: 'authorising',
  approved: 'scheduled',
  rejected: 'rejected',
  start: 'implementing',
  finish: 'reviewing',
  close: 'closed',
  cancel: 'cancelled',
}

/** Where a step leads. An emergency may begin before its keys are given: they are then owed. */
export const decideChange = (
  { kind, state }: ChangeStanding,
  step: ChangeStep,
): Result<ChangeState, Refusal> => {
  const mayStartEarly = kind === 'emergency' && step === 'start' && state === 'authorising'
  if (!FROM[step].includes(state) && !mayStartEarly) return err(refuse('wrong-state', whyNot(step, state)))
  if (step === 'revise') return ok(ENTRY[kind])
  if (step === 'rethink') return ok(rethought({ kind, state }))
  return ok(TO[step] ?? state)
}

/** Keys that were given for something else open nothing. A standard change never needed any. */
const rethought = ({ kind, state }: ChangeStanding): ChangeState => {
  if (kind === 'standard' || state === 'draft') return state
  return kind === 'emergency' ? 'authorising' : 'assessing'
}

const whyNot = (step: ChangeStep, state: ChangeState): string => {
  if (state === 'closed') return said`The change is closed.`
  if (state === 'rejected') return said`The change was rejected. Revise it to ask again.`
  if (state === 'cancelled') return said`The change was cancelled. Revise it to go on.`
  if (step === 'start') return said`The change is ${state}: it begins when it is scheduled.`
  if (step === 'finish') return said`The change is ${state}: it was not begun.`
  if (step === 'close') return said`The change is ${state}: it is reviewed before it is closed.`
  if (step === 'approved' || step === 'rejected') return said`The change is ${state}: no key is asked for.`
  if (step === 'cancel' || step === 'rethink')
    return said`The change is ${state}: it has begun. Finish it, and open another.`
  return said`The change is ${state}: that was done already.`
}

/** What a change went like that nobody needs to look at again: it is closed at once. An emergency is always looked at. */
export const needsReview = (kind: ChangeKind, outcome: ChangeOutcome): boolean =>
  kind === 'emergency' || outcome !== 'successful'

/** Plans without which nobody is asked for a key; an emergency may write them down later. */
export const missingPlans = (kind: ChangeKind, plans: Plans): readonly PlanPart[] =>
  kind === 'emergency' ? [] : PLANS.filter((part) => plans[part].trim() === '')

/** When something that is owed is late. Null: nothing is owed. */
export const isLate = (dueAt: Date | null, doneAt: Date | null, now: Date): boolean =>
  dueAt !== null && (doneAt ?? now) > dueAt

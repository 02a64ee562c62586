import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * The life of an enhancement request. What is kept is what people decide; what follows from the work and its release is
 * derived, so that nobody has to keep it up.
 */
export const ENHANCEMENT_STATES = ['new', 'under review', 'accepted', 'declined'] as const
export type EnhancementState = (typeof ENHANCEMENT_STATES)[number]

/** As everybody reads it, customers too. */
export const ENHANCEMENT_STANDINGS = [
  'new',
  'under review',
  'planned',
  'in progress',
  'shipped',
  'declined',
  'merged',
] as const
export type EnhancementStanding = (typeof ENHANCEMENT_STANDINGS)[number]

export type EnhancementStep = 'review' | 'accept' | 'decline' | 'reopen'

const STEPS: Readonly<
  Record<EnhancementStep, { readonly from: readonly EnhancementState[]; readonly to: EnhancementState }>
> = {
  review: { from: ['new'], to: 'under review' },
  accept: { from: ['new', 'under review'], to: 'accepted' },
  decline: { from: ['new', 'under review'], to: 'declined' },
  reopen: { from: ['accepted', 'declined'], to: 'under review' },
}

export interface EnhancementFacts {
  readonly state: EnhancementState
  readonly isMerged: boolean
}

export const canStep = ({ state, isMerged }: EnhancementFacts, step: EnhancementStep): boolean =>
  !isMerged && STEPS[step].from.includes(state)

export const decideEnhancement = (
  facts: EnhancementFacts,
  step: EnhancementStep,
): Result<EnhancementState, Refusal> => {
  if (facts.isMerged)
    return err(
      refuse('wrong-state', 'It is merged into another one: decide that one, or take the merge back.'),
    )
  if (!canStep(facts, step))
    return err(
      refuse(
        'wrong-state',
        step === 'reopen' ? 'It is not decided yet.' : 'It is decided already. Take the decision back first.',
      ),
    )
  return ok(STEPS[step].to)
}

/** How customers rate what they ask for. Each is counted by itself: nothing is added up to a score. */
export const IMPORTANCES = [0, 1, 2, 3] as const
export type Importance = (typeof IMPORTANCES)[number]

/** What an asker says of what was built. */
export const RECEPTIONS = ['adopted', 'praise', 'complaint'] as const
export type Reception = (typeof RECEPTIONS)[number]

/** One column at a time, the most first; `newest`: by when it was written down. */
export const ENHANCEMENT_ORDERS = ['newest', 'customers', 'tickets', 'revenue', 'important'] as const
export type EnhancementOrder = (typeof ENHANCEMENT_ORDERS)[number]

import { sameValue } from '../lib/stable.ts'

/** One change of one field, as a tool's history tells it. */
export interface FieldStep<V> {
  /** Under the account this connection uses. */
  readonly byUs: boolean
  readonly before: V
  readonly after: V
}

/**
 * What our write replaced, by the field's changes since it was read, oldest first; `undefined` when it replaced just
 * what had been read, or when nothing shows that it landed. `isSent` tells our value in the history's own form.
 *
 * A person may work under our account: of several changes by it, ours is the last one to the value we sent.
 *
 * Example: read `A`; then Eve `A → P`, we `P → B` gives `P`; we `A → B`, Eve `B → C` gives `undefined`.
 */
export const replacedValue = <V>(
  steps: readonly FieldStep<V>[],
  isSent: (value: V) => boolean,
): V | undefined => {
  const ours =
    steps.findLast((step) => step.byUs && isSent(step.after)) ?? steps.findLast((step) => step.byUs)
  const first = steps[0]
  if (ours === undefined || first === undefined || sameValue(ours.before, first.before)) return undefined
  return ours.before
}

import type { Element } from './mirror-base.ts'
import { isNormalisationOf } from './normalisation.ts'
import type { PlannedOperation } from './plan.ts'
import type { Snapshot } from './snapshot.ts'

export type ElementRow = Element & { readonly id: string }

/** The element that a call on a comment or file leads to; null when the call is about none. */
export const elementOf = (
  before: ElementRow | null,
  planned: PlannedOperation,
  remoteId: string | null,
  shown: Snapshot | null,
  newElementId: string,
): ElementRow | null => {
  const { operation, element } = planned
  if (element === null) return null
  if (element.withdraws)
    return before === null ? null : { ...before, state: 'withdrawn', baseHub: element.baseHub }
  const text =
    remoteId === null ? undefined : shown?.comments?.find((comment) => comment.id === remoteId)?.text
  if (operation.op === 'comment.edit') {
    return before === null
      ? null
      : { ...before, baseHub: element.baseHub, baseTool: shownText(text, operation.text) }
  }
  if (element.amends && before !== null) {
    return {
      ...before,
      baseHub: element.baseHub,
      remoteExtra: remoteId === null ? before.remoteExtra : [...before.remoteExtra, remoteId],
    }
  }
  const visibility = operation.op === 'comment.add' || operation.op === 'attach' ? operation.visibility : null
  return {
    id: before?.id ?? newElementId,
    kind: operation.op === 'attach' ? 'attachment' : 'comment',
    elementId: element.id,
    remoteId,
    // an earlier copy may still stand there, marked as withdrawn: it is known, and never taken for a new comment
    remoteExtra: before === null || before.remoteId === null ? [] : [...before.remoteExtra, before.remoteId],
    origin: 'hub',
    baseHub: element.baseHub,
    baseTool: operation.op === 'comment.add' ? shownText(text, operation.text) : null,
    visibility,
    state: 'live',
  }
}

/** What the tool made of our text is the base; what somebody made of it meanwhile is not. */
const shownText = (shown: string | undefined, sent: string): string =>
  shown !== undefined && isNormalisationOf(shown, sent) ? shown : sent

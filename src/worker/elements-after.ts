import type { NewId } from '../lib/ids.ts'
import type { StoredElement } from '../store/mirrors.ts'
import type { Receipt } from '../sync/connector.ts'
import { isNormalisationOf } from '../sync/normalisation.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import type { Snapshot } from '../sync/snapshot.ts'

type ElementRow = Omit<StoredElement, 'mirrorId'>

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

/** Elements after a round of calls. `unfound`: made, but the tool did not say which it is; the next round finds out. */
export const elementsAfter = (
  before: readonly StoredElement[],
  done: readonly { readonly planned: PlannedOperation; readonly receipt: Receipt }[],
  shown: Snapshot | null,
  newId: NewId,
): { readonly rows: readonly ElementRow[]; readonly unfound: readonly string[] } => {
  const known = new Map<string, ElementRow>(before.map((element) => [element.elementId, element]))
  const rows = new Map<string, ElementRow>()
  const unfound: string[] = []
  for (const { planned, receipt } of done) {
    if (planned.element === null) continue
    const makes = planned.operation.op === 'comment.add' || planned.operation.op === 'attach'
    if (makes && receipt.elementId === null) {
      unfound.push(planned.element.id)
      continue
    }
    const remoteId = receipt.elementId ?? known.get(planned.element.id)?.remoteId ?? null
    const row = elementOf(known.get(planned.element.id) ?? null, planned, remoteId, shown, newId())
    if (row === null) continue
    known.set(row.elementId, row)
    rows.set(row.elementId, row)
  }
  return { rows: [...rows.values()], unfound }
}

import type { NewId } from '../lib/ids.ts'
import type { StoredElement } from '../store/mirrors.ts'
import type { Receipt } from '../sync/connector.ts'
import { type ElementRow, elementOf } from '../sync/element-of.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import type { Snapshot } from '../sync/snapshot.ts'

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

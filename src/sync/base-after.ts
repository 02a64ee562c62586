import { sayHold } from '../domain/hold-words.ts'
import { EMPTY_BASE, type FieldBase, type MirrorBase } from './mirror-base.ts'
import { isNormalisationOf, sameToolValue, wasTaken } from './normalisation.ts'
import type { Hold, PlannedOperation } from './plan.ts'
import type { Snapshot, ToolField } from './snapshot.ts'

/**
 * The base after calls were made and the tool was read again. For each field written: what the tool shows now is the
 * base when it is our value in the tool's own form; when the tool shows the old value as if nothing had been asked (or
 * cut our value back to it), the field is held; anything else is a person's edit that came in between: our value becomes the base, so that the
 * next merge takes the edit as an edit.
 */
export const baseAfter = (
  base: MirrorBase,
  done: readonly PlannedOperation[],
  shown: Snapshot,
  now: string,
): { readonly base: MirrorBase; readonly holds: readonly Hold[] } => {
  const fields: Record<string, FieldBase> = { ...base.fields }
  const holds: Hold[] = []
  let { status, links } = base ?? EMPTY_BASE
  for (const planned of done) {
    for (const write of planned.fields) {
      const value = shown.fields[write.tool as ToolField] ?? null
      if (
        planned.operation.op === 'create'
          ? isNormalisationOf(value, write.sent)
          : wasTaken(value, write.sent, write.before)
      ) {
        fields[write.pair] = { hub: write.hub, tool: value, by: 'hub', at: now }
      } else if (planned.operation.op !== 'create' && sameToolValue(value, write.before)) {
        holds.push({
          field: write.pair,
          code: 'not-taken',
          ...sayHold('not-taken', { toolField: write.tool }),
          value: write.sent,
        })
      } else {
        fields[write.pair] = { hub: write.hub, tool: write.sent, by: 'hub', at: now }
      }
    }
    // a word half-way is ours too: the tool shows it because we moved it there
    if (planned.status !== null) {
      status = {
        hub: planned.status.last ? planned.status.hub : (status?.hub ?? ''),
        tool: planned.status.tool,
      }
    }
    if (planned.operation.op === 'link.add')
      links = [...links.filter((url) => url !== planned.link), planned.operation.url]
    if (planned.operation.op === 'link.remove') links = links.filter((url) => url !== planned.link)
  }
  return { base: { fields, status, links }, holds }
}

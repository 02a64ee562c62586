import { sameValue } from '../../../lib/stable.ts'
import { type FieldStep, replacedValue } from '../../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../../sync/snapshot.ts'
import { checkedFields } from './field-check.ts'
import type { ToolState } from './state.ts'

/**
 * What the connections' last write of `fields` replaced that version `since` did not show, by the item's history.
 * Empty where the tool keeps none, or none that long.
 */
export const overwrittenSince = (
  state: ToolState,
  itemId: string,
  since: unknown,
  fields: Readonly<Record<string, unknown>>,
): ToolFields => {
  const all = state.revisions.get(itemId) ?? []
  const from = all.findIndex(({ item }) => String(item.version) === since)
  if (!state.setup.traits.tellsOverwritten || from < 0) return {}
  const checked = checkedFields(state, fields)
  const sent = Object.entries(checked.ok ? checked.value : {})
  return Object.fromEntries(
    sent.flatMap(([name, value]) => {
      const lost = replacedValue(stepsOf(state, all.slice(from), name as ToolField), (after) =>
        sameValue(after, value ?? null),
      )
      return lost === undefined ? [] : [[name, lost]]
    }),
  )
}

const stepsOf = (
  state: ToolState,
  revisions: NonNullable<ReturnType<ToolState['revisions']['get']>>,
  field: ToolField,
): readonly FieldStep<ToolValue>[] =>
  revisions.slice(1).flatMap(({ who, item }, at) => {
    const before = revisions[at]?.item.fields[field] ?? null
    const after = item.fields[field] ?? null
    return sameValue(before, after) ? [] : [{ byUs: who === state.account.id, before, after }]
  })

import type { Mapping } from './mapping.ts'
import type { MergeInput } from './merge.ts'
import { merge } from './merge.ts'

/**
 * What a changed mapping would do, before it is saved: the merge is pure, so it is run over what is stored of each
 * mirror under the old and the new mapping, and the difference counted per field. No tool is asked.
 */
export interface FieldReach {
  readonly field: string
  /** Values set here, calls there, fields that would wait, questions to people. */
  readonly here: number
  readonly there: number
  readonly held: number
  readonly asked: number
}

export type StoredMirror = Omit<MergeInput, 'mapping'>

const countsOf = (
  mapping: Mapping,
  mirror: StoredMirror,
  remap: boolean,
): ReadonlyMap<string, keyof Omit<FieldReach, 'field'>> => {
  // words and files are not stored with the mirror: a mapping changes how they are read, not which there are
  const plan = merge({ ...mirror, remap, mapping: { ...mapping, comments: null, attachments: null } })
  const counts = new Map<string, keyof Omit<FieldReach, 'field'>>()
  for (const line of plan.why) counts.set(line.field, line.to === 'hub' ? 'here' : 'there')
  for (const hold of plan.holds) counts.set(nameOf(hold.field), 'held')
  for (const conflict of plan.conflicts) counts.set(nameOf(conflict.field), 'asked')
  return counts
}

const nameOf = (pair: string): string => pair.split('~')[0] ?? pair

/** Adds up, over any number of mirrors, what the new mapping does that the old one does not. */
export const makeBlastRadius = (
  before: Mapping,
  after: Mapping,
): {
  add(mirror: StoredMirror): void
  result(): { readonly mirrors: number; readonly touched: number; readonly fields: readonly FieldReach[] }
} => {
  const fields = new Map<string, { here: number; there: number; held: number; asked: number }>()
  let mirrors = 0
  let touched = 0
  return {
    add: (mirror) => {
      mirrors += 1
      const old = countsOf(before, mirror, false)
      let differs = false
      for (const [field, what] of countsOf(after, mirror, true)) {
        if (old.get(field) === what) continue
        differs = true
        const count = fields.get(field) ?? { here: 0, there: 0, held: 0, asked: 0 }
        count[what] += 1
        fields.set(field, count)
      }
      if (differs) touched += 1
    },
    result: () => ({
      mirrors,
      touched,
      fields: [...fields]
        .map(([field, count]) => ({ field, ...count }))
        .sort((a, b) => b.here + b.there + b.held + b.asked - (a.here + a.there + a.held + a.asked)),
    }),
  }
}

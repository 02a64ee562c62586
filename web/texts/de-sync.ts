import { deConnections } from './de-connections.ts'
import { deHolds } from './de-holds.ts'
import { deMapping } from './de-mapping.ts'
import { dePairs } from './de-pairs.ts'
import { deUndo } from './de-undo.ts'
import { deWhy } from './de-why.ts'
import type { enSync } from './en-sync.ts'

export const deSync: typeof enSync = {
  why: deWhy,
  undo: deUndo,
  holdCauses: deHolds,
  ...deConnections,
  ...deMapping,
  ...dePairs,
}

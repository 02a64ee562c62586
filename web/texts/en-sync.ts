import { HOLD_WORDS, type HoldCause, type HoldWords } from '../../src/domain/hold-words.ts'
import { enConnections } from './en-connections.ts'
import { enMapping } from './en-mapping.ts'
import { enPairs } from './en-pairs.ts'
import { enUndo } from './en-undo.ts'
import { enWhy } from './en-why.ts'

/** Connections to other tools, and what flows through them. */
export const enSync = {
  why: enWhy,
  undo: enUndo,
  holdCauses: HOLD_WORDS as Readonly<Record<HoldCause, HoldWords>>,
  ...enConnections,
  ...enMapping,
  ...enPairs,
}

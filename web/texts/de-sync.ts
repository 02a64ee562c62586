import { deConnections } from './de-connections.ts'
import { deMapping } from './de-mapping.ts'
import { deWhy } from './de-why.ts'
import type { enSync } from './en-sync.ts'

export const deSync: typeof enSync = {
  why: deWhy,
  ...deConnections,
  ...deMapping,
}

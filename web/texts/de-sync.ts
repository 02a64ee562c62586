import { deWhy } from './de-why.ts'
import type { enSync } from './en-sync.ts'

export const deSync: typeof enSync = {
  why: deWhy,
}

import { fingerprint } from '../lib/stable.ts'
import type { Snapshot } from './snapshot.ts'

/** Fingerprint of an item as a listing shows it, to see cheaply that it changed. Words and files are not in listings. */
export const listedHash = (shown: Snapshot): string =>
  fingerprint([shown.key, shown.container, shown.fields, shown.updatedAt, shown.version])

/** A tool with a clock of whole seconds may show two changes at one time; this long after, it cannot any more. */
const SETTLE_MS = 5_000

/** Whether nothing more can happen at the time the item shows. */
export const isSettled = (shown: Snapshot, now: Date): boolean =>
  shown.updatedAt !== null && now.getTime() - Date.parse(shown.updatedAt) > SETTLE_MS

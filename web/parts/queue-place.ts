/**
 * Which one of a queue is looked at. One that was in the queue and has left it (it got its answer) gives way to the one
 * that took its place; one that never was in it, as a link may name, is shown all the same.
 */
export const placeInQueue = (
  keys: readonly string[],
  wanted: string | null,
  /** Where the wanted one stood last; null: it was not seen in the queue. */
  stoodAt: number | null,
): string | null => {
  if (wanted === null) return keys[0] ?? null
  if (keys.includes(wanted) || stoodAt === null) return wanted
  return keys[Math.min(stoodAt, keys.length - 1)] ?? null
}

export const besideInQueue = (
  keys: readonly string[],
  current: string | null,
  step: 1 | -1,
): string | null => {
  const at = current === null ? -1 : keys.indexOf(current)
  if (at < 0) return keys[0] ?? null
  return keys[Math.max(0, Math.min(keys.length - 1, at + step))] ?? null
}

/** Edits (insert, delete, replace, swap of neighbours) between two texts; texts whose lengths differ by more than `limit` are not compared. */
export const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : limit + 1
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swap)
    }
    before = row
    row = next
  }
  return row[b.length] ?? limit + 1
}

/**
 * The known word a person most likely meant, or null when none is near: at most a third of the letters may differ,
 * because a far-fetched guess is worse than none. Example: `adoptt` among `adopt`, `types` → `adopt`.
 */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const asked = word.toLowerCase()
  const limit = Math.max(1, Math.floor(asked.length / 3))
  let best: string | null = null
  let bestDistance = limit + 1
  if (asked.length > 80) return null
  for (const candidate of known) {
    const found = distance(asked, candidate.toLowerCase(), limit)
    if (found < bestDistance) {
      best = candidate
      bestDistance = found
    }
  }
  return best
}

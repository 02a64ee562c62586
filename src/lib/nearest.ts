/**
 * Edits (insert, delete, replace, swap of neighbours) between two texts; `limit + 1` says that there are more. Only what
 * lies within `limit` of the diagonal can lead there, so a long text costs its length and not its square.
 */
export const distance = (a: string, b: string, limit: number): number => {
  const far = limit + 1
  if (Math.abs(a.length - b.length) > limit) return far
  // a row holds a[i] against b[i - limit … i + limit]: what stands above on the diagonal has the same place in it
  const width = 2 * limit + 1
  let before: number[] = Array(width).fill(far)
  let row = Array.from({ length: width }, (_, at) => (at < limit ? far : at - limit))
  let spare: number[] = Array(width).fill(far)
  let leastBefore = 0
  for (let i = 1; i <= a.length; i += 1) {
    const next = spare
    let least = far
    for (let at = 0; at < width; at += 1) {
      const j = i + at - limit
      let cell = far
      if (j === 0) cell = i
      else if (j > 0 && j <= b.length) {
        const isSame = a[i - 1] === b[j - 1]
        cell = (row[at] ?? far) + (isSame ? 0 : 1)
        if (at > 0) cell = Math.min(cell, (next[at - 1] ?? far) + 1)
        if (at + 1 < width) cell = Math.min(cell, (row[at + 1] ?? far) + 1)
        if (!isSame && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          cell = Math.min(cell, (before[at] ?? far) + 1)
      }
      next[at] = cell
      if (cell < least) least = cell
    }
    // a swap reaches back over a row
    if (least > limit && leastBefore > limit) return far
    leastBefore = least
    spare = before
    before = row
    row = next
  }
  return Math.min(row[b.length - a.length + limit] ?? far, far)
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

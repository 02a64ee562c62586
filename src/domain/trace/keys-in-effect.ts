/** A commit that can be reached from a release, as far as it counts. */
export interface ReachedCommit {
  readonly id: string
  readonly keys: readonly string[]
  /** Ids of commits that it takes back. */
  readonly undoes: readonly string[]
}

/**
 * The keys whose fix is in force, of commits in the order of history (parents before children). A commit counts unless
 * one after it takes it back, which counts unless one after that takes *it* back: a revert of a revert brings the fix
 * again, and so does a new commit for the same key. Linear in commits and what they take back.
 */
export const keysInEffect = (commits: readonly ReachedCommit[]): ReadonlySet<string> => {
  const place = new Map(commits.map(({ id }, at) => [id, at]))
  const isUndone = new Array<boolean>(commits.length).fill(false)
  const keys = new Set<string>()
  for (let at = commits.length - 1; at >= 0; at -= 1) {
    const commit = commits[at]
    if (commit === undefined || isUndone[at]) continue
    for (const key of commit.keys) keys.add(key)
    for (const id of commit.undoes) {
      const undone = place.get(id)
      // nothing can take back what comes after it, or itself, whatever its message says
      if (undone !== undefined && undone < at) isUndone[undone] = true
    }
  }
  return keys
}

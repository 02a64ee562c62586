/** Finds the releases before a commit while its history is still being read, so that reading can stop early. */
export interface WalkBack {
  /** One commit with its parents, in whatever order they come. True when nothing is left to find. */
  add(id: string, parents: readonly string[]): boolean
  readonly found: readonly string[]
}

/** The same releases that `planReleases` chooses from. */
export const walkBack = (start: string, isRelease: (id: string) => boolean): WalkBack => {
  const parentsOf = new Map<string, readonly string[]>()
  const reached = new Set<string>([start])
  const found: string[] = []
  /** Reached, with parents still to come. */
  let open = 1
  const go = (id: string): void => {
    const ready = [id]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      open--
      for (const parent of parentsOf.get(next) ?? []) {
        if (reached.has(parent)) continue
        reached.add(parent)
        if (isRelease(parent)) found.push(parent)
        else {
          open++
          if (parentsOf.has(parent)) ready.push(parent)
        }
      }
    }
  }
  return {
    add: (id, parents) => {
      parentsOf.set(id, parents)
      if (reached.has(id) && (id === start || !isRelease(id))) go(id)
      return open === 0
    },
    found,
  }
}

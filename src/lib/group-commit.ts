/**
 * Group commit: what arrives while commits are under way waits together and shares the next one, so that a flood costs
 * a few statements, and a single one waits for nobody. The results come in the order of what was given; when `commit`
 * fails, all that shared it fail.
 */
export const groupCommit = <Given, Result>(
  commit: (group: readonly Given[]) => Promise<readonly Result[]>,
  options: { readonly flights: number; readonly maxGroup: number },
): ((given: Given) => Promise<Result>) => {
  interface Waiting {
    readonly given: Given
    readonly resolve: (result: Result) => void
    readonly reject: (error: unknown) => void
  }
  let queue: Waiting[] = []
  let underWay = 0

  const fly = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const results = await commit(group.map((one) => one.given))
      for (const [at, one] of group.entries()) one.resolve(results[at] as Result)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }

  const depart = (): void => {
    while (underWay < options.flights && queue.length > 0) {
      const group = queue.slice(0, options.maxGroup)
      queue = queue.slice(options.maxGroup)
      underWay += 1
      void fly(group).then(() => {
        underWay -= 1
        depart()
      })
    }
  }

  return (given) =>
    new Promise((resolve, reject) => {
      queue.push({ given, resolve, reject })
      // after this turn of the event loop: what was read together shares one commit
      if (queue.length === 1) setImmediate(depart)
    })
}

import type { Graph } from './plan-releases.ts'
import { type Git, linesOf } from './run-git.ts'

export interface ReadGraph extends Graph {
  readonly numberOf: ReadonlyMap<string, number>
}

const grown = (numbers: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> => {
  if (needed <= numbers.length) return numbers
  const larger = new Int32Array(Math.max(needed, numbers.length * 2))
  larger.set(numbers)
  return larger
}

/** All that can be reached from these commits, without messages: 100,000 commits are a few megabytes. */
export const readGraph = async (
  git: Git,
  tips: readonly string[],
  onRead: (commits: number) => void,
): Promise<ReadGraph> => {
  const ids: string[] = []
  const numberOf = new Map<string, number>()
  let from = new Int32Array(1_024)
  let parents = new Int32Array(1_024)
  let edges = 0
  // parents before children, so that a parent has its number when it is named
  const args = ['rev-list', '--parents', '--topo-order', '--reverse', '--stdin', '--']
  for await (const lines of git.ask({ args, input: linesOf(tips) })) {
    for (const line of lines) {
      const [id = '', ...before] = line.split(' ')
      numberOf.set(id, ids.length)
      ids.push(id)
      parents = grown(parents, edges + before.length)
      for (const parent of before) parents[edges++] = numberOf.get(parent) ?? 0
      from = grown(from, ids.length + 1)
      from[ids.length] = edges
    }
    onRead(ids.length)
  }
  return { ids, from: from.subarray(0, ids.length + 1), parents: parents.subarray(0, edges), numberOf }
}

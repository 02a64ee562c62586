import { describe, expect, it } from 'vitest'
import { chance } from '../../test/support/chance.ts'
import { type Graph, type Plan, planReleases } from './plan-releases.ts'
import { walkBack } from './walk-back.ts'

/** Each commit with the numbers of its parents. */
const graphOf = (parents: readonly (readonly number[])[]): Graph => {
  const from = [0]
  for (const list of parents) from.push((from.at(-1) ?? 0) + list.length)
  return {
    ids: parents.map((_, n) => `c${String(n).padStart(4, '0')}`),
    from: Int32Array.from(from),
    parents: Int32Array.from(parents.flat()),
  }
}

const plain = ({ commit, basis, range }: Plan) => ({ commit, basis, range: [...range] })
const plansOf = (
  parents: readonly (readonly number[])[],
  releases: readonly number[],
  heads: readonly number[] = [],
) => planReleases(graphOf(parents), new Set(releases), new Set(heads)).map(plain)

describe('the plan of releases', () => {
  it('gives the first release all before it, and each later one what came since', () => {
    expect(plansOf([[], [0], [1], [2]], [1, 3])).toEqual([
      { commit: 1, basis: null, range: [0, 1] },
      { commit: 3, basis: 1, range: [2, 3] },
    ])
  })

  it('counts all that a merge brings, since a branch that lived long is in the release that merged it', () => {
    // 0-1(tag)-2-5(tag), and 3-4 from 0 merged in 5
    expect(plansOf([[], [0], [1], [0], [3], [2, 4]], [1, 5])).toEqual([
      { commit: 1, basis: null, range: [0, 1] },
      { commit: 5, basis: 1, range: [2, 3, 4, 5] },
    ])
  })

  it('sets a back-port beside its own line, so that it is not told against what main got meanwhile', () => {
    // 4.0 is 1; main goes 2, 3 (5.0); the line of 4.0 goes 4 (4.1), 5 (4.2)
    expect(plansOf([[], [0], [1], [2], [1], [4]], [1, 3, 4, 5])).toEqual([
      { commit: 1, basis: null, range: [0, 1] },
      { commit: 3, basis: 1, range: [2, 3] },
      { commit: 4, basis: 1, range: [4] },
      { commit: 5, basis: 4, range: [5] },
    ])
  })

  it('chooses among several releases before one the one that leaves the fewest commits', () => {
    // 3 is on top of three commits, 4 of one; 5 merges both, with 4 first
    expect(plansOf([[], [0], [1], [2], [0], [4, 3]], [3, 4])).toHaveLength(2)
    expect(plansOf([[], [0], [1], [2], [0], [4, 3]], [3, 4, 5]).at(-1)).toEqual({
      commit: 5,
      basis: 3,
      range: [4, 5],
    })
  })

  it('reads merges of many branches and branches that merged each other', () => {
    const octopus = [[], [0], [0], [0], [1, 2, 3]]
    expect(plansOf(octopus, [2, 4]).at(-1)).toEqual({ commit: 4, basis: 2, range: [1, 3, 4] })
    // 1 and 2 from 0; 3 merges 2 into 1, 4 merges 1 into 2
    const crossed = [[], [0], [0], [1, 2], [2, 1], [3, 4]]
    expect(plansOf(crossed, [3, 4, 5])).toEqual([
      { commit: 3, basis: null, range: [0, 1, 2, 3] },
      { commit: 4, basis: null, range: [0, 1, 2, 4] },
      { commit: 5, basis: 3, range: [4, 5] },
    ])
  })

  it('builds nothing on the head of a branch, because what is planned there may still change', () => {
    expect(plansOf([[], [0], [1], [2]], [0, 3], [2])).toEqual([
      { commit: 0, basis: null, range: [0] },
      { commit: 2, basis: 0, range: [1, 2] },
      { commit: 3, basis: 0, range: [1, 2, 3] },
    ])
  })

  it('begins anew where two histories have nothing in common', () => {
    expect(plansOf([[], [], [0], [1]], [2, 3])).toEqual([
      { commit: 2, basis: null, range: [0, 2] },
      { commit: 3, basis: null, range: [1, 3] },
    ])
  })
})

const someHistory = (seed: number) => {
  const pick = chance(seed)
  const parents: number[][] = []
  for (let n = 0; n < 12 + pick(60); n++) {
    const near = () => Math.max(0, n - 1 - pick(pick(4) === 0 ? n : 6))
    const count = n === 0 || pick(25) === 0 ? 0 : pick(4) === 0 ? 2 + pick(2) : 1
    parents.push([...new Set(Array.from({ length: count }, near))])
  }
  const releases = parents.flatMap((_, n) => (pick(5) === 0 ? [n] : []))
  return { parents, releases, order: parents.map((_, n) => n).sort(() => pick(3) - 1) }
}

/** The same said with sets, slowly: what it reaches, and of the releases in it those that no other one reaches. */
const naive = (parents: readonly (readonly number[])[], releases: readonly number[]) => {
  const reach: Set<number>[] = []
  for (const [n, list] of parents.entries())
    reach.push(new Set([n, ...list.flatMap((parent) => [...(reach[parent] ?? [])])]))
  return releases.map((commit) => {
    const own = reach[commit] ?? new Set()
    const [basis = null] = releases
      .filter((n) => n !== commit && own.has(n))
      .sort((a, b) => (reach[b]?.size ?? 0) - (reach[a]?.size ?? 0) || a - b)
    const below = basis === null ? new Set<number>() : reach[basis]
    return { commit, basis, range: [...own].filter((n) => !below?.has(n)).sort((a, b) => a - b) }
  })
}

describe('on 400 histories made by chance', () => {
  const histories = Array.from({ length: 400 }, (_, seed) => someHistory(seed))

  it('the plan is what sets say', () => {
    for (const { parents, releases } of histories)
      expect(plansOf(parents, releases)).toEqual(naive(parents, releases))
  })

  it('the walk back finds the same basis whatever order the commits come in, since clocks are wrong', () => {
    const seen = { stoppedEarly: 0 }
    for (const { parents, releases, order } of histories)
      for (const { commit, basis } of naive(parents, releases)) {
        const walk = walkBack(String(commit), (id) => releases.includes(Number(id)))
        const read = order.findIndex((n) => walk.add(String(n), (parents[n] ?? []).map(String)))
        if (read < order.length - 1) seen.stoppedEarly++
        expect(walk.found.includes(String(basis))).toBe(basis !== null)
      }
    expect(seen.stoppedEarly).toBeGreaterThan(100)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { chance } from '../../test/support/chance.ts'
import { type Checkout, makeCheckout } from '../../test/support/git-checkout.ts'
import { type Mark, readTags } from './read-checkout.ts'
import { readRanges } from './read-ranges.ts'
import { type Git, gitIn } from './run-git.ts'

const open: Checkout[] = []
afterEach(() => {
  for (const checkout of open.splice(0)) checkout.remove()
})

/** Merges of every kind, several beginnings, clocks that go wrong, tags anywhere. */
const streamOf = (seed: number): string => {
  const pick = chance(seed)
  const commit = (n: number): string => {
    const near = () => Math.max(0, n - 1 - pick(6))
    const count = n === 0 || pick(30) === 0 ? 0 : pick(4) === 0 ? 2 + pick(2) : 1
    const parents = [...new Set(Array.from({ length: count }, near))]
    const time = 1_700_000_000 + (pick(5) === 0 ? pick(5_000) : n * 100)
    return [
      `commit refs/heads/b${n}\nmark :${n + 1}\ncommitter Dora <dora@eng.example> ${time} +0000\ndata 2\nx\n`,
      ...parents.map((parent, at) => `${at === 0 ? 'from' : 'merge'} :${parent + 1}\n`),
      pick(3) === 0
        ? `M 100644 inline ${pick(2) === 0 ? 'web' : 'api'}/x\ndata ${String(n).length}\n${n}\n`
        : '',
      pick(4) === 0 ? `\nreset refs/tags/t${String(n).padStart(3, '0')}\nfrom :${n + 1}\n` : '',
    ].join('')
  }
  return Array.from({ length: 20 + pick(30) }, (_, n) => commit(n)).join('\n')
}

const read = async (git: Git, fresh: readonly Mark[], known: readonly Mark[], path: string | null) =>
  (await readRanges(git, { fresh, known, heads: [], path }, () => undefined)).releases.map((range) => ({
    ...range,
    commits: [...range.commits].sort(),
  }))

describe('on histories made by chance', () => {
  it.each([1, 2, 3, 4, 5])('%s, releases have the same however many were told before', async (seed) => {
    const checkout = makeCheckout()
    open.push(checkout)
    checkout.import(streamOf(seed))
    const git = gitIn(checkout.folder, checkout.env)
    const tags = await readTags(git, { glob: '*', except: null, prefix: null })
    expect(tags.length).toBeGreaterThan(3)
    for (const path of [null, 'api']) {
      const all = await read(git, tags, [], path)
      const order = all.map(({ mark }) => mark)
      for (const known of [1, order.length >> 1, order.length - 1])
        expect(await read(git, order.slice(known), order.slice(0, known), path)).toEqual(all.slice(known))
    }
  })
})

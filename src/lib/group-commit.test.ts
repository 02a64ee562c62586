import { expect, it } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** Commits that end when the test says so. */
const heldCommits = () => {
  const groups: { readonly given: readonly string[]; end(failure?: Error): void }[] = []
  const commit = (given: readonly string[]): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      groups.push({
        given,
        end: (failure) => (failure ? reject(failure) : resolve(given.map((one) => one.toUpperCase()))),
      })
    })
  return { groups, commit }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('shares one commit among what came in the same turn, and gives each its own result', async () => {
  const { groups, commit } = heldCommits()
  const record = groupCommit(commit, { flights: 1, maxGroup: 10 })
  const results = Promise.all([record('a'), record('b')])
  await turn()
  expect(groups.map((group) => group.given)).toEqual([['a', 'b']])
  groups[0]?.end()
  expect(await results).toEqual(['A', 'B'])
})

it('lets what comes during a commit wait together for the next, so that a flood costs few', async () => {
  const { groups, commit } = heldCommits()
  const record = groupCommit(commit, { flights: 1, maxGroup: 2 })
  const first = record('a')
  await turn()
  const rest = Promise.all([record('b'), record('c'), record('d')])
  await turn()
  expect(groups).toHaveLength(1)
  groups[0]?.end()
  await first
  await turn()
  expect(groups[1]?.given).toEqual(['b', 'c'])
  groups[1]?.end()
  await turn()
  groups[2]?.end()
  expect(await rest).toEqual(['B', 'C', 'D'])
})

it('fails all that shared a commit that failed, and none of the next', async () => {
  const { groups, commit } = heldCommits()
  const record = groupCommit(commit, { flights: 1, maxGroup: 10 })
  const failed = Promise.allSettled([record('a'), record('b')])
  await turn()
  const next = record('c')
  groups[0]?.end(new Error('the database is away'))
  expect((await failed).map((one) => one.status)).toEqual(['rejected', 'rejected'])
  await turn()
  groups[1]?.end()
  expect(await next).toBe('C')
})

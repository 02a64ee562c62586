import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keysInEffect, type ReachedCommit } from './keys-in-effect.ts'

const commit = (id: string, keys: readonly string[], ...undoes: readonly string[]): ReachedCommit => ({
  ...{ id, keys, undoes },
})
const inEffect = (...commits: readonly ReachedCommit[]) => [...keysInEffect(commits)].sort()

describe('the fixes in a release', () => {
  it('are those of its commits', () => {
    expect(inEffect(commit('a', ['S-1']), commit('b', ['S-2', 'S-3']))).toEqual(['S-1', 'S-2', 'S-3'])
  })
  it('are not those that were taken back', () => {
    expect(inEffect(commit('a', ['S-1']), commit('b', [], 'a'))).toEqual([])
  })
  it('are again those whose revert was reverted', () => {
    expect(inEffect(commit('a', ['S-1']), commit('b', [], 'a'), commit('c', [], 'b'))).toEqual(['S-1'])
  })
  it('stay while another commit for the same key stays', () => {
    expect(inEffect(commit('a', ['S-1']), commit('b', ['S-1']), commit('c', [], 'a'))).toEqual(['S-1'])
    expect(inEffect(commit('a', ['S-1']), commit('b', [], 'a'), commit('c', ['S-1']))).toEqual(['S-1'])
  })
  it('do not care for a revert of what is not there, of itself, or of what comes after it', () => {
    expect(inEffect(commit('a', ['S-1'], 'a', 'x', 'b'), commit('b', ['S-2']))).toEqual(['S-1', 'S-2'])
  })

  it('are what a reader following each revert by hand finds, for any history', () => {
    const history = fc
      .array(fc.tuple(fc.nat(3), fc.option(fc.nat(30), { nil: null })), { maxLength: 30 })
      .map((rows) =>
        rows.map(([key, target], at): ReachedCommit => {
          const undoes = target === null ? [] : [`c${target % (at + 1)}`]
          return commit(`c${at}`, undoes.length === 0 ? [`S-${key}`] : [], ...undoes)
        }),
      )
    const byHand = (commits: readonly ReachedCommit[]): readonly string[] => {
      const counts = (at: number): boolean =>
        !commits.some(
          (later, place) => place > at && later.undoes.includes(commits[at]?.id ?? '') && counts(place),
        )
      return [...new Set(commits.flatMap(({ keys }, at) => (counts(at) ? keys : [])))].sort()
    }
    fc.assert(
      fc.property(history, (commits) => {
        expect(inEffect(...commits)).toEqual(byHand(commits))
      }),
    )
  })
})

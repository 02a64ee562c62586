import { expect, it } from 'vitest'
import { runMany } from './run-many.ts'

it('does each once, a few at a time, and goes on when one is refused', async () => {
  const keys = Array.from({ length: 20 }, (_, at) => `T-${at}`)
  const seen: string[] = []
  const progress: number[] = []
  let running = 0
  let most = 0
  const outcomes = await runMany(
    keys,
    async (key) => {
      running += 1
      most = Math.max(most, running)
      seen.push(key)
      await Promise.resolve()
      running -= 1
      if (key === 'T-3') throw new Error('not while it is merged')
      return key
    },
    (done) => progress.push(done),
  )
  expect(seen.toSorted()).toEqual(keys.toSorted())
  expect(most).toBe(4)
  expect(outcomes.map(({ key }) => key)).toEqual(keys)
  expect(outcomes.filter(({ error }) => error !== null).map(({ key }) => key)).toEqual(['T-3'])
  expect(progress.at(-1)).toBe(20)
})

import { expect, it } from 'vitest'
import { promiseOf } from './promise.ts'

const release = {
  name: '2.4',
  state: 'planned',
  from: '2026-03-01',
  to: '2026-03-20',
  releasedAt: null,
} as const

it('tells a release from the moment somebody accepted the work, because before that nobody promised anything', () => {
  expect(promiseOf('In triage', release)).toBeNull()
  expect(promiseOf('Declined', release)).toBeNull()
  expect(promiseOf('Accepted', release)).toEqual({
    release: '2.4',
    from: '2026-03-01',
    to: '2026-03-20',
    releasedAt: null,
  })
})

it('takes a promise back with the release, and says when it came out', () => {
  expect(promiseOf('In progress', { ...release, state: 'withdrawn' })).toBeNull()
  const out = { ...release, state: 'released', releasedAt: new Date('2026-03-18T00:00:00Z') } as const
  expect(promiseOf('Released', out)?.releasedAt).toEqual(out.releasedAt)
  expect(promiseOf('Accepted', null)).toBeNull()
})

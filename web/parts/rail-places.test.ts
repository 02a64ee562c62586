import { expect, it } from 'vitest'
import type { Self } from '../api/session.ts'
import { en } from '../texts/en.ts'
import { railGroups } from './rail-places.ts'

const SELF = { roles: ['owner'] } as unknown as Self

it('no two places have the same keys, since only one of them would be reached', () => {
  const keys = railGroups(SELF, en).flatMap(({ places }) => places.map((place) => place.keys))
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([])
  // a place of one's own, which stands in no rail
  expect(keys).not.toContain('g i')
})

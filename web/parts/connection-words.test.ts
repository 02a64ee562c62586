import { expect, it } from 'vitest'
import { en } from '../texts/en.ts'
import { lastContact, standingOf } from './connection-words.ts'

const CALM = {
  state: 'active',
  downSince: null,
  blockedUntil: null,
  conflicts: 0,
  holds: 0,
  unknownWrites: 0,
} as const
const NOW = Date.parse('2026-03-02T09:00:00Z')

it('says the worst of a connection first, since that is what somebody must look at', () => {
  expect(standingOf(CALM, NOW, en)).toEqual({ tone: 'good', word: 'Active' })
  expect(standingOf({ ...CALM, downSince: '2026-03-02T08:00:00Z' }, NOW, en).tone).toBe('bad')
  expect(standingOf({ ...CALM, state: 'paused', downSince: '2026-03-02T08:00:00Z' }, NOW, en).word).toBe(
    'Paused',
  )
})

it('forgets that a tool asked to wait once the time is over', () => {
  expect(standingOf({ ...CALM, blockedUntil: '2026-03-02T09:01:00Z' }, NOW, en).word).toBe('Asked to wait')
  expect(standingOf({ ...CALM, blockedUntil: '2026-03-02T08:59:00Z' }, NOW, en).word).toBe('Active')
})

it('takes the latest sign of life, whichever kind of question it answered', () => {
  expect(lastContact({ polledAt: '2026-03-02T08:00:00Z', sweptAt: '2026-03-02T08:30:00Z' })).toBe(
    '2026-03-02T08:30:00Z',
  )
  expect(lastContact({ polledAt: null, sweptAt: null })).toBeNull()
})

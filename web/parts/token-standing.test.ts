import { expect, it } from 'vitest'
import { tokenStanding } from './token-standing.ts'

const NOW = Date.parse('2030-01-02T00:00:00Z')

it.each([
  ['lasts until it is ended', null, null, 'good'],
  ['has time left', null, '2030-01-02T00:00:01Z', 'good'],
  ['is past its time', null, '2030-01-02T00:00:00Z', 'expired'],
  ['was ended, whatever time it had', '2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z', 'ended'],
] as const)('a token that %s', (_, revokedAt, expiresAt, standing) => {
  expect(tokenStanding({ revokedAt, expiresAt }, NOW)).toBe(standing)
})

import { expect, it } from 'vitest'
import { localMinute, nextQuarter } from './local-minute.ts'

it('reads back as the minute it was, whatever the zone of the device', () => {
  for (const moment of ['2026-03-29T00:59:00.000Z', '2026-10-25T12:30:00.000Z'])
    expect(new Date(localMinute(moment)).toISOString()).toBe(moment)
})

it('begins with the next quarter of an hour, since the one that runs is past in a minute', () => {
  const now = new Date('2026-03-02T09:46:10Z')
  expect(nextQuarter(now, 0)).toBe('2026-03-02T10:00:00.000Z')
  expect(nextQuarter(now, 2)).toBe('2026-03-02T12:00:00.000Z')
  expect(nextQuarter(new Date('2026-03-02T09:45:00Z'), 0)).toBe('2026-03-02T09:45:00.000Z')
})

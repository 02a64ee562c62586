import { describe, expect, it } from 'vitest'
import { localMinute, momentOf, nextQuarter } from './local-minute.ts'

describe('a field for a time', () => {
  it('has it in the zone that the reader chose, whatever zone the device is in', () => {
    expect(localMinute('2026-03-02T09:30:00.000Z', 'Asia/Kolkata')).toBe('2026-03-02T15:00')
    expect(momentOf('2026-03-02T15:00', 'Asia/Kolkata')).toBe('2026-03-02T09:30:00.000Z')
    expect(localMinute('2026-03-02T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-03-03T00:30')
  })

  it('means the same moment again, before and after the clocks change', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])
      for (let hour = 0; hour < 365 * 24; hour += 7) {
        const local = localMinute(new Date(Date.UTC(2026, 0, 1, hour, 5)).toISOString(), zone)
        expect(localMinute(momentOf(local, zone), zone)).toBe(local)
      }
  })

  it('takes the hour after one that is skipped, and the first of one that comes twice', () => {
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  })

  it('is read while a year is still being typed', () => {
    for (const year of ['0002', '0020', '0202']) {
      const at = momentOf(`${year}-03-02T10:00`, 'Europe/Berlin')
      expect(at.slice(0, 13)).toBe(`${year}-03-02T09`)
    }
  })

  it('is of the device where nobody chose a zone', () =>
    expect(momentOf('2026-03-02T10:00', null)).toBe(new Date('2026-03-02T10:00').toISOString()))
})

it('begins with the next quarter of an hour, since the one that runs is past in a minute', () => {
  const now = new Date('2026-03-02T09:46:10Z')
  expect(nextQuarter(now, 0)).toBe('2026-03-02T10:00:00.000Z')
  expect(nextQuarter(now, 2)).toBe('2026-03-02T12:00:00.000Z')
  expect(nextQuarter(new Date('2026-03-02T09:45:00Z'), 0)).toBe('2026-03-02T09:45:00.000Z')
})

import { describe, expect, it } from 'vitest'
import { instant, quoted, ticketsAfter, ticketsChanged, ticketsMarked } from './ticket-sql.ts'

describe('TicketSQL', () => {
  it('cannot be left by a quote or a backslash in a value', () => {
    expect(quoted("it's")).toBe("'it\\'s'")
    expect(quoted("\\' OR id > 0 OR Subject = '")).toBe("'\\\\\\' OR id > 0 OR Subject = \\''")
  })

  it('writes times with an offset, for without one RT takes its user’s zone and with Z it matches everything', () => {
    expect(instant(Date.UTC(2026, 10, 22, 9, 8, 7) / 1000)).toBe("'2026-11-22T09:08:07+00:00'")
  })

  it('asks for the rest of a second and everything after it', () => {
    expect(ticketsChanged(['A', "B's"], 60, 7)).toBe(
      "(Queue = 'A' OR Queue = 'B\\'s') AND (LastUpdated >= '1970-01-01T00:01:01+00:00' OR " +
        "(LastUpdated >= '1970-01-01T00:01:00+00:00' AND id > 7))",
    )
  })

  it('names no queue when all are meant', () => {
    expect(ticketsAfter([], 3)).toBe('id > 3')
    expect(ticketsMarked('CausewayKey', 'T-1', 0)).toBe(
      "CF.{CausewayKey} = 'T-1' AND Created >= '1970-01-01T00:00:00+00:00'",
    )
  })
})

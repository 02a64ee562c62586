import { describe, expect, it } from 'vitest'
import { ago, quoted, ticketsAfter, ticketsChanged, ticketsMarked } from './ticket-sql.ts'

describe('TicketSQL', () => {
  it('cannot be left by a quote or a backslash in a value', () => {
    expect(quoted("it's")).toBe("'it\\'s'")
    expect(quoted("\\' OR id > 0 OR Subject = '")).toBe("'\\\\\\' OR id > 0 OR Subject = \\''")
  })

  it('counts times back from now, because RT reads every absolute one in its user’s zone', () => {
    expect(ago(90.2)).toBe("'91 seconds ago'")
    expect(ago(-5)).toBe("'0 seconds ago'")
  })

  it('asks for changes in the order of numbers', () => {
    expect(ticketsChanged(['A', "B's"], 60, 7)).toBe(
      "(Queue = 'A' OR Queue = 'B\\'s') AND LastUpdated >= '60 seconds ago' AND id > 7",
    )
  })

  it('names no queue when all are meant', () => {
    expect(ticketsAfter([], 3)).toBe('id > 3')
    expect(ticketsMarked('CausewayKey', 'T-1')).toBe("CF.{CausewayKey} = 'T-1'")
  })
})

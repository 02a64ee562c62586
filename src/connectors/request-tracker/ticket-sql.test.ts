import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ago, quoted, ticketsAfter, ticketsChanged, ticketsMarked } from './ticket-sql.ts'

describe('TicketSQL', () => {
  it('cannot be left by a quote or a backslash in a value', () => {
    expect(quoted("it's")).toBe("'it\\'s'")
    expect(quoted("\\' OR id > 0 OR Subject = '")).toBe("'\\\\\\' OR id > 0 OR Subject = \\''")
  })

  /** A value as `RT::SQL::Parse` (RT 5.0.3) reads it: its pattern of a quoted text, and its unescaping, line by line. */
  const readByRt = (query: string): string | null => {
    const literal = /^CF\.\{K\} = ('(?:[^\\']*(?:\\[^\n][^\\']*)*)')$/.exec(query)?.[1]
    return literal === undefined ? null : literal.slice(1, -1).replace(/\\([^\n])/g, '$1')
  }

  it('is read back by RT as what was meant, with quotes and backslashes in any order', () => {
    // what perl's own run of RT::SQL::Parse made of these queries
    for (const [query, value] of [
      ["CF.{K} = 'it\\'s a \\\\ back'", "it's a \\ back"],
      ["CF.{K} = 'a\\\\\\'b'", "a\\'b"],
      ["CF.{K} = 'a\\\\'", 'a\\'],
      ["CF.{K} = 'a\"b\\'c'", 'a"b\'c'],
      ["CF.{K} = 'a\\' OR id > 0 OR Subject = \\'b'", "a' OR id > 0 OR Subject = 'b"],
    ] as const) {
      expect([ticketsMarked('K', value), readByRt(query)]).toEqual([query, value])
    }
    const hostile = fc.string({ unit: fc.constantFrom("'", '\\', '"', ' ', '\n', '(', 'a', 'é') })
    fc.assert(fc.property(hostile, (value) => readByRt(ticketsMarked('K', value)) === value))
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

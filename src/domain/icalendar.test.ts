import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CalendarEvent, escapeText, fold, writeCalendar } from './icalendar.ts'

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  ...{ uid: 'booking-1@causeway', summary: 'UAT', changedAt: new Date('2026-03-02T09:00:00.123Z') },
  time: { moments: { from: new Date('2026-03-03T10:00:00Z'), to: new Date('2026-03-03T12:00:00Z') } },
  ...more,
})
const linesOf = (text: string): readonly string[] => text.split('\r\n')
/** As a program reads it: pieces are put together again. */
const unfold = (text: string): readonly string[] => linesOf(text.replaceAll('\r\n ', ''))

describe('a calendar', () => {
  it('is written as programs read it', () =>
    expect(linesOf(writeCalendar('Causeway', [event({ location: 'UAT, Berlin' })]))).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Causeway//Calendar//EN', 'CALSCALE:GREGORIAN'],
      ...['X-WR-CALNAME:Causeway', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
      ...['BEGIN:VEVENT', 'UID:booking-1@causeway', 'DTSTAMP:20260302T090000Z'],
      ...['DTSTART:20260303T100000Z', 'DTEND:20260303T120000Z', 'SUMMARY:UAT', 'LOCATION:UAT\\, Berlin'],
      ...['STATUS:CONFIRMED', 'TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR', ''],
    ]))

  it('ends whole days with the first day that is not among them', () => {
    const lines = linesOf(
      writeCalendar('C', [event({ time: { days: { from: '2026-02-27', to: '2026-02-28' } } })]),
    )
    expect(lines).toContain('DTSTART;VALUE=DATE:20260227')
    expect(lines).toContain('DTEND;VALUE=DATE:20260301')
  })

  it('gives no end to what takes no time', () => {
    const at = new Date('2026-03-03T10:00:00Z')
    expect(writeCalendar('C', [event({ time: { moments: { from: at, to: at } } })])).not.toContain('DTEND')
  })

  it('writes an address as an address, and leaves out what is none', () => {
    expect(writeCalendar('C', [event({ url: 'https://a.example/x y\r\nBEGIN:VALARM' })])).toContain(
      'URL:https://a.example/x%20yBEGIN:VALARM\r\n',
    )
    expect(writeCalendar('C', [event({ url: 'nowhere' })])).not.toContain('URL')
  })
})

describe('a hostile text', () => {
  it.each([
    ['a,b;c\\d', 'a\\,b\\;c\\\\d'],
    ['one\r\nBEGIN:VALARM', 'one\\nBEGIN:VALARM'],
    ['one\rtwo\u2028three', 'one\\ntwo\\nthree'],
    ['bell\u0007 nul\u0000 tab\t', 'bell nul tab\t'],
    ['\\n', '\\\\n'],
  ])('is escaped: %j', (text, expected) => expect(escapeText(text)).toBe(expected))

  it('ends no line and begins none, whatever it is, and comes back as it was', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const written = writeCalendar('C', [event({ summary: `x${text}` })])
        const lines = unfold(written)
        expect(lines).toHaveLength(18)
        const summary = lines.find((line) => line.startsWith('SUMMARY:')) ?? ''
        const read = summary
          .slice('SUMMARY:'.length)
          .replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
        const meant = `x${text}`
          .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
          // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text may hold
          .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
        expect(read).toBe(meant)
        expect(written).not.toMatch(/[^\r]\n|\r[^\n]/)
      }),
    ))

  it('is folded at 75 octets, between characters', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const line = text.replaceAll(/[\r\n]/g, '')
        const folded = fold(line)
        for (const piece of folded.split('\r\n')) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75)
        expect(folded.replaceAll('\r\n ', '')).toBe(line)
      }),
    ))
})

it('without events holds a component all the same, as RFC 5545 has it', () => {
  const lines = linesOf(writeCalendar('C', []))
  expect(lines.filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
    ...['BEGIN:VCALENDAR', 'BEGIN:VTIMEZONE', 'BEGIN:STANDARD'],
    ...['END:STANDARD', 'END:VTIMEZONE', 'END:VCALENDAR'],
  ])
  expect(writeCalendar('C', [event({})])).not.toContain('VTIMEZONE')
})

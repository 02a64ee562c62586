/** Writes a calendar as programs subscribe to it (RFC 5545). Nothing in a text can end its line or begin another. */
export interface CalendarEvent {
  /** Lasting: by it a program knows the event again. */
  readonly uid: string
  readonly summary: string
  readonly description?: string
  readonly location?: string
  readonly url?: string
  /** When it was last changed. */
  readonly changedAt: Date
  /** Days are `YYYY-MM-DD`, both included. */
  readonly time:
    | { readonly days: { readonly from: string; readonly to: string } }
    | { readonly moments: { readonly from: Date; readonly to: Date } }
  readonly isTentative?: boolean
}

const MOST_OCTETS = 75
const DAY_MS = 86_400_000

/** As `TEXT` has it: what has a meaning there is escaped, what cannot be there is left out. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

/** A line in pieces of at most 75 octets; a character is never cut. */
export const fold = (line: string): string => {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece)
      // the blank that a piece begins with counts
      piece = ' '
      octets = 1
    }
    piece += character
    octets += size
  }
  return [...pieces, piece].join('\r\n')
}

const moment = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
const day = (text: string): string => text.replaceAll('-', '')
const dayAfter = (text: string): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

const timeLines = (time: CalendarEvent['time']): readonly string[] =>
  'days' in time
    ? [
        `DTSTART;VALUE=DATE:${day(time.days.from)}`,
        // the first day that it is over
        `DTEND;VALUE=DATE:${day(dayAfter(time.days.to))}`,
      ]
    : [
        `DTSTART:${moment(time.moments.from)}`,
        // without an end it takes no time
        ...(time.moments.to > time.moments.from ? [`DTEND:${moment(time.moments.to)}`] : []),
      ]

const textLine = (name: string, text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : [`${name}:${escapeText(text)}`]

/** An address is no `TEXT`: what cannot stand in one is written as it is in addresses. */
const addressLine = (address: string | undefined): readonly string[] => {
  const read = address === undefined ? null : URL.parse(address)
  return read === null ? [] : [`URL:${read.href}`]
}

const eventLines = (event: CalendarEvent): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escapeText(event.uid)}`,
  `DTSTAMP:${moment(event.changedAt)}`,
  ...timeLines(event.time),
  ...textLine('SUMMARY', event.summary),
  ...textLine('DESCRIPTION', event.description),
  ...textLine('LOCATION', event.location),
  ...addressLine(event.url),
  `STATUS:${event.isTentative === true ? 'TENTATIVE' : 'CONFIRMED'}`,
  // others' bookings and releases make nobody busy
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** A calendar holds one component at least (RFC 5545, 3.6): without events, one that nobody sees. */
const NOTHING_YET = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
]

export const writeCalendar = (name: string, events: readonly CalendarEvent[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Causeway//Calendar//EN',
    'CALSCALE:GREGORIAN',
    ...textLine('X-WR-CALNAME', name),
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(events.length === 0 ? NOTHING_YET : events.flatMap(eventLines)),
    'END:VCALENDAR',
  ]
    .map((line) => `${fold(line)}\r\n`)
    .join('')

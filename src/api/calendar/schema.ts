import { Type } from 'typebox'
import { RELEASE_STATES } from '../../domain/words.ts'
import { KeyedName, Named } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf } from '../shapes.ts'

export const CalendarQuery = closed({
  from: Instant,
  to: Type.String({ format: 'date-time', description: 'At most 100 days later.' }),
})

const Entry = Type.Object({
  kind: oneOf(['planned', 'released', 'booking']),
  id: Type.String({ format: 'uuid', description: 'Of the release or the booking.' }),
  from: Type.String({ description: 'Of a planned release the first day (`YYYY-MM-DD`), else a moment.' }),
  to: Type.String({ description: 'Of a planned release the last day, itself included; else a moment.' }),
  product: KeyedName,
  release: nullable(
    Type.Object(
      { id: Id, name: Type.String(), state: nullable(oneOf(RELEASE_STATES)) },
      { description: 'Of a booking: what it is for.' },
    ),
  ),
  confidence: nullable(Type.Integer({ description: 'Of a planned release, in percent.' })),
  booking: nullable(
    Type.Object({
      environment: KeyedName,
      person: Named,
      purpose: Type.String(),
      isShareable: Type.Boolean(),
    }),
  ),
})

const Conflict = Type.Object({
  release: Named,
  product: KeyedName,
  booking: Type.Object({
    id: Id,
    environment: KeyedName,
    person: Named,
    purpose: Type.String(),
    from: Instant,
    to: Instant,
  }),
})

export const Calendar = Type.Object({
  conflicts: Type.Array(Conflict, {
    description:
      'A release is expected while the only environment of its product is booked for something else.',
  }),
  entries: Type.Array(Entry, { description: 'By their beginning.' }),
  isCut: Type.Boolean({ description: 'There is more: ask for a shorter time.' }),
})

/** A secret address; it is told when it is made, and never again. */
export const CalendarAddress = Type.Object({
  address: Type.String({ description: 'Whoever has it reads the calendar. Shown now and never again.' }),
})
export const OpenedCalendar = Type.Object({
  opened: nullable(Type.Object({ createdAt: Instant, lastUsedAt: nullable(Instant) })),
})

export const FeedQuery = closed({
  key: Type.String({ maxLength: 100, description: 'From POST /api/v1/calendar/address.' }),
})

import { Type } from 'typebox'
import { CHANGE_KINDS, CHANGE_STATES, RELEASE_STATES } from '../../domain/words.ts'
import { ChangeConflict } from '../changes/schema.ts'
import { KeyedName, Named } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf } from '../shapes.ts'

export const CalendarQuery = closed({
  from: Instant,
  to: Type.String({ format: 'date-time', description: 'At most 100 days later.' }),
})

const Entry = Type.Object({
  kind: oneOf(['planned', 'released', 'booking', 'change', 'freeze']),
  id: Type.String({ format: 'uuid', description: 'Of the release, booking, change or freeze.' }),
  from: Type.String({ description: 'Of a planned release the first day (`YYYY-MM-DD`), else a moment.' }),
  to: Type.String({ description: 'Of a planned release the last day, itself included; else a moment.' }),
  product: nullable(KeyedName),
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
  change: nullable(
    Type.Object({
      key: Type.String(),
      title: Type.String(),
      kind: oneOf(CHANGE_KINDS),
      state: oneOf(CHANGE_STATES),
      environments: Type.Array(KeyedName),
      owner: nullable(Named),
    }),
  ),
  freeze: nullable(
    Type.Object({
      reason: Type.String(),
      products: Type.Array(KeyedName, { description: 'None: all products.' }),
      revision: Type.Integer(),
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
      'A release is expected while no environment of its product is free: all are booked for something else.',
  }),
  changeConflicts: Type.Array(ChangeConflict, {
    description: 'Changes in the way of each other, of a booking or of a freeze.',
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

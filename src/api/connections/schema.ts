import { Type } from 'typebox'
import { closed, Id, Instant, line, nullable, oneOf, ToldHold } from '../shapes.ts'

export const ByKey = closed({ key: Type.String({ maxLength: 100 }) })

export const Fault = Type.Object({
  kind: Type.String(),
  detail: Type.String(),
  field: nullable(Type.String()),
  at: Type.String(),
})

export const Connection = Type.Object({
  id: Id,
  key: Type.String(),
  kind: Type.String({ description: 'Which connector.' }),
  party: oneOf(['desk', 'tracker']),
  title: Type.String(),
  state: oneOf(['active', 'paused', 'failing']),
  stateReason: nullable(Type.String()),
  mappingVersion: Type.Integer(),
  polledAt: nullable(Instant),
  sweptAt: nullable(Instant),
  sweepFound: Type.Integer({ description: 'Differences the last sweep found.' }),
  missedByWebhook: Type.Integer({ description: 'Changes a webhook should have told of and did not.' }),
  blockedUntil: nullable(Instant),
  downSince: nullable(Instant),
  fault: nullable(Fault),
  mirrors: Type.Integer(),
  waiting: Type.Integer({ description: 'Mirrors not yet looked at again.' }),
  waitingSince: nullable(Instant),
  holds: Type.Integer(),
  conflicts: Type.Integer(),
  unknownWrites: Type.Integer({ description: 'Writes whose answer was lost, not yet read back.' }),
  mostUrgentHold: nullable(
    Type.Object(
      { reason: Type.String(), told: ToldHold },
      { description: 'The reason most of its holds share.' },
    ),
  ),
  budget: nullable(
    Type.Object(
      { left: Type.Number(), perSecond: Type.Number(), waiting: Type.Integer() },
      { description: 'Calls left now; null: its worker is another process.' },
    ),
  ),
  webhookUrl: nullable(Type.String({ description: 'Where the tool rings.' })),
  hook: nullable(
    Type.Object(
      {
        at: Instant,
        until: nullable(Instant),
        problem: nullable(Type.String({ description: 'Why the tool does not ring here, for a person.' })),
      },
      {
        description:
          'The webhook that Causeway keeps there itself, as last looked at; null: a person sets it up.',
      },
    ),
  ),
  lastRejectedDelivery: nullable(Type.Object({ at: Instant, reason: Type.String() })),
})

export const Pause = closed({
  reason: Type.Optional(line(500, 'Shown to whoever wonders why nothing moves.')),
})

export const Check = Type.Object({
  ok: Type.Boolean(),
  tool: nullable(Type.String({ description: 'What answered, with its version.' })),
  account: nullable(Type.Object({ name: Type.String() }, { description: 'As whom we are known there.' })),
  problems: Type.Array(Type.String(), { description: 'Sentences for a person.' }),
})

const JoinItem = Type.Object({ key: Type.String(), title: Type.String(), url: Type.String() })

export const Match = closed({
  by: oneOf(
    ['key', 'link', 'title', 'text', 'list'],
    'By a field that names the other item, by an address of the other item in links or text, by the same title or much the same words at about the same time, or by a list of keys.',
  ),
  field: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'With `key`: the field of this connection, e.g. `cf:TicketKey`.',
    }),
  ),
  withinHours: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 9999,
      description: 'With `title` and `text`: hours apart at most. Default 24, and 336 for `text`.',
    }),
  ),
  least: Type.Optional(
    Type.Number({
      minimum: 0.3,
      maximum: 1,
      description: 'With `text`: pairs of less confidence are unclear. Default 0.6.',
    }),
  ),
  pairs: Type.Optional(
    Type.Array(
      closed({
        desk: Type.String({ minLength: 1, maxLength: 200 }),
        tracker: Type.String({ minLength: 1, maxLength: 200 }),
      }),
      { maxItems: 20_000, description: 'With `list`: keys, ids or addresses of both sides.' },
    ),
  ),
  with: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'The connection of the other side, where there are several.',
    }),
  ),
  apply: Type.Boolean({ description: 'False: shows what would be joined.' }),
  write: Type.Optional(
    Type.Boolean({
      description:
        'True: what crosses is written to both tools at once. Default false: both stay as they are until something changes.',
    }),
  ),
})

export const Matched = Type.Object({
  read: Type.Object({ desk: Type.Integer(), tracker: Type.Integer() }),
  pairs: Type.Array(
    Type.Object({
      desk: JoinItem,
      tracker: JoinItem,
      because: Type.String(),
      confidence: Type.Number({ description: '0 … 1.' }),
    }),
  ),
  unclear: Type.Array(Type.Object({ desk: JoinItem, reason: Type.String() })),
  joined: nullable(
    Type.Object({
      new: Type.Integer(),
      already: Type.Integer(),
      failed: Type.Array(Type.Object({ pair: Type.String(), reason: Type.String() })),
    }),
  ),
})

/** A line of progress while pairs are looked for or joined. */
export const MatchProgress = Type.Object({
  step: oneOf(['reading the desk', 'reading the tracker', 'joining']),
  done: Type.Integer(),
  total: nullable(Type.Integer()),
})

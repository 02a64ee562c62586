import { Type } from 'typebox'
import { AUDIT_GROUP_NAMES } from '../../domain/audit.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

export const AuditQuery = closed({
  ...PageQuery.properties,
  actor: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: '^([0-9a-f-]{36}|system)$',
      description: 'Id of who did it; `system`: Causeway itself.',
    }),
  ),
  group: Type.Optional(oneOf(AUDIT_GROUP_NAMES, 'What it is about.')),
  record: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 320,
      description: 'Id, key, or e-mail address of what it happened to.',
    }),
  ),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
})

export const AuditEntry = Type.Object({
  id: Id,
  at: Instant,
  kind: Type.String({ description: 'What happened: `ticket.created`.' }),
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  record: nullable(
    Type.Object({
      kind: Type.String(),
      id: Id,
      key: nullable(Type.String({ description: 'As it is called now.' })),
      name: nullable(Type.String({ description: 'Null also for who may not read it.' })),
    }),
  ),
  connection: nullable(Type.Object({ key: Type.String(), name: Type.String() })),
  address: nullable(Type.String({ description: 'From where it was asked for; null: from inside.' })),
  data: Type.Record(Type.String(), Type.Unknown(), {
    description: 'What belongs to it; words of tickets only for who may read those.',
  }),
})

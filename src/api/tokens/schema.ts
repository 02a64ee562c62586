import { Type } from 'typebox'
import { closed, Id, Instant, line, nullable, Roles } from '../shapes.ts'

export const NewToken = closed({
  name: line(100, 'What it is for.'),
  roles: Roles,
  personId: Type.Optional(Id),
  contactId: Type.Optional(Id),
  oneTime: Type.Optional(
    Type.Boolean({ description: 'To hand to somebody: it can only be exchanged at sign-in, once.' }),
  ),
  validForDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3650, description: 'Default 365; 1 for a one-time token.' }),
  ),
})

export const CreatedToken = Type.Object({
  id: Id,
  token: Type.String({ description: 'Shown now and never again.' }),
  expiresAt: nullable(Instant),
})

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  roles: Roles,
  personId: nullable(Id),
  contactId: nullable(Id),
  holder: nullable(Type.String({ description: 'The name of the person or contact it stands for.' })),
  madeBy: nullable(
    Type.String({ description: 'Who made it: it may never do more than they may at the moment.' }),
  ),
  oneTime: Type.Boolean(),
  createdAt: Instant,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
  revokedAt: nullable(Instant),
})

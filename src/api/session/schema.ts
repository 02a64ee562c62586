import { Type } from 'typebox'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import { PASSWORD_MAX } from '../../lib/password.ts'
import { closed, Id, Instant, line, nullable, oneOf, Roles } from '../shapes.ts'

const Password = Type.String({ minLength: 1, maxLength: PASSWORD_MAX * 4 })
const Email = line(320)

export const SetupNeeded = Type.Object({
  needed: Type.Boolean({ description: 'Nobody can sign in with a password yet.' }),
  mail: Type.Boolean({ description: 'Mails can be sent: who forgot their password can have one.' }),
  provider: nullable(
    Type.String({
      description: 'The name of the single sign-on; its way begins at /api/v1/sign-in/provider.',
    }),
  ),
})
export const SetUp = closed({
  oneTimeToken: line(200, 'As printed at the first start, or made by an admin for somebody.'),
  password: Password,
  code: Type.Optional(line(40, 'Of the second factor, if the account has one.')),
  name: Type.Optional(line(200, 'Of whoever sets the product up.')),
  email: Type.Optional(Email),
})
export const SignInByPassword = closed({
  email: Email,
  password: Password,
  code: Type.Optional(line(40, 'Of the second factor, once the answer was `second-factor-needed`.')),
})
export const Forgotten = closed({ email: Email })
export const NewPassword = closed({ current: Password, password: Password })

export const Self = Type.Object({
  roles: Roles,
  name: Type.String(),
  email: nullable(Type.String()),
  personId: nullable(Id),
  contactId: nullable(Id),
  customerId: nullable(Id),
  timeZone: nullable(
    Type.String({ description: 'As they chose it; null: `defaults`, or as the device has it.' }),
  ),
  language: nullable(Type.String()),
  takesNotices: nullable(
    Type.Boolean({ description: 'Of a customer’s contact: is told of releases with what they asked for.' }),
  ),
  defaults: Type.Object({
    organisation: nullable(Type.String()),
    timeZone: nullable(Type.String()),
    language: nullable(Type.String()),
  }),
  mustAddFactor: Type.Boolean({
    description: 'Nothing else is open before they set a second factor up.',
  }),
  uploadMaxBytes: Type.Optional(Type.Integer({ description: 'The largest file that is taken.' })),
  may: Type.Array(Type.String(), { description: 'The rules (src/api/access.ts) that this caller passes.' }),
})

export const SelfChange = closed({
  timeZone: Type.Optional(nullable(line(64, 'As Europe/Berlin; null: as the organisation has it.'))),
  language: Type.Optional(nullable(oneOf(SETTING_LANGUAGES))),
  takesNotices: Type.Optional(Type.Boolean({ description: 'For contacts of customers.' })),
})

export const Session = Type.Object({
  id: Id,
  current: Type.Boolean({ description: 'This is the session that asks.' }),
  agent: nullable(Type.String()),
  address: nullable(Type.String()),
  createdAt: Instant,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
})
export const Sessions = Type.Object({ items: Type.Array(Session) })

import { Type } from 'typebox'
import { FACTOR_ROLES, IDLE_DAYS, SESSION_DAYS, SETTING_LANGUAGES } from '../../domain/settings.ts'
import { closed, Instant, line, nullable, oneOf } from '../shapes.ts'

const decided = {
  name: nullable(line(200, 'The organisation, as screens and mails name it.')),
  language: nullable(oneOf(SETTING_LANGUAGES, 'Of whoever chose none; null: as the browser has it.')),
  timeZone: nullable(line(64, 'Of whoever chose none, as Europe/Berlin; null: as the device has it.')),
  secondFactorFor: Type.Array(oneOf(FACTOR_ROLES), {
    maxItems: FACTOR_ROLES.length,
    uniqueItems: true,
    description: 'Who has one of these roles and signs in with a password needs a second factor.',
  }),
  sessionDays: Type.Integer({
    minimum: SESSION_DAYS.min,
    maximum: SESSION_DAYS.max,
    description: 'A session ends after so many days.',
  }),
  idleDays: Type.Integer({
    minimum: IDLE_DAYS.min,
    maximum: IDLE_DAYS.max,
    description: 'And earlier when nobody used it for so many.',
  }),
  namesForCustomers: Type.Boolean({
    description: 'Customers read the names of who works here, where words of ours name them.',
  }),
} as const

export const Settings = Type.Object({
  ...decided,
  environment: Type.Object(
    {
      publicUrl: nullable(Type.String()),
      mail: nullable(Type.Object({ server: Type.String(), from: Type.String() })),
      provider: nullable(Type.String({ description: 'The name of the single sign-on.' })),
      database: Type.String({ enum: ['embedded', 'postgres'] }),
      uploadMaxBytes: Type.Integer(),
      version: Type.String(),
    },
    { description: 'Set where Causeway is started, and changed there.' },
  ),
})

export const SettingsChange = closed(
  Object.fromEntries(
    Object.entries(decided).map(([name, schema]) => [name, Type.Optional(schema)]),
  ) as unknown as { [K in keyof typeof decided]: ReturnType<typeof Type.Optional<(typeof decided)[K]>> },
)

export const TestMail = Type.Object({
  to: nullable(Type.String({ description: 'Where a test mail goes; null: who asks has no address.' })),
  last: nullable(
    Type.Object({
      askedAt: Instant,
      endedAt: nullable(Instant),
      fault: nullable(Type.String({ description: 'What the mail server said against it.' })),
    }),
  ),
})

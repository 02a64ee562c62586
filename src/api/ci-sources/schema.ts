import { Type } from 'typebox'
import { CI_KINDS } from '../../domain/ci/ci-kind.ts'
import { CI_MISSING } from '../../store/ci-tables.ts'
import { KeyedName, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf } from '../shapes.ts'

const NotTaken = nullable(Type.Object({ count: Type.Integer(), at: Instant, why: Type.String() }))

const Place = {
  environment: nullable(KeyedName),
  installation: nullable(Type.Object({ id: Id, customer: KeyedName, environment: Type.String() })),
}

export const CiSource = Type.Object({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  kind: oneOf(CI_KINDS),
  product: KeyedName,
  path: Type.String({ description: 'Where it rings, below the address of this server.' }),
  tagPrefix: nullable(Type.String()),
  rules: Type.Array(Type.Object({ pattern: Type.String(), ...Place })),
  heardAt: nullable(Instant),
  refused: NotTaken,
  ignored: NotTaken,
  waiting: Type.Integer({ description: 'Told, and not understood yet.' }),
  revision: Type.Integer(),
  pausedAt: nullable(Instant),
  archivedAt: nullable(Instant),
})

const Secret = Type.String({ description: 'Shown now and never again.' })
export const MadeCiSource = Type.Object({ source: CiSource, secret: Secret })

const Rule = closed({
  pattern: line(200, 'What the CI system calls the place; `*` stands for any text.'),
  environment: Type.Optional(Ref),
  installation: Type.Optional(line(320, 'Id, or customer/where. Neither of the two: of no interest.')),
})
const Rules = Type.Array(Rule, { maxItems: 200 })
const TagPrefix = nullable(Type.String({ maxLength: 100, description: 'Left off a tag’s name.' }))
const GivenSecret = Type.Optional(
  Type.String({ maxLength: 500, description: 'Where the tool makes it; absent: one is made here.' }),
)

export const NewCiSource = closed({
  key: line(100),
  name: line(200),
  kind: oneOf(CI_KINDS),
  product: Ref,
  tagPrefix: Type.Optional(TagPrefix),
  rules: Type.Optional(Rules),
  secret: GivenSecret,
})
export const CiSourceChange = closed({
  revision: Type.Optional(Revision),
  name: Type.Optional(line(200)),
  tagPrefix: Type.Optional(TagPrefix),
  paused: Type.Optional(Type.Boolean()),
  archived: Type.Optional(Type.Boolean()),
  rules: Type.Optional(Rules),
  rule: Type.Optional(Rule),
})
export const SecretRenewal = closed({ revision: Type.Optional(Revision), secret: GivenSecret })

export const WaitingReports = Type.Object({
  id: Id,
  source: KeyedName,
  product: KeyedName,
  environment: Type.String({ description: 'As they call it.' }),
  missing: oneOf(CI_MISSING),
  reason: Type.String(),
  count: Type.Integer(),
  lastAt: Instant,
})

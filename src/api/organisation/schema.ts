import { Type } from 'typebox'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import { FormOfProduct } from '../portal/schema.ts'
import { KeyedName, Line, Named, Ref } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery, Roles, StaffRoles } from '../shapes.ts'

const text = Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name or the key.' }))
const archived = Type.Optional(Type.Boolean({ description: 'Those that were archived instead.' }))
const Key = line(100, 'Short and lasting: what files and people call it.')
const email = Type.String({ maxLength: 320 })
const archive = Type.Optional(Type.Boolean())
const archivedAt = nullable(Instant)

export const OrganisationQuery = closed({ ...PageQuery.properties, text, archived })
export const ContactQuery = closed({ ...PageQuery.properties, text, archived, customer: Type.Optional(Id) })
export const InstallationQuery = closed({
  ...PageQuery.properties,
  customer: Type.Optional(Id),
  product: Type.Optional(Id),
})

/** What was made or changed. */
export const Known = Type.Object({ id: Id, key: Type.String() })

const takesNotices = Type.Boolean({ description: 'Is told of releases with what they reported.' })
const language = nullable(
  oneOf(SETTING_LANGUAGES, 'Of messages to them; null: a contact’s as their organisation’s, that as ours.'),
)
/** Whole money; nobody outside reads it. */
const Revenue = nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }))

export const Customer = Type.Object({
  ...KeyedName.properties,
  tier: nullable(Type.String()),
  revenue: nullable(Type.Number({ description: 'A year, in the money that the organisation counts in.' })),
  takesNotices,
  language,
  openTickets: Type.Integer(),
  archivedAt,
})
export const NewCustomer = closed({
  key: Key,
  name: line(200),
  tier: Type.Optional(nullable(Line)),
  revenue: Type.Optional(Revenue),
  language: Type.Optional(language),
})
export const CustomerChange = closed({
  name: Type.Optional(line(200)),
  tier: Type.Optional(nullable(Line)),
  revenue: Type.Optional(Revenue),
  takesNotices: Type.Optional(takesNotices),
  language: Type.Optional(language),
  archived: archive,
})

const isAdmin = Type.Boolean({ description: 'Sees the tickets of the whole organisation.' })
export const Contact = Type.Object({
  ...Named.properties,
  email: nullable(Type.String()),
  customer: nullable(KeyedName),
  isAdmin,
  takesNotices,
  language,
  archivedAt,
})
export const NewContact = closed({
  customer: nullable(Ref),
  name: line(200),
  email: nullable(email),
  isAdmin: Type.Optional(isAdmin),
  language: Type.Optional(language),
})
export const ContactChange = closed({
  name: Type.Optional(line(200)),
  email: Type.Optional(nullable(email)),
  customer: Type.Optional(nullable(Ref)),
  isAdmin: Type.Optional(isAdmin),
  takesNotices: Type.Optional(takesNotices),
  language: Type.Optional(language),
  archived: archive,
})

export const Person = Type.Object({
  ...Named.properties,
  email: Type.String(),
  roles: Roles,
  teams: Type.Array(KeyedName),
  archivedAt,
})
export const NewPerson = closed({ name: line(200), email, roles: StaffRoles })
export const PersonChange = closed({
  name: Type.Optional(line(200)),
  email: Type.Optional(email),
  roles: Type.Optional(StaffRoles),
  archived: archive,
})

const members = Type.Optional(Type.Array(Ref, { maxItems: 1_000, description: 'Ids or e-mails.' }))
export const Team = Type.Object({
  ...KeyedName.properties,
  members: Type.Array(Type.Object({ ...Named.properties, email: Type.String() })),
  archivedAt,
})
export const NewTeam = closed({ key: Key, name: line(200), members })
export const TeamChange = closed({ name: Type.Optional(line(200)), members, archived: archive })

export const Product = Type.Object({
  ...KeyedName.properties,
  team: nullable(KeyedName),
  components: Type.Array(Type.Object({ ...KeyedName.properties, team: KeyedName, archived: Type.Boolean() })),
  /** What customers are asked. */
  ...FormOfProduct.properties,
  archivedAt,
})
export const NewProduct = closed({ key: Key, name: line(200), team: Type.Optional(nullable(Ref)) })
export const ProductChange = closed({
  name: Type.Optional(line(200)),
  team: Type.Optional(nullable(Ref)),
  archived: archive,
})

export const NewComponent = closed({ product: Ref, key: Key, name: line(200), team: Ref })
export const ComponentChange = closed({
  name: Type.Optional(line(200)),
  team: Type.Optional(Ref),
  archived: archive,
})

export const Installation = Type.Object({
  ...Named.properties,
  customer: KeyedName,
  product: KeyedName,
  environment: Type.String(),
  release: nullable(Named),
  version: nullable(Type.String()),
})
export const NewInstallation = closed({
  customer: Ref,
  product: Ref,
  environment: line(100),
  release: Type.Optional(nullable(Ref)),
  version: Type.Optional(nullable(Line)),
})
export const InstallationChange = closed({
  release: Type.Optional(nullable(Ref)),
  version: Type.Optional(nullable(Line)),
})

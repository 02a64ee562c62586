import { Type } from 'typebox'
import { EVERY_MINUTES } from '../../domain/trace/followed-repository.ts'
import { KeyedName, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, PageQuery } from '../shapes.ts'

const Head = closed({
  ref: line(200, 'A branch.'),
  release: line(200, 'The release that is planned there.'),
})
const choice = {
  tags: nullable(
    Type.String({ maxLength: 200, description: 'Tags that are releases, as a glob; null: all.' }),
  ),
  except: nullable(Type.String({ maxLength: 200, description: 'Tags that are none.' })),
  prefix: nullable(
    Type.String({ maxLength: 100, description: "Left off a tag's name; null: a v before a digit." }),
  ),
  path: nullable(
    Type.String({ maxLength: 500, description: 'Only commits that touch this folder or file.' }),
  ),
  heads: Type.Array(Head, { maxItems: 20 }),
  everyMinutes: Type.Integer({ minimum: EVERY_MINUTES.min, maximum: EVERY_MINUTES.max }),
}
const secret = {
  account: nullable(
    Type.String({ maxLength: 200, description: 'Who signs in; null: what forges take beside a token.' }),
  ),
  token: nullable(
    Type.String({
      maxLength: 4_000,
      writeOnly: true,
      description: 'May read the repository. Sealed, and never shown again.',
    }),
  ),
}
const Address = line(500, 'As `git clone` takes it: https, without credentials.')

export const FollowedRepository = Type.Object({
  id: Id,
  product: KeyedName,
  address: Type.String(),
  account: nullable(Type.String()),
  hasToken: Type.Boolean(),
  ...choice,
  isReading: Type.Boolean(),
  readAt: nullable(Instant),
  nextReadAt: Instant,
  told: nullable(
    Type.Object(
      { releases: Type.Integer(), commits: Type.Integer(), at: Instant },
      { description: 'What the last reading that found something new told of.' },
    ),
  ),
  problem: nullable(
    Type.Object(
      { what: Type.String(), todo: Type.String(), detail: Type.Optional(Type.String()), since: Instant },
      { description: 'Why it cannot be read.' },
    ),
  ),
  releases: Type.Integer({ description: 'That are known by its history.' }),
  pausedAt: nullable(Instant),
  archivedAt: nullable(Instant),
  revision: Type.Integer(),
})

export const RepositoryQuery = closed({
  ...PageQuery.properties,
  archived: Type.Optional(Type.Boolean({ description: 'Those that are followed no more instead.' })),
})

const changing = Type.Partial(Type.Object({ ...choice, ...secret })).properties
export const NewFollowedRepository = closed({ product: Ref, address: Address, ...changing })
export const FollowedRepositoryChange = closed({
  ...changing,
  revision: Type.Optional(Revision),
  address: Type.Optional(Address),
  paused: Type.Optional(Type.Boolean()),
  archived: Type.Optional(Type.Boolean()),
})

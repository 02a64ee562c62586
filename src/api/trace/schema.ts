import { Type } from 'typebox'
import {
  RELEASE_STANDINGS,
  RELEASE_STATES,
  TICKET_STATES,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../../domain/words.ts'
import { KeyedName, Ref } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const MAX_COMMITS = 500
const MAX_KEPT = 20_000
const MAX_UNDONE = 1_000

const Sha = Type.String({
  pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$',
  description: 'Of a commit: lower-case hexadecimal.',
})
const Repository = line(500, 'How it is called: a path or an address, without credentials.')
const Named = Type.Object({ id: Id, name: Type.String() })

export const TracedQuery = closed({ ...PageQuery.properties, product: Ref, repository: Repository })
export const KnownRelease = Type.Object({
  releaseId: Id,
  name: Type.String(),
  state: oneOf(RELEASE_STATES),
  commit: Type.String(),
  at: Instant,
  isBuiltOn: Type.Boolean({ description: 'Others are built on it: it stays the commit that it is.' }),
})

export const CommitsInput = closed({
  product: Ref,
  repository: Repository,
  commits: Type.Array(
    closed({
      id: Sha,
      at: Type.String({ format: 'date-time', description: 'When it was authored.' }),
      author: Type.String({ maxLength: 200 }),
      message: Type.String({ maxLength: 16_000 }),
      undoes: Type.Optional(
        Type.Array(Sha, {
          maxItems: MAX_UNDONE,
          description: 'Of a revert of a merge: the commits that the merge brought.',
        }),
      ),
    }),
    { maxItems: MAX_COMMITS },
  ),
})
export const KeptCommits = Type.Object({
  kept: Type.Array(Type.String(), {
    description: 'Those that can bring a fix or take one back; the others need not be told of again.',
  }),
})

export const TraceInput = closed({
  product: Ref,
  repository: Repository,
  name: line(200),
  commit: Sha,
  basis: nullable(Sha),
  at: Type.String({ format: 'date-time', description: 'Of the tag or commit.' }),
  counted: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  commits: Type.Array(Sha, {
    maxItems: MAX_KEPT,
    description: 'Kept ones between the basis and the commit, parents before children.',
  }),
})

const TracedWork = Type.Object({ id: Id, key: Type.String(), title: Type.String() })
const TracedKeys = Type.Object({
  total: Type.Integer(),
  items: Type.Array(Type.Object({ key: Type.String(), workItem: nullable(TracedWork) })),
})
export const TracedContents = Type.Object({
  release: Named,
  isNew: Type.Boolean({ description: 'The release was made by this.' }),
  enters: TracedKeys,
  leaves: TracedKeys,
})

const CHANGES = ['enters', 'leaves', 'stays'] as const
export const ContentQuery = closed({ ...PageQuery.properties, change: Type.Optional(oneOf(CHANGES)) })
const Commit = Type.Object({ id: Type.String(), subject: Type.String(), author: Type.String(), at: Instant })
export const Content = Type.Object({
  key: Type.String(),
  change: oneOf(CHANGES, 'Against the release before it on its line.'),
  workItem: nullable(
    Type.Object({
      ...TracedWork.properties,
      kind: oneOf(WORK_ITEM_KINDS),
      state: oneOf(WORK_ITEM_STATES),
    }),
  ),
  commits: Type.Array(Commit),
})
export const ReleaseTrace = Type.Object({
  isTraced: Type.Boolean(),
  repositories: Type.Array(
    Type.Object({
      repository: Type.String(),
      commit: Type.String(),
      at: Instant,
      counted: Type.Integer(),
      basis: nullable(Named),
    }),
  ),
  enters: Type.Integer(),
  leaves: Type.Integer(),
  stays: Type.Integer(),
})

const ReleaseOfFix = Type.Object({ ...Named.properties, state: oneOf(RELEASE_STATES), at: Instant })
export const WorkTrace = Type.Object({
  key: Type.String(),
  commits: Type.Array(Type.Object({ ...Commit.properties, repository: Type.String() })),
  firstIn: Type.Array(ReleaseOfFix),
  leftIn: Type.Array(ReleaseOfFix),
  installations: Type.Object({ have: Type.Integer(), lack: Type.Integer(), unknown: Type.Integer() }),
})

const HAS = ['yes', 'no', 'unknown'] as const
export const StandingQuery = closed({ ...PageQuery.properties, has: Type.Optional(oneOf(HAS)) })
export const Standing = Type.Object({
  id: Id,
  customer: Named,
  environment: Type.String(),
  version: nullable(Type.String()),
  release: nullable(Named),
  has: oneOf(HAS),
})

export const WaitingQuery = closed({
  ...PageQuery.properties,
  standing: Type.Optional(oneOf(RELEASE_STANDINGS)),
})
const TracedWorkItem = Type.Object({ ...TracedWork.properties, state: oneOf(WORK_ITEM_STATES) })
export const WaitingTicket = Type.Object({
  id: Id,
  key: Type.String(),
  title: Type.String(),
  state: oneOf(TICKET_STATES),
  customer: nullable(KeyedName),
  contact: nullable(Named),
  owner: nullable(Named),
  workItems: Type.Array(TracedWorkItem),
  installations: Type.Array(
    Type.Object({
      id: Id,
      environment: Type.String(),
      version: nullable(Type.String()),
      has: oneOf(HAS),
    }),
  ),
  standing: oneOf(RELEASE_STANDINGS, '`work goes on`: the work is not done, whatever commits say.'),
})
const Count = Type.Object({ tickets: Type.Integer(), customers: Type.Integer() })
export const WaitingCounts = Type.Object(
  Object.fromEntries(RELEASE_STANDINGS.map((standing) => [standing, Count])) as Record<
    (typeof RELEASE_STANDINGS)[number],
    typeof Count
  >,
)

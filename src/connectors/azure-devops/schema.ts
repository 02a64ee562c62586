import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/** The shapes of Azure DevOps’ answers: only the members that are used. Empty fields are left out there, not null. */

const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}' })
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]))

const Identity = Type.Object({
  id: Type.Optional(Type.String()),
  displayName: Type.Optional(Type.String()),
  uniqueName: Type.Optional(Type.String()),
})
export type WireIdentity = Static<typeof Identity>
export const isIdentity = (value: unknown): value is WireIdentity =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && CheckedIdentity.Check(value)
const CheckedIdentity = Compile(Identity)

const Relation = Type.Object({
  rel: Type.String(),
  url: Type.String(),
  attributes: Type.Optional(
    Type.Object({
      name: Text,
      comment: Text,
      resourceSize: Type.Optional(Type.Integer({ minimum: 0 })),
      resourceCreatedDate: Type.Optional(Type.String()),
      authorizedDate: Type.Optional(Type.String()),
    }),
  ),
})
export type WireRelation = Static<typeof Relation>

const Item = Type.Object({
  id: Id,
  rev: Type.Integer({ minimum: 1 }),
  fields: Type.Record(Type.String(), Type.Unknown()),
  relations: Type.Optional(Type.Union([Type.Array(Relation), Type.Null()])),
  multilineFieldsFormat: Type.Optional(Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()])),
})
export type WireItem = Static<typeof Item>

const Comment = Type.Object({
  // The schema says `id`, the published examples `commentId`.
  id: Type.Optional(Id),
  commentId: Type.Optional(Id),
  text: Text,
  format: Type.Optional(Type.String()),
  createdBy: Type.Optional(Identity),
  createdDate: Time,
  modifiedDate: Type.Optional(Time),
  isDeleted: Type.Optional(Type.Boolean()),
})
export type WireComment = Static<typeof Comment>

const FieldChange = Type.Object({
  oldValue: Type.Optional(Type.Unknown()),
  newValue: Type.Optional(Type.Unknown()),
})
const Update = Type.Object({
  rev: Type.Integer({ minimum: 1 }),
  revisedBy: Type.Optional(Identity),
  fields: Type.Optional(Type.Record(Type.String(), FieldChange)),
  relations: Type.Optional(Type.Object({ added: Type.Optional(Type.Array(Relation)) })),
})
export type WireUpdate = Static<typeof Update>

const FieldOfType = Type.Object({
  referenceName: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  allowedValues: Type.Optional(Type.Union([Type.Array(Type.Unknown()), Type.Null()])),
})
const State = Type.Object({ name: Type.String({ minLength: 1 }), category: Text })
const ItemType = Type.Object({
  name: Type.String({ minLength: 1 }),
  isDisabled: Type.Optional(Type.Boolean()),
  states: Type.Optional(Type.Array(State)),
  transitions: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.Array(Type.Object({ to: Type.String() })), Type.Null()])),
  ),
  fieldInstances: Type.Optional(Type.Array(FieldOfType)),
  fields: Type.Optional(Type.Array(FieldOfType)),
})
export type WireType = Static<typeof ItemType>

const Field = Type.Object({
  referenceName: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  type: Type.String(),
  readOnly: Type.Optional(Type.Boolean()),
  isIdentity: Type.Optional(Type.Boolean()),
})
export type WireField = Static<typeof Field>

const Node = Type.Cyclic(
  {
    Node: Type.Object({
      id: Type.Integer(),
      identifier: Type.String({ pattern: '^[0-9a-fA-F-]{36}$' }),
      name: Type.String({ minLength: 1 }),
      structureType: Type.Optional(Type.String()),
      attributes: Type.Optional(
        Type.Union([Type.Object({ startDate: Text, finishDate: Text }), Type.Null()]),
      ),
      children: Type.Optional(Type.Array(Type.Ref('Node'))),
    }),
  },
  'Node',
)
export interface WireNode {
  readonly id: number
  readonly identifier: string
  readonly name: string
  readonly structureType?: string
  readonly attributes?: { readonly startDate?: string | null; readonly finishDate?: string | null } | null
  readonly children?: readonly WireNode[]
}

const Subscription = Type.Object({
  id: Type.String({ pattern: '^[0-9a-fA-F-]{36}$' }),
  status: Type.Optional(Type.String()),
  eventType: Type.String(),
  publisherId: Type.Optional(Type.String()),
  publisherInputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  consumerId: Type.String(),
  consumerActionId: Type.Optional(Type.String()),
  consumerInputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type WireSubscription = Static<typeof Subscription>

const list = <T extends TSchema>(of: T) => Type.Object({ value: Type.Array(of) })

export const answers = {
  item: Compile(Item),
  items: Compile(list(Type.Union([Item, Type.Null()]))),
  found: Compile(Type.Object({ asOf: Type.Optional(Time), workItems: Type.Array(Type.Object({ id: Id })) })),
  revisions: Compile(
    Type.Object({
      values: Type.Array(Type.Object({ id: Id })),
      continuationToken: Type.Optional(Type.String({ maxLength: 1_000 })),
      isLastBatch: Type.Boolean(),
    }),
  ),
  comments: Compile(Type.Object({ comments: Type.Array(Comment), continuationToken: Text })),
  comment: Compile(Comment),
  updates: Compile(list(Update)),
  types: Compile(list(ItemType)),
  typeFields: Compile(list(FieldOfType)),
  fields: Compile(list(Field)),
  nodes: Compile(Node),
  upload: Compile(Type.Object({ id: Type.String({ pattern: '^[0-9a-fA-F-]{36}$' }), url: Type.String() })),
  account: Compile(
    Type.Object({
      authenticatedUser: Type.Object({
        id: Type.String({ minLength: 1 }),
        providerDisplayName: Text,
        properties: Type.Optional(
          Type.Object({ Account: Type.Optional(Type.Object({ $value: Type.String() })) }),
        ),
      }),
      deploymentType: Text,
    }),
  ),
  projects: Compile(
    list(Type.Object({ id: Type.String({ minLength: 1 }), name: Type.String({ minLength: 1 }) })),
  ),
  members: Compile(list(Type.Object({ identity: Identity }))),
  teams: Compile(list(Type.Object({ id: Type.String({ minLength: 1 }) }))),
  subscriptions: Compile(list(Subscription)),
  deleted: Compile(Type.Object({ id: Type.Union([Id, Type.String()]) })),
  token: Compile(
    Type.Object({
      access_token: Type.String({ minLength: 1, maxLength: 20_000 }),
      expires_in: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^\\d{1,9}$' })]),
    }),
  ),
  refusal: Compile(
    Type.Object({
      message: Text,
      typeKey: Text,
      customProperties: Type.Optional(
        Type.Union([
          Type.Object({
            RuleValidationErrors: Type.Optional(
              Type.Union([
                Type.Array(Type.Object({ fieldReferenceName: Text, errorMessage: Text })),
                Type.Null(),
              ]),
            ),
          }),
          Type.Null(),
        ]),
      ),
    }),
  ),
} as const

interface Validator<T> {
  Check(value: unknown): value is T
}

/** The value as its type, or a fault that says which answer had an unexpected shape; of a write nobody knows then. */
export const readAs = <T>(
  validator: Validator<T>,
  value: unknown,
  what: string,
  kind: 'down' | 'unknown' = 'down',
): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault(kind, `the answer of Azure DevOps for ${what} has an unexpected shape`)
}

import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * The settings of a connection and the shape of its declaration. Kept free of unions where people write, so that an
 * error names one place; what a shape cannot say (paths, expressions) is checked in declaration.ts.
 */

const short = { minLength: 1, maxLength: 200 }
/** A path into the tool's JSON, or `=` and an expression. */
const Source = Type.String({ maxLength: 2_000 })
const Path = Type.String({ maxLength: 200 })
/** Below the base URL; may hold {id}, {commentId}, {attachmentId}, {container}, {marker}. */
const Address = Type.String({ pattern: '^/', maxLength: 500 })
const Query = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 500 }))
const Method = Type.Union([
  Type.Literal('POST'),
  Type.Literal('PUT'),
  Type.Literal('PATCH'),
  Type.Literal('DELETE'),
])
const closed = { additionalProperties: false } as const

const Auth = Type.Object(
  {
    type: Type.Union([
      Type.Literal('bearer'),
      Type.Literal('basic'),
      Type.Literal('header'),
      Type.Literal('query'),
      Type.Literal('none'),
    ]),
    /** Of the header or query member. */
    name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 100 })),
    /** Before the secret in the header. */
    prefix: Type.Optional(Type.String({ maxLength: 50 })),
    username: Type.Optional(Type.String(short)),
  },
  closed,
)

const Paging = Type.Object(
  {
    type: Type.Union([
      Type.Literal('page'),
      Type.Literal('offset'),
      Type.Literal('cursor'),
      Type.Literal('link'),
      Type.Literal('none'),
    ]),
    query: Type.Optional(Type.String(short)),
    first: Type.Optional(Type.Integer({ minimum: 0, maximum: 1 })),
    sizeQuery: Type.Optional(Type.String(short)),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    /** `cursor`: where the answer names the next one. */
    next: Type.Optional(Path),
  },
  closed,
)
export type Paging = Static<typeof Paging>

const List = Type.Object(
  {
    path: Address,
    query: Type.Optional(Query),
    /** Where the array stands in the answer; empty: the answer is the array. */
    items: Type.Optional(Path),
    page: Type.Optional(Paging),
  },
  closed,
)
export type List = Static<typeof List>

const Since = Type.Object(
  {
    query: Type.String(short),
    format: Type.Optional(
      Type.Union([
        Type.Literal('iso'),
        Type.Literal('iso-seconds'),
        Type.Literal('epoch'),
        Type.Literal('epoch-ms'),
      ]),
    ),
    /** Seconds looked back: the coarseness of the tool's clock and of its index. */
    overlap: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    /** The list is sorted by the time of change, oldest first. */
    ascending: Type.Optional(Type.Boolean()),
  },
  closed,
)

const FieldObject = Type.Object(
  {
    read: Type.Optional(Source),
    write: Type.Optional(Path),
    /** `=` and an expression over `value`. */
    writeAs: Type.Optional(Type.String({ pattern: '^=', maxLength: 2_000 })),
    kind: Type.Optional(
      Type.Union([
        Type.Literal('text'),
        Type.Literal('rich'),
        Type.Literal('choice'),
        Type.Literal('person'),
        Type.Literal('number'),
        Type.Literal('date'),
        Type.Literal('set'),
      ]),
    ),
    title: Type.Optional(Type.String(short)),
    options: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 500 })),
  },
  closed,
)
export type FieldObject = Static<typeof FieldObject>

const PersonPaths = Type.Object(
  { id: Source, name: Type.Optional(Source), email: Type.Optional(Source) },
  closed,
)
export type PersonPaths = Static<typeof PersonPaths>

const Item = Type.Object(
  {
    id: Source,
    key: Type.Optional(Source),
    url: Type.Optional(Source),
    container: Type.Optional(Source),
    createdAt: Type.Optional(Source),
    updatedAt: Type.Optional(Source),
    version: Type.Optional(Source),
    createdBy: Type.Optional(Source),
    /** True there: the item counts as deleted. */
    deleted: Type.Optional(Source),
    /** A plain text field of the tool that takes our key. */
    marker: Type.Optional(Path),
    /** A member that is not there means "empty". Left out: it means "not told". */
    absentIsEmpty: Type.Optional(Type.Boolean()),
    fields: Type.Record(Type.String({ pattern: '^(cf:.{1,100}|[a-z]{1,20})$' }), FieldObject),
    people: Type.Optional(Type.Array(PersonPaths, { maxItems: 20 })),
  },
  closed,
)

const Write = Type.Object(
  {
    path: Address,
    method: Type.Optional(Method),
    query: Type.Optional(Query),
    /** Where the fields go in the body: `issue` for `{"issue": {…}}`. */
    wrap: Type.Optional(Path),
    /** Sent in the body beside the fields. */
    extra: Type.Optional(Type.Record(Type.String(short), Type.Unknown())),
    /** The answer holds the whole item, so that no reading back is needed. */
    returnsItem: Type.Optional(Type.Boolean()),
    /** Where the item (or its id) stands in the answer. */
    item: Type.Optional(Path),
    idempotencyHeader: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$', maxLength: 100 })),
    /** Send the version we read as `If-Match`. */
    ifMatch: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Write = Static<typeof Write>

const VisibilityRule = Type.Object(
  {
    read: Type.Optional(Source),
    write: Type.Optional(Path),
    public: Type.Optional(Type.Unknown()),
    internal: Type.Optional(Type.Unknown()),
  },
  closed,
)
export type VisibilityRule = Static<typeof VisibilityRule>

const Comments = Type.Object(
  {
    list: Type.Optional(List),
    /** Where the comments stand in the item itself. */
    embedded: Type.Optional(Path),
    /** Where the item says how many there are: with none, no list is asked for. */
    count: Type.Optional(Path),
    id: Source,
    text: Source,
    author: Type.Optional(PersonPaths),
    at: Source,
    editedAt: Type.Optional(Source),
    visibility: VisibilityRule,
    textField: Type.Optional(Path),
    add: Type.Optional(Write),
    edit: Type.Optional(Write),
    delete: Type.Optional(Write),
  },
  closed,
)

const Attachments = Type.Object(
  {
    list: Type.Optional(List),
    embedded: Type.Optional(Path),
    id: Source,
    name: Source,
    mediaType: Type.Optional(Source),
    size: Type.Optional(Source),
    author: Type.Optional(PersonPaths),
    at: Source,
    visibility: VisibilityRule,
    download: Type.Optional(Type.Object({ path: Address }, closed)),
    upload: Type.Optional(
      Type.Object(
        { path: Address, part: Type.Optional(Type.String(short)), id: Type.Optional(Path) },
        closed,
      ),
    ),
    delete: Type.Optional(Write),
    maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)

const Webhook = Type.Object(
  {
    scheme: Type.Union([Type.Literal('hmac-sha256'), Type.Literal('token')]),
    header: Type.String({ pattern: '^[A-Za-z0-9-]+$', maxLength: 100 }),
    encoding: Type.Optional(Type.Union([Type.Literal('hex'), Type.Literal('base64')])),
    prefix: Type.Optional(Type.String({ maxLength: 50 })),
    /** What is signed, with {body} and {timestamp}. */
    signs: Type.Optional(Type.String({ maxLength: 100 })),
    timestamp: Type.Optional(
      Type.Object(
        {
          header: Type.String({ pattern: '^[A-Za-z0-9-]+$', maxLength: 100 }),
          format: Type.Optional(
            Type.Union([Type.Literal('epoch'), Type.Literal('epoch-ms'), Type.Literal('iso')]),
          ),
          tolerance: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
        },
        closed,
      ),
    ),
    /** Where item ids stand in the body; a path to an array of ids counts as all of them. */
    ids: Type.Array(Path, { minItems: 1, maxItems: 10 }),
    deliveryHeader: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$', maxLength: 100 })),
    deliveryPath: Type.Optional(Path),
  },
  closed,
)
export type WebhookShape = Static<typeof Webhook>

export const DeclarationShape = Type.Object(
  {
    tool: Type.String(short),
    baseUrl: Type.String({ pattern: '^https?://', maxLength: 500 }),
    auth: Auth,
    richText: Type.Optional(
      Type.Union([
        Type.Literal('markdown'),
        Type.Literal('textile'),
        Type.Literal('html'),
        Type.Literal('wiki'),
        Type.Literal('plain'),
      ]),
    ),
    /** The container of all items, when the items do not name theirs. */
    container: Type.Optional(Type.String(short)),
    /** Id of the account, or where to ask for it. */
    accountId: Type.Optional(Type.String(short)),
    account: Type.Optional(
      Type.Object(
        { path: Address, id: Source, name: Type.Optional(Source), email: Type.Optional(Source) },
        closed,
      ),
    ),
    item: Item,
    list: List,
    since: Type.Optional(Since),
    find: Type.Optional(List),
    get: Type.Object({ path: Address, query: Type.Optional(Query), item: Type.Optional(Path) }, closed),
    create: Type.Optional(Write),
    patch: Type.Optional(Write),
    transition: Type.Optional(Write),
    comments: Type.Optional(Comments),
    attachments: Type.Optional(Attachments),
    /** The tool's status words and what they mean. */
    statuses: Type.Optional(
      Type.Record(
        Type.String(short),
        Type.Union([
          Type.Literal('new'),
          Type.Literal('open'),
          Type.Literal('waiting'),
          Type.Literal('done'),
          Type.Literal('declined'),
        ]),
      ),
    ),
    webhook: Type.Optional(Webhook),
    ratePerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1_000 })),
  },
  closed,
)
export type DeclarationShape = Static<typeof DeclarationShape>
export const CheckedDeclaration = Compile(DeclarationShape)

export const Settings = Type.Object(
  {
    declaration: Type.Union(
      [Type.String({ maxLength: 200_000 }), Type.Record(Type.String(), Type.Unknown())],
      {
        title: 'Declaration',
        description: "How the tool's API works, as YAML or JSON. See the connector's README.",
      },
    ),
    secret: Type.Optional(
      Type.String({
        title: 'Secret',
        description: 'The token, key or password the declaration\'s "auth" speaks of.',
        secret: true,
        maxLength: 5_000,
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description: 'What the tool signs its webhooks with.',
        secret: true,
        maxLength: 500,
      }),
    ),
  },
  { title: 'Any tool with a JSON API', additionalProperties: false },
)
export type Settings = Static<typeof Settings>

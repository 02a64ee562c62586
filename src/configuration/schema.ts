import { type Static, type TSchema, Type } from 'typebox'
import { AUDIENCES } from '../domain/audience.ts'
import { RULE_RECORDS } from '../domain/rule.ts'
import { STAFF_ROLES } from '../domain/words.ts'
import { TICKET_FIELDS, WORK_ITEM_FIELDS } from '../sync/mapping.ts'
import { DURATION_PATTERN } from './duration.ts'

/**
 * The shape of a configuration file. Editors get it as `docs/causeway.schema.json`; `parse.ts` checks with it. What
 * needs more than one place to judge (a route to an unknown connection) is in `cross-checks.ts`.
 */
const KEY = '^[A-Za-z][A-Za-z0-9._-]{0,63}$'
/** Any one line; `__proto__` as a key would be lost on the way through plain objects. */
const WORD = '^(?!__proto__$)[^\\u0000-\\u001f]{1,200}$'
const TOOL_FIELD =
  '^(title|description|status|type|container|priority|owner|requester|component|release|labels|due|url|cf:.{1,200})$'

const closed = { additionalProperties: false } as const
const text = (description: string, more: object = {}) => Type.String({ description, pattern: WORD, ...more })
const toolField = Type.String({
  description: 'The field there: a neutral name (title, status …) or cf: and the name of a custom field.',
  pattern: TOOL_FIELD,
  examples: ['title', 'cf:Severity'],
})
const wordMap = (description: string) =>
  Type.Record(Type.String({ pattern: WORD }), Type.String(), { description, ...closed })
const mapOf = <T extends TSchema>(pattern: string, of: T, description: string) =>
  Type.Record(Type.String({ pattern }), of, { description, ...closed })
const choice = <const T extends string[]>(words: readonly [...T], description: string) =>
  Type.Enum([...words], { description })

const staffRole = choice([...STAFF_ROLES], 'What the person may do; one role, or a list of them.')

const FieldRuleDocument = Type.Object(
  {
    tool: toolField,
    direction: Type.Optional(
      choice(['both', 'to tool', 'to hub'], 'Which way it goes. Facts that are derived only go to the tool.'),
    ),
    conflict: Type.Optional(
      choice(
        ['ask', 'hub wins', 'tool wins'],
        'What happens when both sides changed it. ask: a person decides.',
      ),
    ),
    values: Type.Optional(wordMap("The tool's word: our word. One-to-one when it goes both ways.")),
  },
  closed,
)

const fieldNames = [...new Set<string>([...TICKET_FIELDS, ...WORK_ITEM_FIELDS])].sort()
const FieldLine = Type.Unsafe<Readonly<Record<string, string | Static<typeof FieldRuleDocument>>>>({
  type: 'object',
  description:
    'One line: our field, and the field there. `title: title`, or with a direction, a conflict rule, values.',
  properties: Object.fromEntries(
    fieldNames.map((name) => [name, Type.Union([toolField, FieldRuleDocument])]),
  ),
  patternProperties: { '^custom\\..{1,200}$': Type.Union([toolField, FieldRuleDocument]) },
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
})

const audience = (description: string) => choice([...AUDIENCES], description)
const AudienceDocument = Type.Object(
  {
    public: audience('Who may read here what is public there.'),
    internal: audience('Who may read here what is internal there.'),
    'send public': Type.Array(audience('An audience.'), {
      description: 'Audiences sent as public words there; all else its party may see goes as internal.',
    }),
  },
  closed,
)

const MappingDocument = Type.Object(
  {
    containers: Type.Array(text('A queue or project.'), {
      description: 'Queues or projects there whose items are ours to look at.',
    }),
    types: Type.Optional(
      Type.Array(text('A type.'), { description: 'Items of these types only; left out: all.' }),
    ),
    adopt: Type.Optional(Type.Boolean({ description: 'New items there become records here. Left out: no.' })),
    fields: Type.Array(FieldLine, { description: 'What crosses, one line a field.' }),
    statuses: Type.Optional(
      Type.Object(
        {
          owner: choice(['tool', 'hub'], 'Whose word counts when both moved.'),
          'to hub': wordMap("The tool's word: our state. A word not named here waits for a person."),
          'to tool': Type.Optional(
            Type.Array(
              Type.Object(
                {
                  when: text('Our state, or with what it waits for: waiting customer.'),
                  to: text("The tool's word."),
                  from: Type.Optional(
                    Type.Array(text("A tool's word."), {
                      description: 'Only when the tool shows one of these now.',
                    }),
                  ),
                },
                closed,
              ),
              { description: 'The first line that fits is used. Left out: our states are never written.' },
            ),
          ),
        },
        closed,
      ),
    ),
    comments: Type.Optional(AudienceDocument),
    attachments: Type.Optional(AudienceDocument),
    people: Type.Optional(
      wordMap('Login or id there: e-mail here. People with the same e-mail on both sides need no line.'),
    ),
    products: Type.Optional(wordMap('Queue or project there: product here.')),
    components: Type.Optional(wordMap('Component there: component here. One-to-one.')),
    releases: Type.Optional(
      Type.Boolean({ description: 'Versions there are releases here (trackers only).' }),
    ),
    'on create': Type.Optional(wordMap('Set on items we make, beside what the fields give.')),
  },
  closed,
)
export type MappingDocument = Static<typeof MappingDocument>

const Scalar = [Type.String(), Type.Number(), Type.Boolean()] as const
const SettingDocument = Type.Union([
  ...Scalar,
  Type.Array(Type.String()),
  mapOf(WORD, Type.Union([...Scalar]), 'A group of values.'),
])
const span = (description: string) =>
  Type.String({ description, pattern: DURATION_PATTERN, examples: ['30 s', '1 min', '6 h', '1 day'] })

const ConnectionDocument = Type.Object(
  {
    kind: text('The kind of tool.', { examples: ['request-tracker', 'redmine'] }),
    party: choice(['desk', 'tracker'], 'Whose tool it is: support (desk) or engineering (tracker).'),
    title: text('What people call it.'),
    settings: mapOf(
      WORD,
      SettingDocument,
      'As this kind of tool asks for them; a secret as a reference to an environment variable.',
    ),
    'poll every': Type.Optional(span('How often to ask for changes. Left out: 1 min.')),
    'sweep every': Type.Optional(span('How often to look at everything. Left out: 1 day.')),
    paused: Type.Optional(Type.Boolean({ description: 'Left out: as it is.' })),
    mapping: MappingDocument,
  },
  closed,
)

const OrganisationDocument = Type.Object(
  {
    teams: Type.Optional(
      mapOf(
        WORD,
        Type.Union([
          text('The name.'),
          Type.Object(
            {
              name: text('The name.'),
              members: Type.Optional(
                Type.Array(text('An e-mail.'), { description: 'Left out: as they are.' }),
              ),
            },
            closed,
          ),
        ]),
        'Teams by key.',
      ),
    ),
    people: Type.Optional(
      mapOf(
        '^[^@\\s]{1,100}@[^@\\s]{1,150}$',
        Type.Object(
          {
            name: text('The name.'),
            role: Type.Union([staffRole, Type.Array(staffRole, { minItems: 1, uniqueItems: true })]),
          },
          closed,
        ),
        'Staff by e-mail.',
      ),
    ),
    products: Type.Optional(
      mapOf(
        WORD,
        Type.Object(
          {
            name: text('The name.'),
            team: Type.Optional(text('Key of the team that owns it.')),
            components: Type.Optional(
              mapOf(
                WORD,
                Type.Object(
                  { name: text('The name.'), team: text('Key of the one team that owns it.') },
                  closed,
                ),
                'Components by key.',
              ),
            ),
          },
          closed,
        ),
        'Products by key.',
      ),
    ),
    customers: Type.Optional(
      mapOf(
        WORD,
        Type.Union([
          text('The name.'),
          Type.Object({ name: text('The name.'), tier: Type.Optional(text('Their tier.')) }, closed),
        ]),
        'Customers by key.',
      ),
    ),
    installations: Type.Optional(
      Type.Array(
        Type.Object(
          {
            customer: text('Key of a customer.'),
            product: text('Key of a product.'),
            environment: text('production, staging …'),
            version: Type.Optional(text('The release they run there.')),
          },
          closed,
        ),
        { description: 'Which customer runs what, where, in which release.' },
      ),
    ),
    'names for customers': Type.Optional(
      Type.Boolean({
        description: 'Whether customers read the names of who works here. Left out: as it is, at first no.',
      }),
    ),
  },
  closed,
)

const RouteDocument = Type.Object(
  {
    product: Type.Optional(text('Key of a product; left out: any.')),
    component: Type.Optional(text('Key of a component of it; left out: any.')),
    connection: Type.Optional(text('Key of a tracker connection; left out: our own board.')),
    container: Type.Optional(text('Project there.')),
    type: Type.Optional(text('Type there.')),
    'component there': Type.Optional(text('Component there, when the mapping does not give it.')),
  },
  closed,
)

const ActionDocument = Type.Union([
  Type.Enum(['escalate', 'wake owner']),
  Type.Object(
    {
      set: Type.Record(Type.String({ pattern: WORD }), Type.Union([Type.String(), Type.Null()]), {
        minProperties: 1,
        ...closed,
      }),
    },
    closed,
  ),
  Type.Object({ 'wake owner': text('Why, as the owner reads it.') }, closed),
])

const RuleDocument = Type.Object(
  {
    on: choice([...RULE_RECORDS], 'The record it looks at.'),
    when: Type.String({ description: 'An expression (CEL) over the record.', minLength: 1, maxLength: 2000 }),
    // biome-ignore lint/suspicious/noThenProperty: the file's own word; a document is data and is never awaited
    then: Type.Union([ActionDocument, Type.Array(ActionDocument, { minItems: 1 })]),
    enabled: Type.Optional(Type.Boolean({ description: 'Left out: yes.' })),
  },
  closed,
)

export const ConfigurationDocument = Type.Object(
  {
    connections: Type.Optional(mapOf(KEY, ConnectionDocument, 'The tools, by key.')),
    organisation: Type.Optional(OrganisationDocument),
    routes: Type.Optional(
      Type.Array(RouteDocument, { description: 'Where an escalation goes; the most specific line wins.' }),
    ),
    rules: Type.Optional(mapOf(KEY, RuleDocument, 'What happens by itself, in order.')),
  },
  { ...closed, title: 'Causeway configuration' },
)
export type ConfigurationDocument = Static<typeof ConfigurationDocument>

import fc from 'fast-check'
import type { Configuration, ConnectionWanted, Organisation } from '../../src/configuration/configuration.ts'
import { defaultDirection } from '../../src/configuration/to-mapping.ts'
import type { FieldRule, Mapping } from '../../src/sync/mapping.ts'

/** Any valid configuration, for properties. Words are chosen to be hard on YAML: quotes, colons, numbers, `null`. */
const awkward = fc.constantFrom(
  '2.10',
  'null',
  'yes',
  'a: b',
  '# x',
  "it's",
  '"',
  '- a',
  '~',
  '{x}',
  'é',
  ' padded ',
  '0x1F',
)
const word = fc
  .oneof(awkward, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }))
  .filter((text) => text !== '__proto__')
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)

/** The tool's word → ours, safe both ways. */
const values = fc
  .uniqueArray(fc.tuple(word, word), {
    minLength: 1,
    maxLength: 4,
    selector: ([a]) => a.normalize('NFC').trim().toLowerCase(),
  })
  .map((pairs) => Object.fromEntries(pairs.map(([there, here], index) => [there, `${here}${index}`])))

const fieldRules = (record: Mapping['record']): fc.Arbitrary<readonly FieldRule[]> => {
  const names: readonly FieldRule['hub'][] =
    record === 'ticket'
      ? ['title', 'version', 'environment', 'custom.a b', 'engineering.key', 'url']
      : ['title', 'priority', 'custom.x', 'tickets.count', 'customers.names']
  return fc
    .uniqueArray(
      fc.record({
        hub: fc.constantFrom(...names),
        conflict: fc.constantFrom('ask' as const, 'hub wins' as const, 'tool wins' as const),
        inward: fc.boolean(),
        values: fc.option(values, { nil: null }),
      }),
      { selector: (line) => line.hub, maxLength: 5 },
    )
    .map((lines) =>
      lines.map((line, index) => {
        const natural = defaultDirection(record, line.hub)
        return {
          hub: line.hub,
          tool: `cf:${index} ${line.hub}` as const,
          direction: natural === 'both' && line.inward ? 'to hub' : natural,
          conflict: line.conflict,
          ...(line.values === null ? {} : { values: line.values }),
        }
      }),
    )
}

const audiences = (party: 'desk' | 'tracker'): fc.Arbitrary<Mapping['comments']> =>
  fc.constantFrom(
    null,
    party === 'desk'
      ? { public: 'everyone' as const, internal: 'support' as const, sendPublic: ['everyone' as const] }
      : {
          public: 'staff' as const,
          internal: 'engineering' as const,
          sendPublic: ['staff' as const, 'everyone' as const],
        },
  )

const mapping = (party: 'desk' | 'tracker', products: readonly string[]): fc.Arbitrary<Mapping> => {
  const record = party === 'desk' ? 'ticket' : 'work item'
  const state =
    party === 'desk'
      ? fc.constantFrom('new', 'open', 'waiting customer')
      : fc.constantFrom('triage', 'in review')
  return fc.record<Mapping>({
    record: fc.constant(record),
    containers: fc.array(word, { minLength: 1, maxLength: 2 }),
    types: fc.array(word, { maxLength: 2 }),
    adopt: fc.boolean(),
    fields: fieldRules(record),
    status: fc.option(
      fc.dictionary(word, state, { minKeys: 1, maxKeys: 3 }).map((toHub) => ({
        owner: 'tool' as const,
        toHub: { ...toHub },
        toTool: Object.entries(toHub).map(([to, when], index) => ({
          when,
          to,
          ...(index > 0 ? { from: [to] } : {}),
        })),
      })),
      { nil: null },
    ),
    comments: audiences(party),
    attachments: audiences(party),
    people: fc.dictionary(word, word, { maxKeys: 2 }).map((lines) => ({ ...lines })),
    products:
      products.length === 0
        ? fc.constant({})
        : fc.dictionary(word, fc.constantFrom(...products), { maxKeys: 2 }).map((lines) => ({ ...lines })),
    components: fc.constant({}),
    releases: party === 'tracker' ? fc.boolean() : fc.constant(false),
    onCreate: fc.dictionary(word, word, { maxKeys: 2 }).map((lines) => ({ ...lines })),
  })
}

const connection = (products: readonly string[]): fc.Arbitrary<ConnectionWanted> =>
  fc.constantFrom('desk' as const, 'tracker' as const).chain((party) =>
    fc.record<ConnectionWanted>({
      kind: fc.constant('demo'),
      party: fc.constant(party),
      title: word,
      settings: fc
        .dictionary(
          word,
          fc.oneof(
            word,
            fc.constant('${A_NAME}'),
            fc.integer(),
            fc.boolean(),
            fc.array(word, { maxLength: 2 }),
          ),
          { maxKeys: 3 },
        )
        .map((lines) => ({ ...lines })),
      pollEveryS: fc.integer({ min: 1, max: 100_000 }),
      sweepEveryS: fc.constantFrom(60, 3600, 86_400, 172_800, 90),
      paused: fc.constantFrom(null, true, false),
      mapping: mapping(party, products),
    }),
  )

const organisation: fc.Arbitrary<Organisation> = fc
  .record({
    teams: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
    people: fc.uniqueArray(key, { maxLength: 3 }),
    products: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
    customers: fc.uniqueArray(word, { maxLength: 3 }),
    name: word,
    version: fc.option(word, { nil: null }),
    membersSaid: fc.boolean(),
    namesForCustomers: fc.constantFrom(null, true, false),
  })
  .map(({ teams, people, products, customers, name, version, membersSaid, namesForCustomers }) => {
    const emails = people.map((login) => `${login}@x.example`)
    return {
      namesForCustomers,
      teams: Object.fromEntries(
        teams.map((team) => [team, { name, members: membersSaid ? [...emails].sort() : null }]),
      ),
      people: Object.fromEntries(emails.map((email) => [email, { name, roles: ['agent'] as const }])),
      products: Object.fromEntries(
        products.map((product, index) => [
          product,
          {
            name,
            team: index === 0 ? (teams[0] ?? null) : null,
            components: index === 0 ? { part: { name, team: teams[0] ?? '' } } : {},
          },
        ]),
      ),
      customers: Object.fromEntries(
        customers.map((customer, index) => [customer, { name, tier: index === 0 ? null : 'gold' }]),
      ),
      installations: customers
        .map((customer) => ({ customer, product: products[0] ?? '', environment: 'production', version }))
        .sort((a, b) =>
          JSON.stringify([a.customer, a.product, a.environment]) <
          JSON.stringify([b.customer, b.product, b.environment])
            ? -1
            : 1,
        ),
    }
  })

export const configurations: fc.Arbitrary<Configuration> = fc
  .option(organisation, { nil: null })
  .chain((org) => {
    const products = Object.keys(org?.products ?? {})
    return fc.record<Configuration>({
      organisation: fc.constant(org),
      connections: fc.dictionary(key, connection(products), { maxKeys: 3 }).map((lines) => ({ ...lines })),
      routes: fc.constantFrom(
        null,
        [],
        products.map((product) => ({
          product,
          component: null,
          connection: null,
          container: null,
          type: null,
          componentThere: null,
        })),
      ),
      rules: fc.option(
        fc
          .dictionary(
            key,
            fc.record({
              on: fc.constant('ticket' as const),
              when: fc.constantFrom('ticket.severity == "critical"', 'true'),
              // biome-ignore lint/suspicious/noThenProperty: the file's own word
              then: fc.constantFrom(
                [{ do: 'escalate' as const }],
                [
                  { do: 'set fields' as const, fields: { severity: 'high', 'custom.x': null } },
                  { do: 'wake owner' as const, because: 'it is: time' },
                ],
              ),
              enabled: fc.boolean(),
            }),
            { maxKeys: 3 },
          )
          .map((lines) => ({ ...lines })),
        { nil: null },
      ),
    })
  })

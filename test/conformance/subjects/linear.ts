import type { FaultOrder } from '../../../src/connectors/linear/fake/faults.ts'
import { sign } from '../../../src/connectors/linear/fake/hands.ts'
import { fixedId } from '../../../src/connectors/linear/fake/state.ts'
import { startLinearFake } from '../../../src/connectors/linear/fake.ts'
import { linear } from '../../../src/connectors/linear/index.ts'
import { openTool } from '../../../src/connectors/open-tool.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'
import type { Vendor } from '../vendor/checked-http.ts'
import { graphqlSchema } from '../vendor/graphql.ts'
import { vendorSpec } from '../vendor/specs.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

const FAULTS: Readonly<Partial<Record<SubjectFault, FaultOrder | 'down'>>> = {
  refused: 'down',
  'commit then lose': { fault: 'commit then drop', on: 'write' },
  'half body': { fault: 'half body' },
  rate: { fault: 'rate' },
  auth: { fault: 'auth' },
  'server error': { fault: 'server error after commit' },
  html: { fault: 'html' },
  'deep json': { fault: 'deep json' },
  huge: { fault: 'huge' },
  'cut download': { fault: 'half body', on: 'file' },
  'listing fails': { fault: 'server error', on: 'read' },
}

/** Linear's own schema; read once, since each case makes a new subject. */
const sdl = vendorSpec('linear/schema.graphql')
const vendor: Vendor | null =
  typeof sdl !== 'string'
    ? null
    : {
        schema: graphqlSchema(sdl, { path: '/graphql' }),
        accepts: [
          {
            problem: /^(?:PUT|GET) .*: the vendor’s schema knows no such address$/,
            because: 'files are sent to and fetched from other hosts, which no schema describes',
          },
        ],
      }

export const linearSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startLinearFake({ now })
  const { hands, settings, world } = fake
  const http = openTool(linear, settings, { now, allowPrivate: fake.addresses })
  const counted = (op: string): number => world.ledger.filter((entry) => entry.op === op).length
  const secret = settings.webhookSecret ?? ''

  return subjectOf(
    linear,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      indexLagMs: 0,
      container: 'ATL',
      otherContainer: 'BOR',
      createFields: {
        title: 'Login fails',
        description: 'After the *reset*',
        type: 'Bug',
        priority: 'High',
        owner: fixedId('user developer'),
        component: 'Sign-in',
        release: '2.1.0',
        labels: ['Area/Login', 'regression'],
        due: '2026-02-01',
        'cf:Estimate': 3,
        'cf:Milestone': 'Beta',
        'cf:Cycle': 'Cycle 7',
        'cf:Customers': ['Acme'],
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'description', value: 'Other words' },
        { field: 'type', value: 'Feature' },
        { field: 'priority', value: 'Low' },
        { field: 'owner', value: fixedId('user reporter') },
        { field: 'release', value: '2.2.0' },
        { field: 'labels', value: ['Area/Export'] },
        { field: 'cf:Estimate', value: 5 },
        { field: 'cf:Milestone', value: 'GA' },
        { field: 'cf:Cycle', value: 'Autumn' },
        { field: 'cf:Customers', value: ['Acme', 'Globex'] },
      ],
      notOnAll: ['cf:Version'],
      canEmpty: 'due',
      unknownOption: { field: 'labels', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: '11111111-2222-4333-8444-555555555555' },
      richSample: '# One & two\n\n* “three”\n* `four`\n\n```\n  code\n```',
      path: [
        { to: 'In Progress', fields: {} },
        { to: 'In Review', fields: {} },
        { to: 'Done', fields: {} },
      ],
      // every status of the team may be set
      unreachable: null,
      // it takes every write, and tells in its history what that replaced
      checksVersions: false,
      tellsOverwritten: true,
      missingId: '11111111-2222-4333-8444-555555555555',
      secrets: [settings.apiKey ?? '', secret],
      makeItemAsHuman: async (title) => ({ id: hands.create(title) }),
      editAsHuman: async ({ id }, title) => hands.edit(id, { title }),
      commentAsHuman: async ({ id }, text, visibility) => {
        hands.comment(id, visibility === 'public' ? `Public: ${text}` : text)
      },
      attachAsHuman: async ({ id }, name, bytes) => {
        hands.comment(id, `See [${name}](${hands.store(bytes)})`)
      },
      deleteAsHuman: async ({ id }) => hands.trash(id),
      moveAsHuman: async ({ id }, team) => hands.move(id, team),
      linkAsHuman: async ({ id }, url) => hands.link(id, url),
      faults: Object.keys(FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        const order = FAULTS[fault]
        if (order !== undefined) await fake.set(order === 'down' ? { down: true } : { next: [order] })
      },
      clearFaults: () => fake.set({}),
      counts: async () => ({
        creates: counted('issueCreate'),
        comments: counted('commentCreate'),
        attachments: counted('attachmentCreate'),
        writes: world.ledger.length,
      }),
      calls: async () => fake.calls(),
      hook: {
        good: async ({ id }) => {
          hands.edit(id, { title: 'Rings' })
          return hands.posted(id, secret)
        },
        sign: (bytes) => sign(bytes, secret, fixedId('delivery')),
        signatureHeader: 'linear-signature',
        maxAgeMs: 60_000,
      },
      close: async () => {
        await fake.close()
        await http.close()
      },
    },
    vendor,
  )
}

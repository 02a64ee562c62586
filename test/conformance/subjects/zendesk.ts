import { openTool } from '../../../src/connectors/open-tool.ts'
import type { FaultOrder } from '../../../src/connectors/zendesk/fake/faults.ts'
import { startZendeskFake } from '../../../src/connectors/zendesk/fake.ts'
import { zendesk } from '../../../src/connectors/zendesk/index.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'
import { vendorSchema } from '../vendor/openapi.ts'
import { vendorSpec } from '../vendor/specs.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

/** What each fault is there, and which requests it fits. */
const FAULTS: Readonly<Partial<Record<SubjectFault, readonly FaultOrder[]>>> = {
  refused: [],
  'commit then lose': [
    { fault: 'commit then lose', method: 'POST', path: /\/tickets$/ },
    { fault: 'commit then lose', method: 'PUT' },
  ],
  'half body': [{ fault: 'half body' }],
  rate: [{ fault: 'rate' }],
  auth: [{ fault: 'auth' }],
  'server error': [{ fault: 'server error' }],
  html: [{ fault: 'html' }],
  'deep json': [{ fault: 'deep json' }],
  huge: [{ fault: 'huge' }],
  'cut download': [{ fault: 'half body', path: /^\/files\// }],
  'listing fails': [{ fault: 'server error', path: /\/tickets(?:\/cursor)?$/ }],
}

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {}

/** The document with another value at that place. */
const amended = (
  value: unknown,
  [name, ...rest]: readonly string[],
  by: (old: unknown) => unknown,
): unknown =>
  name === undefined ? by(value) : { ...membersOf(value), [name]: amended(membersOf(value)[name], rest, by) }

const orNull = (old: unknown): unknown => ({ ...membersOf(old), nullable: true })

/** Members of a ticket that the documentation's own examples show as `null`, or that `null` empties. */
const EMPTY_IN_ANSWERS = [
  ...['assignee_id', 'group_id', 'organization_id', 'problem_id'],
  ...['external_id', 'priority', 'recipient', 'type'],
]
const EMPTIED_BY_US = ['assignee_id', 'group_id', 'organization_id', 'priority', 'type']

/** Dropdowns are texts, multi-selects lists, checkboxes truth values, and each can be empty. */
const CUSTOM_VALUE = {
  anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
  nullable: true,
}

const SCHEMAS = ['components', 'schemas']
const AMENDMENTS: readonly (readonly [path: readonly string[], by: (old: unknown) => unknown])[] = [
  ...EMPTY_IN_ANSWERS.map((name) => [[...SCHEMAS, 'TicketObject', 'properties', name], orNull] as const),
  ...EMPTIED_BY_US.map((name) => [[...SCHEMAS, 'TicketUpdateInput', 'properties', name], orNull] as const),
  [
    [...SCHEMAS, 'TicketObject', 'properties', 'custom_fields', 'items', 'properties', 'value'],
    () => CUSTOM_VALUE,
  ],
  // It names the definition of a field where a field's value is meant.
  [
    [...SCHEMAS, 'TicketUpdateInput', 'properties', 'custom_fields', 'items'],
    () => ({
      type: 'object',
      properties: { id: { type: 'integer' }, value: CUSTOM_VALUE },
      required: ['id', 'value'],
      additionalProperties: false,
    }),
  ],
  // Its own example of an audit holds lists and nothing at all.
  [[...SCHEMAS, 'AuditObject', 'properties', 'events', 'items', 'properties', 'value'], () => CUSTOM_VALUE],
]

/** As a third party keeps it; it is taken to be what Zendesk published. It has no webhooks and no sign-in. */
const spec = vendorSpec('zendesk/support-oas.yaml')
const vendor =
  spec === null
    ? null
    : {
        schema: vendorSchema(
          AMENDMENTS.reduce<unknown>((document, [path, by]) => amended(document, path, by), spec),
        ),
        accepts: [
          {
            problem: /query parameter (?:page\[\w+\]|per_page|sort|include) is not known/,
            because: 'paging, sorting and sideloading are described in words, once for all lists',
          },
          {
            problem: /^POST \/api\/v2\/uploads: query parameter filename is not known/,
            because: 'its description says that it is required, its list of parameters leaves it out',
          },
          {
            problem: /^GET \/(?:attachments|files)\//,
            because: 'the addresses of files are not part of the API',
          },
          {
            problem: /incremental\/tickets\/cursor: query parameter start_time is required/,
            because: 'its own example of a next page goes by the cursor alone',
          },
        ],
      }

export const zendeskSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startZendeskFake({ now })
  const { people, settings } = fake
  const http = openTool(zendesk, settings, { now, allowPrivate: [fake.host] })
  const counted = (...ops: readonly string[]): number =>
    fake.ledger.filter(({ op }) => ops.includes(op)).length

  return subjectOf(
    zendesk,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      // The export says nothing of the last minute.
      indexLagMs: 61_000,
      container: 'Support',
      otherContainer: 'Billing',
      createFields: {
        title: 'Login fails',
        description: '<p>After the <strong>reset</strong></p>',
        type: 'task',
        priority: 'high',
        owner: '900002',
        requester: '900013',
        labels: ['login', 'vip'],
        due: '2026-02-01T12:00:00Z',
        'cf:Severity': 'Severity high',
        'cf:Areas': ['Billing::Invoices', 'Export'],
        'cf:Version': '7.2',
        'cf:Customers affected': '3',
        'cf:Regression': true,
        'cf:Wanted by': '2026-03-01',
        'cf:organization': 'Example & Sons',
        'cf:brand': 'Main',
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'priority', value: 'low' },
        { field: 'owner', value: '900003' },
        { field: 'requester', value: '900014' },
        { field: 'labels', value: ['login', 'reset'] },
        { field: 'due', value: '2026-02-08T12:00:00Z' },
        { field: 'container', value: 'Billing' },
        { field: 'cf:Severity', value: 'Severity low' },
        { field: 'cf:Areas', value: ['Import'] },
        { field: 'cf:Version', value: '7.3' },
        { field: 'cf:Regression', value: false },
      ],
      canEmpty: 'cf:Version',
      unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: '424242' },
      richSample:
        '<h2>One &amp; two</h2><ul><li>“three”</li><li><a href="https://example.com/">four</a></li></ul><pre>  code</pre>',
      path: [
        { to: 'In review', fields: {} },
        { to: 'Pending', fields: {} },
        { to: 'Solved', fields: { 'cf:Root cause': 'Code' } },
      ],
      unreachable: 'New',
      checksVersions: true,
      tellsOverwritten: true,
      missingId: '424242',
      secrets: [settings.apiToken ?? '', settings.webhookSecret ?? ''],
      makeItemAsHuman: async (title) => ({ id: String(people.create(title)) }),
      editAsHuman: async ({ id }, subject) => people.edit(Number(id), { subject }),
      commentAsHuman: async ({ id }, text, visibility) =>
        people.comment(Number(id), text, visibility === 'public'),
      attachAsHuman: async ({ id }, name, bytes) => people.attach(Number(id), name, bytes, true),
      deleteAsHuman: async ({ id }) => people.remove(Number(id)),
      moveAsHuman: async ({ id }) => people.edit(Number(id), { group_id: 500_002 }),
      linkAsHuman: null,
      faults: Object.keys(FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        fake.setFaults(FAULTS[fault] ?? [])
        if (fault === 'refused') await fake.goDown()
      },
      clearFaults: async () => {
        fake.setFaults([])
        await fake.comeBack()
      },
      counts: async () => ({
        creates: counted('create'),
        comments: counted('comment'),
        attachments: counted('attach'),
        writes: fake.ledger.length,
      }),
      calls: async () => fake.calls.length,
      hook: {
        good: async ({ id }) => {
          people.edit(Number(id), { subject: 'Rings' })
          return fake.posted.at(-1) ?? { bytes: new Uint8Array(), headers: {} }
        },
        sign: fake.sign,
        signatureHeader: 'x-zendesk-webhook-signature',
        maxAgeMs: 5 * 60_000,
      },
      close: async () => {
        await fake.close()
        await http.close()
      },
    },
    vendor,
  )
}

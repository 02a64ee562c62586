import { openTool } from '../../../src/connectors/open-tool.ts'
import type { FaultOrder } from '../../../src/connectors/redmine/fake/faults.ts'
import { startRedmineFake } from '../../../src/connectors/redmine/fake.ts'
import { redmine } from '../../../src/connectors/redmine/index.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'
import { vendorSchema } from '../vendor/openapi.ts'
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
  'cut download': { fault: 'half body', on: 'read' },
  'listing fails': { fault: 'server error', on: 'read' },
}

const WORKFLOW = {
  New: ['In Progress', 'Rejected'],
  'In Progress': ['Feedback', 'Resolved'],
  Feedback: ['In Progress'],
  Resolved: ['Closed', 'In Progress'],
}

/** Made by a third party from a Redmine 7, because Redmine publishes none. */
const spec = vendorSpec('redmine/openapi.yaml')
const vendor =
  spec === null
    ? null
    : {
        schema: vendorSchema(spec),
        accepts: [
          {
            problem: /must have required property/,
            because: 'it is about Redmine 7, which shows more than the Redmine 5 that the fake is like',
          },
          {
            problem: /query parameter (?:set_filter|f\[\]|op\[\w+\]|v\[\w+\]\[\]) is not known/,
            because: 'it leaves out the filters that Redmine’s own lists use',
          },
          {
            problem: /^GET \/attachments\/download\//,
            because: 'it leaves out the address that an attachment names as its content',
          },
        ],
      }

export const redmineSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startRedmineFake({ now, workflow: WORKFLOW })
  const { people, settings } = fake
  const http = openTool(redmine, settings, { now, allowPrivate: [fake.address] })
  const counted = (...whats: readonly string[]): number =>
    fake.ledger.filter(({ what }) => whats.includes(what)).length

  return subjectOf(
    redmine,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      indexLagMs: 0,
      container: 'atlas',
      otherContainer: 'borealis',
      createFields: {
        title: 'Login fails',
        description: 'After the *reset*',
        type: 'Bug',
        priority: 'High',
        owner: '6',
        component: 'Login',
        release: '2.1.0',
        due: '2026-02-01',
        'cf:Severity': 'High',
        'cf:CustomersAffected': '3',
        'cf:Browsers': ['Chrome', 'Safari'],
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'description', value: 'Other words' },
        { field: 'priority', value: 'Low' },
        { field: 'owner', value: '5' },
        { field: 'component', value: 'Export' },
        { field: 'release', value: '2.2.0' },
        { field: 'cf:Severity', value: 'Low' },
        { field: 'cf:Browsers', value: ['Firefox'] },
      ],
      canEmpty: 'due',
      unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: '424242' },
      richSample: 'h1. One & two\n\n* “three”\n\n<pre>\n  code\n</pre>',
      path: [
        { to: 'In Progress', fields: {} },
        { to: 'Resolved', fields: {} },
        { to: 'Closed', fields: {} },
      ],
      unreachable: 'Closed',
      // Redmine has versions but shows none over REST
      checksVersions: false,
      tellsOverwritten: true,
      missingId: '424242',
      secrets: [settings.apiKey],
      makeItemAsHuman: async (subject) => ({ id: String(people.create({ subject })) }),
      editAsHuman: async ({ id }, subject) => people.edit(Number(id), { subject }),
      commentAsHuman: async ({ id }, notes, visibility) =>
        people.comment(Number(id), notes, { isPrivate: visibility === 'internal' }),
      attachAsHuman: async ({ id }, name, bytes) => people.attach(Number(id), name, bytes),
      deleteAsHuman: async ({ id }) => people.delete(Number(id)),
      moveAsHuman: async ({ id }, identifier) => people.move(Number(id), identifier),
      linkAsHuman: null,
      faults: Object.keys(FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        const order = FAULTS[fault]
        if (order !== undefined) await fake.set(order === 'down' ? { down: true } : { next: [order] })
      },
      clearFaults: () => fake.set({}),
      counts: async () => ({
        creates: counted('issue'),
        comments: counted('note'),
        attachments: counted('attachment'),
        writes: fake.ledger.length,
      }),
      calls: async () => fake.calls(),
      hook: null,
      close: async () => {
        await fake.close()
        await http.close()
      },
    },
    vendor,
  )
}

import type { FaultOrder } from '../../../src/connectors/freshservice/fake/faults.ts'
import { startFreshserviceFake } from '../../../src/connectors/freshservice/fake.ts'
import { freshservice } from '../../../src/connectors/freshservice/index.ts'
import { placeOf, refIdOf } from '../../../src/connectors/freshservice/kinds.ts'
import { openTool } from '../../../src/connectors/open-tool.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

/** What each fault is there, and which requests it fits. */
const FAULTS: Readonly<Partial<Record<SubjectFault, readonly FaultOrder[]>>> = {
  refused: [],
  'commit then lose': [
    { fault: 'commit then lose', method: 'POST' },
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
  'listing fails': [{ fault: 'server error', path: /\/tickets$/ }],
}

const idOf = ({ id }: RemoteRef): number => placeOf(id)?.id ?? 0

export const freshserviceSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startFreshserviceFake({ now })
  const { people } = fake
  // Every kind in two workspaces: six lists, of which one is tried.
  const settings = { ...fake.settings, workspaces: ['2', '3'] }
  const http = openTool(freshservice, settings, { now, allowPrivate: [fake.host] })
  const counted = (...ops: readonly string[]): number =>
    fake.ledger.filter(({ op }) => ops.includes(op)).length

  return subjectOf(freshservice, settings, http, {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'ticket:2',
    otherContainer: 'ticket:3',
    createFields: {
      title: 'Login fails',
      description: '<p>After the <strong>reset</strong></p>',
      type: 'Incident',
      status: 'Open',
      priority: 'High',
      owner: '21000000002',
      requester: '21000000013',
      labels: ['login', 'vip'],
      due: '2026-02-01T12:00:00Z',
      'cf:urgency': 'Medium',
      'cf:impact': 'Medium',
      'cf:source': 'Phone',
      'cf:group': 'Service Desk',
      'cf:department': 'Finance & Control',
      'cf:category': 'Software',
      'cf:Severity': 'Severity high',
      'cf:Areas': ['Export', 'Invoices & more'],
      'cf:Version': '7.2',
      'cf:Customers affected': '3',
      'cf:Regression': true,
      'cf:Wanted by': '2026-03-01',
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: '<p>After the <em>second</em> reset</p>' },
      { field: 'priority', value: 'Low' },
      { field: 'owner', value: '21000000003' },
      { field: 'requester', value: '21000000014' },
      { field: 'labels', value: ['login', 'reset'] },
      { field: 'due', value: '2026-02-08T12:00:00Z' },
      { field: 'cf:urgency', value: 'High' },
      { field: 'cf:group', value: 'Network' },
      { field: 'cf:Severity', value: 'Severity low' },
      { field: 'cf:Areas', value: ['Import'] },
      { field: 'cf:Version', value: '7.3' },
      { field: 'cf:Customers affected', value: '4' },
      { field: 'cf:Regression', value: false },
    ],
    notOnAll: ['cf:risk', 'cf:change_type', 'cf:planned_start_date', 'cf:planned_end_date'],
    canEmpty: 'cf:Version',
    unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
    unknownPerson: { field: 'owner', value: '424242' },
    richSample:
      '<h2>One &amp; two</h2><ul><li>“three”</li><li><a href="https://example.com/">four</a></li></ul><pre>  code</pre>',
    path: [
      { to: 'Waiting on vendor', fields: {} },
      { to: 'Pending', fields: {} },
      { to: 'Resolved', fields: { 'cf:Root cause': 'Code' } },
      { to: 'Closed', fields: {} },
    ],
    unreachable: null,
    checksVersions: true,
    tellsOverwritten: false,
    missingId: 'ticket:424242',
    secrets: [settings.apiKey, settings.webhookSecret ?? ''],
    makeItemAsHuman: async (title) => ({ id: refIdOf('ticket', people.create('ticket', title)) }),
    editAsHuman: async (ref, subject) => people.edit('ticket', idOf(ref), { subject }),
    commentAsHuman: async (ref, text, visibility) =>
      people.note('ticket', idOf(ref), text, visibility === 'public'),
    attachAsHuman: async (ref, name, bytes) => people.attach(idOf(ref), name, bytes),
    deleteAsHuman: async (ref) => people.remove('ticket', idOf(ref)),
    moveAsHuman: async (ref) => people.move('ticket', idOf(ref), 3),
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
      good: async (ref) => {
        people.edit('ticket', idOf(ref), { subject: 'Rings' })
        return fake.posted.at(-1) ?? { bytes: new Uint8Array(), headers: {} }
      },
      sign: fake.sign,
      signatureHeader: 'x-causeway-secret',
      signsBody: false,
      maxAgeMs: null,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  })
}

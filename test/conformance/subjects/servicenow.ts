import { openTool } from '../../../src/connectors/open-tool.ts'
import type { Fault } from '../../../src/connectors/servicenow/fake/faults.ts'
import { startServiceNowFake } from '../../../src/connectors/servicenow/fake.ts'
import { servicenow } from '../../../src/connectors/servicenow/index.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

/** What each fault is there, and which requests it fits. */
const FAULTS: Readonly<Partial<Record<SubjectFault, readonly Fault[]>>> = {
  refused: [],
  'commit then lose': [
    { kind: 'commit then lose', method: 'POST' },
    { kind: 'commit then lose', method: 'PATCH' },
  ],
  'half body': [{ kind: 'half body' }],
  rate: [{ kind: 'rate' }],
  auth: [{ kind: 'auth' }],
  'server error': [{ kind: 'server error' }],
  html: [{ kind: 'html' }],
  'deep json': [{ kind: 'deep json' }],
  huge: [{ kind: 'huge' }],
  'cut download': [{ kind: 'half body', path: /\/attachment\/[0-9a-f]{32}\/file$/ }],
  // The quota that ends a list in the middle, with 200.
  'listing fails': [{ kind: 'quota', method: 'GET', path: /\/table\/incident$/ }],
}

const idOf = (ref: string): string => ref.slice(ref.indexOf(':') + 1)

/** ServiceNow publishes no schema: an instance exports its own (see the connector's README). */
export const servicenowSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startServiceNowFake({ now })
  // The limit of one megabyte can be tried; the audit tells what a write replaced.
  const settings = { ...fake.settings, audit: true, maxAttachmentMb: 1 }
  const { byHand } = fake
  const http = openTool(servicenow, settings, { now, allowPrivate: [fake.host] })
  // People see other times than the database holds, and other words.
  fake.account.language = 'de'
  let isDown = false
  const counted = (op: string): number =>
    fake.ledger.filter((entry) => entry.via === 'api' && entry.op === op).length

  return subjectOf(servicenow, settings, http, {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'incident',
    otherContainer: null,
    createFields: {
      title: 'Login fails',
      description: 'After the reset',
      owner: fake.idOf('sys_user', 'agent'),
      requester: fake.idOf('sys_user', 'customer'),
      due: '2026-02-01T12:00:00.000Z',
      'cf:category': 'Software',
      'cf:impact': '2 - Medium',
      'cf:urgency': '1 - High',
      'cf:assignment_group': 'Service Desk',
      'cf:business_service': 'Email',
      'cf:cmdb_ci': 'mail-01',
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'owner', value: fake.idOf('sys_user', 'lead') },
      { field: 'requester', value: fake.idOf('sys_user', 'agent') },
      { field: 'due', value: '2026-03-01T08:30:00.000Z' },
      { field: 'cf:category', value: 'Network' },
      { field: 'cf:assignment_group', value: 'Network' },
      { field: 'cf:business_service', value: 'Billing' },
    ],
    canEmpty: 'due',
    unknownOption: { field: 'cf:category', value: 'apocalyptic' },
    unknownPerson: { field: 'owner', value: 'f'.repeat(32) },
    richSample: 'One & two\n\n- “three”\n\n  <b>code</b>',
    path: [
      { to: 'In Progress', fields: {} },
      {
        to: 'Resolved',
        fields: { 'cf:close_code': 'Solution provided', 'cf:close_notes': 'Turned off and on' },
      },
      { to: 'Closed', fields: {} },
    ],
    unreachable: 'Closed',
    checksVersions: true,
    tellsOverwritten: true,
    missingId: `incident:${'f'.repeat(32)}`,
    secrets: [settings.password ?? '', settings.webhookSecret ?? ''],
    makeItemAsHuman: async (title) => ({
      id: `incident:${await byHand.create('incident', { short_description: title })}`,
    }),
    editAsHuman: ({ id }, title) => byHand.update('incident', idOf(id), { short_description: title }),
    commentAsHuman: ({ id }, text, visibility) =>
      byHand.update('incident', idOf(id), { [visibility === 'public' ? 'comments' : 'work_notes']: text }),
    attachAsHuman: ({ id }, name, bytes) =>
      byHand.attach('incident', idOf(id), {
        name,
        mediaType: 'application/octet-stream',
        content: Buffer.from(bytes),
      }),
    deleteAsHuman: ({ id }) => byHand.remove('incident', idOf(id)),
    moveAsHuman: null,
    linkAsHuman: null,
    faults: Object.keys(FAULTS) as readonly SubjectFault[],
    setFault: async (fault) => {
      fake.set(FAULTS[fault] ?? [])
      if (fault !== 'refused') return
      isDown = true
      await fake.goDown()
    },
    clearFaults: async () => {
      fake.set([])
      if (isDown) await fake.comeBack()
      isDown = false
    },
    counts: async () => ({
      creates: counted('create'),
      comments: counted('comment'),
      attachments: counted('attach'),
      writes: fake.ledger.filter(({ via }) => via === 'api').length,
    }),
    calls: async () => fake.calls.length,
    hook: {
      good: async ({ id }) => {
        await byHand.update('incident', idOf(id), { short_description: 'Rings' })
        return fake.hooks.made.at(-1) ?? { bytes: new Uint8Array(), headers: {} }
      },
      sign: (bytes) => ({ bytes, headers: fake.hooks.sign(bytes) }),
      signatureHeader: 'x-causeway-signature',
      maxAgeMs: 5 * 60_000,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  })
}

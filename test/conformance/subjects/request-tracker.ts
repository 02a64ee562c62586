import { openTool } from '../../../src/connectors/open-tool.ts'
import type { Fault } from '../../../src/connectors/request-tracker/fake/faults.ts'
import { startRequestTrackerFake } from '../../../src/connectors/request-tracker/fake.ts'
import { requestTracker } from '../../../src/connectors/request-tracker/index.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

/** What each fault is there, and which requests it fits. */
const FAULTS: Readonly<Partial<Record<SubjectFault, readonly Fault[]>>> = {
  refused: [],
  'commit then lose': [
    { kind: 'commit then lose', method: 'POST' },
    { kind: 'commit then lose', method: 'PUT' },
  ],
  'half body': [{ kind: 'half body' }],
  rate: [{ kind: 'rate' }],
  auth: [{ kind: 'auth' }],
  'server error': [{ kind: 'server error' }],
  html: [{ kind: 'html' }],
  'deep json': [{ kind: 'deep json' }],
  huge: [{ kind: 'huge' }],
  'cut download': [{ kind: 'half body', path: /^\/attachment\// }],
  'listing fails': [{ kind: 'server error', path: /^\/tickets/ }],
}

export const requestTrackerSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startRequestTrackerFake({ now })
  const { settings, byHand } = fake
  const http = openTool(requestTracker, settings, { now, allowPrivate: [fake.host] })
  let isDown = false
  const counted = (...ops: readonly string[]): number =>
    fake.ledger.filter(({ via, op }) => via === 'api' && ops.includes(op)).length

  return subjectOf(requestTracker, settings, http, {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'Support',
    otherContainer: 'Beacon',
    createFields: {
      title: 'Login fails',
      description: 'After the reset',
      priority: '20',
      owner: 'agent',
      requester: 'customer',
      due: '2026-02-01T12:00:00.000Z',
      'cf:Severity': 'High',
      'cf:Version': '7.2',
      'cf:Areas': ['export', 'import'],
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'priority', value: '40' },
      { field: 'owner', value: 'root' },
      { field: 'cf:Severity', value: 'Low' },
      { field: 'cf:Areas', value: ['billing'] },
    ],
    canEmpty: 'cf:Version',
    unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
    unknownPerson: { field: 'owner', value: 'nobody-of-that-name' },
    richSample: 'One & two\n\n- “three”\n\n  <b>code</b>',
    path: [
      { to: 'open', fields: {} },
      { to: 'stalled', fields: {} },
      { to: 'resolved', fields: {} },
    ],
    // its own lifecycle lets every status be set
    unreachable: null,
    // RT keeps a quote in a name as it is escaped, so the connector replaces it
    shownFileName: (name) => name.replaceAll('"', "'"),
    checksVersions: true,
    tellsOverwritten: false,
    missingId: '424242',
    secrets: [settings.token, settings.webhookSecret ?? ''],
    makeItemAsHuman: async (title) => ({ id: await byHand.create({ Subject: title }) }),
    editAsHuman: ({ id }, title) => byHand.update(id, { Subject: title }),
    commentAsHuman: async ({ id }, text, visibility) => {
      await byHand.comment(id, text, visibility)
    },
    attachAsHuman: ({ id }, filename, content) =>
      byHand.attach(id, { filename, mediaType: 'application/octet-stream', content }, 'public'),
    deleteAsHuman: ({ id }) => byHand.remove(id),
    moveAsHuman: ({ id }, container) => byHand.update(id, { Queue: container }),
    linkAsHuman: ({ id }, url) => byHand.update(id, { AddRefersTo: [url] }),
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
      comments: counted('comment', 'correspond'),
      attachments: counted('attach'),
      writes: fake.ledger.filter(({ via }) => via === 'api').length,
    }),
    calls: async () => fake.calls.length,
    hook: {
      good: async ({ id }) => {
        await byHand.update(id, { Subject: 'Rings' })
        return fake.hooks.made.at(-1) ?? { bytes: new Uint8Array(), headers: {} }
      },
      sign: (bytes) => ({ bytes, headers: fake.hooks.sign(bytes, 'd-1') }),
      signatureHeader: 'x-rt-signature',
      maxAgeMs: 5 * 60_000,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  })
}

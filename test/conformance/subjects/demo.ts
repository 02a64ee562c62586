import { createDemoTool, type DemoTool } from '../../../src/connectors/demo/fake.ts'
import { type DemoSettings, demoDesk, demoTracker } from '../../../src/connectors/demo/index.ts'
import { demoTools } from '../../../src/connectors/demo/instances.ts'
import { seededRandom } from '../../../src/connectors/demo/seeded-random.ts'
import { serveDemoTool } from '../../../src/connectors/demo/serve.ts'
import type { DemoFault } from '../../../src/connectors/demo/tool/faults.ts'
import { signHook } from '../../../src/connectors/demo/tool/hooks.ts'
import type { DemoKind, DemoTraits } from '../../../src/connectors/demo/tool/model.ts'
import { openHttp } from '../../../src/connectors/http.ts'
import type { Http } from '../../../src/sync/connector.ts'
import type { ToolFields } from '../../../src/sync/snapshot.ts'
import { type Subject, type SubjectFault, subjectOf, type Tool } from '../subject.ts'

/** The demo tools as subjects: in this process with a clock that is set by hand, and over HTTP. */

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')
const TOKEN = 'demo-token-7f3a'

const connectorOf = (kind: DemoKind) => (kind === 'desk' ? demoDesk : demoTracker)

let made = 0

/** A desk that can do as little as a tool may: what it cannot do must be refused, never half done. */
export const POOR: Partial<DemoTraits> = {
  idempotency: 'none',
  comments: { public: true, internal: false, edit: false, delete: false },
  attachments: { read: true, write: true, delete: false, maxBytes: 100_000 },
  links: false,
  webhooks: false,
  deletionsSeen: false,
  checksVersions: false,
  tellsOverwritten: false,
  answersWithItem: false,
  pageSize: 7,
}

export const demoSubject = async (kind: DemoKind, traits: Partial<DemoTraits> = {}): Promise<Subject> => {
  const { clock, tool } = newTool(kind, traits)
  demoTools.set(tool.name, tool)
  const more = { faults: ALL_FAULTS, setFault: async (fault: SubjectFault) => queued(tool, fault) }
  const close = async () => void demoTools.delete(tool.name)
  const settings: DemoSettings = { instance: tool.name }
  return subjectOf(connectorOf(kind), settings, NO_HTTP, {
    ...toolSubject(kind, tool, clock),
    ...more,
    close,
  })
}

export const servedDemoSubject = async (kind: DemoKind): Promise<Subject> => {
  const { clock, tool } = newTool(kind)
  const served = await serveDemoTool(tool)
  const { host } = new URL(served.url)
  const connector = connectorOf(kind)
  const settings: DemoSettings = { url: served.url, token: TOKEN, webhookSecret: tool.webhookSecret }
  const http = openHttp({
    baseUrl: served.url,
    headers: () => connector.headers(settings),
    now: clock.now,
    allowPrivate: [host],
  })
  let isDown = false
  return subjectOf(connector, settings, http, {
    ...toolSubject(kind, tool, clock),
    faults: ALL_FAULTS,
    setFault: async (fault) => {
      if (fault !== 'refused') return queued(tool, fault)
      isDown = true
      await served.goDown()
    },
    clearFaults: async () => {
      tool.faults.clear()
      if (isDown) await served.comeBack()
      isDown = false
    },
    close: async () => {
      await served.close()
      await http.close()
    },
  })
}

const newTool = (kind: DemoKind, traits: Partial<DemoTraits> = {}) => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  made += 1
  const tool = createDemoTool({
    kind,
    name: `conformance ${made}`,
    now,
    random: seededRandom(made),
    token: TOKEN,
    traits: { tellsOverwritten: true, ...traits },
    resolutionMs: 1_000,
    indexLagMs: 3_000,
    hookDelivery: 'manual',
  })
  if (kind === 'tracker') tool.humanRelease('ENG', '2026.1')
  const later = async (more: number): Promise<void> => {
    ms += more
  }
  return { tool, clock: { now, later } }
}

const DEMO_FAULT: Readonly<Record<SubjectFault, DemoFault>> = {
  refused: 'down',
  'commit then lose': 'commitThenLose',
  'half body': 'halfBody',
  rate: 'rate',
  auth: 'auth',
  'server error': 'commitThenServerError',
  html: 'html',
  'deep json': 'deepJson',
  huge: 'huge',
  'cut download': 'cutDownload',
  'listing fails': 'listingFails',
}
const ALL_FAULTS = Object.keys(DEMO_FAULT) as readonly SubjectFault[]

const queued = (tool: DemoTool, fault: SubjectFault): void => {
  tool.faults.queue(DEMO_FAULT[fault])
  // for reads, which have nothing to commit
  if (fault === 'server error') tool.faults.queue('serverError', { op: 'get' })
}

const DESK_FIELDS: ToolFields = {
  title: 'Login fails',
  description: '<p>After the <b>reset</b></p>',
  type: 'incident',
  priority: 'high',
  owner: 'u-ada',
  requester: 'u-carla',
  labels: ['login', 'portal'],
  due: '2026-02-01',
  'cf:Severity': 'high',
  'cf:Version': '7.2',
  'cf:Hours': 1.5,
}
const TRACKER_FIELDS: ToolFields = {
  title: 'Login fails',
  description: 'After the **reset**',
  type: 'Bug',
  priority: 'P2',
  owner: 'u-eve',
  component: 'login',
  release: '2026.1',
  labels: ['login'],
  due: '2026-02-01',
  'cf:Severity': 'high',
  'cf:Customers': 3,
}

const toolSubject = (
  kind: DemoKind,
  tool: DemoTool,
  clock: Pick<Tool, 'now' | 'later'>,
): Omit<Tool, 'faults' | 'setFault' | 'close'> => {
  const isDesk = kind === 'desk'
  const counted = (op: string) => tool.ledger.filter((entry) => entry.via === 'api' && entry.op === op).length
  return {
    ...clock,
    indexLagMs: 3_000,
    container: isDesk ? 'support' : 'ENG',
    otherContainer: isDesk ? 'vip' : 'GATE',
    createFields: isDesk ? DESK_FIELDS : TRACKER_FIELDS,
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'priority', value: isDesk ? 'low' : 'P4' },
      { field: 'owner', value: isDesk ? 'u-ben' : 'u-finn' },
      { field: 'labels', value: ['a', 'b'] },
      { field: 'cf:Severity', value: 'low' },
    ],
    canEmpty: 'due',
    unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
    unknownPerson: { field: 'owner', value: 'u-nobody' },
    richSample: isDesk
      ? '<p>One &amp; two</p><ul><li>“three”</li></ul><pre>  code\n  more</pre>'
      : '# One & two\n\n- “three”\n\n```\n  code\n```\n',
    path: isDesk
      ? [
          { to: 'open', fields: {} },
          { to: 'solved', fields: {} },
        ]
      : [
          { to: 'backlog', fields: {} },
          { to: 'in progress', fields: { owner: 'u-finn' } },
        ],
    unreachable: isDesk ? null : 'done',
    checksVersions: tool.setup.traits.checksVersions,
    tellsOverwritten: tool.setup.traits.tellsOverwritten,
    missingId: '424242',
    secrets: [TOKEN, tool.webhookSecret],
    makeItemAsHuman: async (title) => ({
      id: tool.humanCreate({ container: isDesk ? 'support' : 'ENG', fields: { title } }).id,
    }),
    editAsHuman: async ({ id }, title) => void tool.humanEdit(id, { title }),
    commentAsHuman: async ({ id }, text, visibility) => void tool.humanComment(id, text, { visibility }),
    attachAsHuman: async ({ id }, name, content) => void tool.humanAttach(id, { name, content }),
    deleteAsHuman: async ({ id }) => tool.humanDelete(id),
    moveAsHuman: async ({ id }, container) => void tool.humanMove(id, container),
    linkAsHuman: async ({ id }, url) => tool.humanLink(id, url, 'A page'),
    clearFaults: async () => tool.faults.clear(),
    counts: async () => ({
      creates: counted('create'),
      comments: counted('comment.add'),
      attachments: counted('attach'),
      writes: tool.ledger.filter(({ via }) => via === 'api').length,
    }),
    calls: async () => tool.calls.length,
    // one that rings no bell has none to try
    hook: !tool.setup.traits.webhooks
      ? null
      : {
          good: (ref) =>
            new Promise((resolve) => {
              const stop = tool.subscribe((delivery) => {
                stop()
                resolve(delivery)
              })
              tool.humanEdit(ref.id, { title: 'Rings' })
              void tool.deliverHooks()
            }),
          sign: (bytes) => {
            const stamp = String(Math.floor(clock.now().getTime() / 1000))
            const headers = {
              'x-demo-timestamp': stamp,
              'x-demo-signature': signHook(tool.webhookSecret, stamp, bytes),
              'x-demo-delivery': 'd-1',
            }
            return { bytes, headers }
          },
          signatureHeader: 'x-demo-signature',
          maxAgeMs: 5 * 60_000,
        },
  }
}

const NO_HTTP: Http = {
  request: () => Promise.reject(new Error('a tool of this process is not called over HTTP')),
  download: () => Promise.reject(new Error('a tool of this process is not called over HTTP')),
}

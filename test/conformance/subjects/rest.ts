import { createHmac } from 'node:crypto'
import { openTool } from '../../../src/connectors/open-tool.ts'
import type { FakeFault } from '../../../src/connectors/rest/fake.ts'
import { startRestFake } from '../../../src/connectors/rest/fake.ts'
import { rest } from '../../../src/connectors/rest/index.ts'
import { type HookSample, type Subject, type SubjectFault, subjectOf } from '../subject.ts'

/** Any tool with a JSON API, by the declaration of its fake. */

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')
const WEBHOOK_SECRET = 'secret of the fake tool'

const FAULTS: Readonly<
  Partial<Record<SubjectFault, { readonly next: FakeFault; readonly on: 'all' | 'reads' | 'writes' }>>
> = {
  'commit then lose': { next: 'drop after', on: 'writes' },
  'half body': { next: 'half body', on: 'all' },
  rate: { next: 'rate limited', on: 'all' },
  'server error': { next: 'error after', on: 'all' },
  html: { next: 'html', on: 'all' },
  'deep json': { next: 'deep', on: 'all' },
  huge: { next: 'huge', on: 'all' },
  'cut download': { next: 'half body', on: 'reads' },
  'listing fails': { next: 'error before', on: 'reads' },
}

export const restSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startRestFake({ now })
  const settings = { ...fake.settings, webhookSecret: WEBHOOK_SECRET }
  const http = openTool(rest, settings, { now, allowPrivate: [fake.host] })
  const signed = (bytes: Uint8Array): HookSample => {
    const stamp = String(Math.floor(ms / 1000))
    const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${stamp}.`).update(bytes).digest('hex')
    const headers = {
      'content-type': 'application/json',
      'x-fake-timestamp': stamp,
      'x-fake-delivery': 'd-1',
      'x-fake-signature': `sha256=${signature}`,
    }
    return { bytes, headers }
  }
  const counted = (op: string): number =>
    fake.ledger.filter((entry) => entry.by === 'u-bot' && entry.op === op).length

  return subjectOf(rest, settings, http, {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'FAKE',
    otherContainer: null,
    createFields: {
      title: 'Login fails',
      description: 'After the **reset**',
      priority: 'high',
      owner: 'u-1',
      labels: ['login', 'portal'],
      due: '2026-02-01',
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'priority', value: 'low' },
      { field: 'owner', value: 'u-bot' },
      { field: 'labels', value: ['a', 'b'] },
    ],
    canEmpty: 'due',
    unknownOption: { field: 'status', value: 'apocalyptic' },
    unknownPerson: { field: 'owner', value: 'u-nobody' },
    richSample: '# One & two\n\n- “three”\n\n```\n  code\n```\n',
    path: [
      { to: 'in progress', fields: {} },
      { to: 'fixed', fields: {} },
    ],
    unreachable: null,
    // its declaration does not say `ifMatch`
    checksVersions: false,
    tellsOverwritten: false,
    // the fake unescapes more of a name than browsers escape
    shownFileName: decodeURIComponent,
    missingId: '424242',
    secrets: [settings.secret ?? '', WEBHOOK_SECRET],
    makeItemAsHuman: async (title) => ({ id: fake.make({ title }).id }),
    editAsHuman: async ({ id }, title) => {
      fake.edit(id, { title })
    },
    commentAsHuman: async ({ id }, text, visibility) => fake.comment(id, text, visibility === 'internal'),
    attachAsHuman: null,
    deleteAsHuman: async ({ id }) => fake.remove(id),
    moveAsHuman: null,
    linkAsHuman: null,
    faults: Object.keys(FAULTS) as readonly SubjectFault[],
    setFault: async (fault) => {
      const order = FAULTS[fault]
      if (order !== undefined) fake.set({ next: [order.next], on: order.on })
    },
    clearFaults: async () => fake.set({ next: [], on: 'all' }),
    counts: async () => ({
      creates: counted('create'),
      comments: counted('comment.add'),
      attachments: counted('attach'),
      writes: fake.ledger.filter(({ by }) => by === 'u-bot').length,
    }),
    calls: async () => fake.counts.calls,
    hook: {
      good: async ({ id }) => signed(Buffer.from(JSON.stringify({ event: 'issue.updated', issue: { id } }))),
      sign: signed,
      signatureHeader: 'x-fake-signature',
      maxAgeMs: 300_000,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  })
}

import type { FaultOrder } from '../../../src/connectors/gitlab/fake/faults.ts'
import { startGitLabFake } from '../../../src/connectors/gitlab/fake.ts'
import { gitlab } from '../../../src/connectors/gitlab/index.ts'
import { openHttp } from '../../../src/connectors/http.ts'
import { type Subject, type SubjectFault, subjectOf, type Tool } from '../subject.ts'
import { gitlabVendor } from '../vendor/gitlab.ts'

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

const vendor = gitlabVendor()

export const gitlabSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startGitLabFake({ now })
  const { people, settings } = fake
  const http = openHttp({
    baseUrl: gitlab.baseUrl(settings),
    headers: () => gitlab.headers(settings),
    now,
    allowPrivate: [fake.address],
  })
  const counted = (...whats: readonly string[]): number =>
    fake.ledger.filter(({ what }) => whats.includes(what)).length

  const tool = {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'northwind/atlas',
    otherContainer: 'northwind/borealis',
    createFields: {
      title: 'Login fails',
      description: 'After the **reset**',
      type: 'incident',
      priority: '1',
      owner: '6',
      release: '2.1',
      labels: ['backend', 'customer'],
      due: '2026-02-01',
      'cf:team': 'login',
      'cf:weight': 3,
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'type', value: 'issue' },
      { field: 'priority', value: '3' },
      { field: 'owner', value: '7' },
      { field: 'release', value: '2.2' },
      { field: 'labels', value: ['urgent'] },
      { field: 'due', value: '2026-03-01' },
      { field: 'cf:team', value: 'export' },
      { field: 'cf:confidential', value: true },
    ],
    notOnAll: ['cf:health_status'],
    canEmpty: 'release',
    unknownOption: { field: 'cf:team', value: 'apocalypse' },
    unknownPerson: { field: 'owner', value: '424242' },
    richSample: '## One & two\n\n- “three”\n- [ ] four\n\n```\n  code\n```\n\n> five #12 !3 @dora',
    path: [
      { to: 'doing', fields: {} },
      { to: 'review', fields: {} },
      { to: 'closed', fields: {} },
      { to: 'opened', fields: {} },
    ],
    // any status can be set
    unreachable: null,
    // compared by the connector, right before it writes
    checksVersions: true,
    tellsOverwritten: false,
    missingId: '4:424242',
    secrets: [settings.token, settings.webhookSecret ?? ''],
    makeItemAsHuman: async (title) => ({ id: people.create({ title }) }),
    editAsHuman: async ({ id }, title) => people.edit(id, { title }),
    commentAsHuman: async ({ id }, text, visibility) =>
      people.comment(id, text, { internal: visibility === 'internal' }),
    attachAsHuman: async ({ id }, name, bytes) => people.attach(id, name, bytes),
    deleteAsHuman: async ({ id }) => people.remove(id),
    moveAsHuman: async ({ id }, path) => {
      people.move(id, path)
    },
    linkAsHuman: null,
    faults: Object.keys(FAULTS) as readonly SubjectFault[],
    setFault: async (fault) => {
      const order = FAULTS[fault]
      if (order !== undefined) await (order === 'down' ? fake.set([], { down: true }) : fake.set([order]))
    },
    clearFaults: () => fake.set([]),
    counts: async () => ({
      creates: counted('issue'),
      comments: counted('note'),
      attachments: counted('file note'),
      writes: fake.ledger.length,
    }),
    calls: async () => fake.calls.length,
    hook: {
      good: async ({ id }) => fake.ring(id),
      sign: (bytes) => fake.sign(bytes),
      signatureHeader: 'webhook-signature',
      maxAgeMs: 5 * 60_000,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  } satisfies Tool
  return subjectOf(gitlab, settings, http, tool, vendor)
}

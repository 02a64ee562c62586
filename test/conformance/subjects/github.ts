import type { FaultOrder } from '../../../src/connectors/github/fake/faults.ts'
import { signedHook } from '../../../src/connectors/github/fake/hooks.ts'
import { startGithubFake } from '../../../src/connectors/github/fake.ts'
import { github } from '../../../src/connectors/github/index.ts'
import { openHttp } from '../../../src/connectors/http.ts'
import { type HookSample, type Subject, type SubjectFault, subjectOf } from '../subject.ts'
import { githubVendor } from '../vendor/github.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

const FAULTS: Readonly<Partial<Record<SubjectFault, FaultOrder | 'down'>>> = {
  refused: 'down',
  'commit then lose': { fault: 'commit then drop', on: 'write' },
  'half body': { fault: 'half body' },
  rate: { fault: 'secondary limit' },
  auth: { fault: 'auth' },
  'server error': { fault: 'server error after commit' },
  html: { fault: 'html' },
  'deep json': { fault: 'deep json' },
  huge: { fault: 'huge' },
  'cut download': { fault: 'half body', on: 'read' },
  'listing fails': { fault: 'server error', on: 'read' },
}

const GUID = '72d3162e-cc78-11e3-81ab-4c9367dc0958'

export const githubSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startGithubFake({ now })
  const { people, state } = fake
  const settings = { ...fake.settings, projects: { Roadmap: 'acme/7' } }
  const http = openHttp({
    baseUrl: github.baseUrl(settings),
    headers: () => github.headers(settings),
    now,
    allowPrivate: [fake.address],
  })
  const counted = (what: string): number => fake.ledger.filter((each) => each.what === what).length
  const signed = (bytes: Uint8Array): HookSample => {
    const { headers } = signedHook(settings.webhookSecret ?? '', 'issues', GUID, Buffer.from(bytes))
    return { bytes, headers }
  }
  const repositoryOf = (container: string): string => container.split('/')[1] ?? ''

  return subjectOf(
    github,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      indexLagMs: 0,
      container: 'acme/road',
      otherContainer: 'acme/bridge',
      createFields: {
        title: 'Login fails',
        description: 'After the **reset**',
        type: 'Bug',
        priority: 'high',
        owner: '901',
        component: 'Login',
        release: '2.1.0',
        labels: ['bug', 'portal'],
        'cf:Severity': '1',
        'cf:Roadmap · Status': 'Todo',
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'description', value: 'Other words' },
        { field: 'type', value: 'Feature' },
        { field: 'priority', value: 'low' },
        { field: 'owner', value: '902' },
        { field: 'component', value: 'Export' },
        { field: 'release', value: '2.2.0' },
        { field: 'labels', value: ['login'] },
        { field: 'cf:Severity', value: '2' },
        { field: 'cf:Roadmap · Status', value: 'Done' },
      ],
      canEmpty: 'release',
      unknownOption: { field: 'priority', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: '424242' },
      richSample: '# One & two\n\n- “three”\n\n```\n  code\n```\n',
      path: [
        { to: 'completed', fields: {} },
        { to: 'open', fields: {} },
        { to: 'not planned', fields: {} },
        { to: 'duplicate', fields: {} },
      ],
      unreachable: null,
      // GitHub compares nothing on a write.
      checksVersions: false,
      tellsOverwritten: true,
      missingId: '11-424242',
      secrets: [settings.token ?? '', settings.webhookSecret ?? ''],
      makeItemAsHuman: async (title) => ({ id: people.create({ title }) }),
      editAsHuman: async ({ id }, title) => people.edit(id, { title }),
      commentAsHuman: async ({ id }, text) => void people.comment(id, text),
      attachAsHuman: async ({ id }, name, bytes) => void people.attach(id, name, bytes),
      deleteAsHuman: async ({ id }) => people.delete(id),
      moveAsHuman: async ({ id }, container) => void people.transfer(id, repositoryOf(container)),
      linkAsHuman: null,
      faults: Object.keys(FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        const order = FAULTS[fault]
        if (order !== undefined) await fake.set(order === 'down' ? { down: true } : { next: [order] })
      },
      clearFaults: () => fake.set({}),
      counts: async () => ({
        creates: counted('issue'),
        comments: counted('comment'),
        attachments: 0,
        writes: fake.ledger.length,
      }),
      calls: async () => fake.calls(),
      hook: {
        good: async ({ id }) => {
          const [repository, number] = id.split('-').map(Number)
          const at = state.repositories.find((each) => each.id === repository)
          const body = { action: 'edited', issue: { id: 1, number }, repository: { id: at?.id } }
          return signed(Buffer.from(JSON.stringify(body)))
        },
        sign: signed,
        signatureHeader: 'x-hub-signature-256',
        // GitHub signs no time.
        maxAgeMs: null,
      },
      close: async () => {
        await fake.close()
        await http.close()
      },
    },
    githubVendor(),
  )
}

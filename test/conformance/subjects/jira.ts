import type { FaultOrder } from '../../../src/connectors/atlassian/fake/faults.ts'
import type { JiraFake, JiraFakeOptions } from '../../../src/connectors/atlassian/fake.ts'
import type { JiraSettings } from '../../../src/connectors/atlassian/settings.ts'
import { openHttp } from '../../../src/connectors/http.ts'
import { startJiraFake } from '../../../src/connectors/jira/fake.ts'
import { jira } from '../../../src/connectors/jira/index.ts'
import type { Connector } from '../../../src/sync/connector.ts'
import { type Subject, type SubjectFault, subjectOf, type Tool } from '../subject.ts'
import { vendorSchema } from '../vendor/openapi.ts'
import { vendorSpec } from '../vendor/specs.ts'
import { inWords } from './jira-words.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')
/** The index of the fake lags; as long as the connector must reckon with. */
const LAG_MS = 20_000

export const JIRA_FAULTS: Readonly<Partial<Record<SubjectFault, FaultOrder | 'down'>>> = {
  refused: 'down',
  'commit then lose': { fault: 'commit then drop', on: 'write' },
  'half body': { fault: 'half body' },
  rate: { fault: 'rate' },
  auth: { fault: 'auth' },
  'server error': { fault: 'server error' },
  html: { fault: 'html' },
  'deep json': { fault: 'deep json' },
  huge: { fault: 'huge' },
  'cut download': { fault: 'half body', on: 'read' },
  'listing fails': { fault: 'server error', on: 'read' },
}

const document = (...paragraphs: readonly string[]): string =>
  JSON.stringify({
    type: 'doc',
    version: 1,
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  })

const RICH_DOCUMENT = JSON.stringify({
  type: 'doc',
  version: 1,
  content: [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'One & two' }] },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            { type: 'paragraph', content: [{ type: 'text', text: '“three”', marks: [{ type: 'strong' }] }] },
          ],
        },
      ],
    },
    { type: 'codeBlock', attrs: { language: 'ts' }, content: [{ type: 'text', text: '  code <b>' }] },
  ],
})

let schema: ReturnType<typeof vendorSchema> | null | undefined
/** A large one: it is read when the first subject asks. */
const cloudSchema = () => {
  if (schema !== undefined) return schema
  const spec = vendorSpec('atlassian/jira-cloud-platform-v3.openapi.json')
  schema = spec === null ? null : vendorSchema(spec)
  return schema
}

export const cloudVendor = () => {
  const found = cloudSchema()
  return found === null
    ? null
    : {
        schema: found,
        accepts: [
          {
            problem:
              /^GET \/rest\/api\/3\/issue\/\{issueIdOrKey\}\/remotelink: the answer: {2}must be object/,
            because: 'it says one link, and its own example beside it shows a list',
          },
          {
            problem:
              /the answer: \/changelog\/histories\/\d+\/items\/\d+\/(from|fromString|to|toString) must be string/,
            because: 'it leaves out that an empty side of a change is null',
          },
          {
            problem: /^\w+ \/rest\/servicedeskapi\/.*knows no such operation$/,
            because: 'it is about Jira without the desk, whose interface is described elsewhere',
          },
        ],
      }
}

/** One of the connectors to Jira on the fake that is like its Jira. */
export const subjectOnJira = async <S extends JiraSettings>(
  connector: Connector<S>,
  start: (options: JiraFakeOptions) => Promise<Omit<JiraFake, 'settings'> & { readonly settings: S }>,
  cloud: boolean,
  more: Partial<Tool> = {},
): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await start({ now, cloud, lagMs: LAG_MS })
  const { people, settings } = fake
  const http = openHttp({
    baseUrl: connector.baseUrl(settings),
    headers: () => connector.headers(settings),
    now,
    allowPrivate: [fake.address],
  })
  let isDown = false
  const counted = (what: string): number => fake.ledger.filter((each) => each.what === what).length
  const words = cloud ? document('After the reset') : 'After the *reset*'
  const subject = subjectOf(
    connector,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      indexLagMs: LAG_MS,
      container: 'ATLAS',
      otherContainer: 'BOREALIS',
      createFields: {
        title: 'Login fails',
        description: words,
        type: 'Bug',
        priority: 'High',
        owner: 'account-of-lee',
        requester: 'account-of-dora',
        component: 'Login',
        release: '2.1.0',
        labels: ['alpha', 'beta'],
        due: '2026-02-01',
        'cf:Severity': 'High',
        'cf:Customers affected': 3,
        'cf:Browsers': ['Chrome', 'Safari'],
        'cf:Found in': '2.0',
        'cf:customfield_10017': 'Two teams are called this',
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'description', value: cloud ? document('Other', 'words') : 'Other words' },
        { field: 'priority', value: 'Low' },
        { field: 'owner', value: 'account-of-dora' },
        { field: 'component', value: 'Export' },
        { field: 'release', value: ['2.1.0', '2.2.0'] },
        { field: 'labels', value: ['gamma'] },
        { field: 'due', value: '2026-03-01' },
        { field: 'cf:Severity', value: 'Low' },
        { field: 'cf:Browsers', value: ['Firefox'] },
      ],
      canEmpty: 'due',
      unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: 'account-of-nobody' },
      richSample: cloud ? RICH_DOCUMENT : 'h1. One & two\n\n* “three”\n\n{code}\n  code\n{code}',
      path: [
        { to: 'In Progress', fields: {} },
        { to: 'In Review', fields: {} },
        { to: 'Done', fields: { 'cf:Resolution': 'Fixed' } },
      ],
      unreachable: 'Done',
      shownFileName: (name) => name.replaceAll('"', "'"),
      // Jira has no versions of issues to compare
      checksVersions: false,
      tellsOverwritten: true,
      missingId: '424242',
      secrets: [settings.token ?? '', settings.webhookSecret ?? ''],
      makeItemAsHuman: async (summary) => ({ id: people.create({ summary }) }),
      editAsHuman: async ({ id }, summary) => people.edit(id, { summary }),
      commentAsHuman: async ({ id }, text, visibility) => people.comment(id, text, visibility === 'internal'),
      attachAsHuman: async ({ id }, name, bytes) => people.attach(id, name, bytes),
      deleteAsHuman: async ({ id }) => people.delete(id),
      moveAsHuman: async ({ id }, key) => people.move(id, key),
      linkAsHuman: async ({ id }, url) => people.link(id, url),
      faults: Object.keys(JIRA_FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        const order = JIRA_FAULTS[fault]
        if (order !== undefined && order !== 'down') return fake.set([order])
        isDown = true
        await fake.goDown()
      },
      clearFaults: async () => {
        fake.set([])
        if (isDown) await fake.comeBack()
        isDown = false
      },
      counts: async () => ({
        creates: counted('issue'),
        comments: counted('comment'),
        attachments: counted('attachment'),
        writes: fake.ledger.length,
      }),
      calls: async () => fake.calls(),
      hook: {
        good: async ({ id }) => fake.hook.about(id),
        sign: (bytes) => ({ bytes, headers: fake.hook.sign(bytes) }),
        signatureHeader: 'x-hub-signature',
        maxAgeMs: null,
      },
      close: async () => {
        await fake.close()
        await http.close()
      },
      ...more,
    },
    cloud ? cloudVendor() : null,
  )
  return cloud ? { ...subject, connect: () => inWords(subject.connect()) } : subject
}

export const jiraCloudSubject = (): Promise<Subject> => subjectOnJira(jira, startJiraFake, true)
export const jiraDataCenterSubject = (): Promise<Subject> => subjectOnJira(jira, startJiraFake, false)

import type { FaultOrder } from '../../../src/connectors/azure-devops/fake/faults.ts'
import { FAKE_HOOK_SECRET, startAzureFake } from '../../../src/connectors/azure-devops/fake.ts'
import { azureDevops } from '../../../src/connectors/azure-devops/index.ts'
import { openTool } from '../../../src/connectors/open-tool.ts'
import { type HookSample, type Subject, type SubjectFault, subjectOf } from '../subject.ts'
import { azureVendor } from '../vendor/azure-devops.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

const FAULTS: Readonly<Partial<Record<SubjectFault, FaultOrder | 'down'>>> = {
  refused: 'down',
  'commit then lose': { fault: 'commit then drop', on: 'write' },
  'half body': { fault: 'half body' },
  rate: { fault: 'rate' },
  auth: { fault: 'signed out' },
  'server error': { fault: 'server error after commit' },
  html: { fault: 'html' },
  'deep json': { fault: 'deep json' },
  huge: { fault: 'huge' },
  'cut download': { fault: 'half body', on: 'read' },
  'listing fails': { fault: 'server error', on: 'read' },
}

export const azureDevopsSubject = async (): Promise<Subject> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startAzureFake({ now })
  const { people, settings } = fake
  const http = openTool(azureDevops, settings, { now, allowPrivate: [fake.address] })
  let isDown = false
  const counted = (...whats: readonly string[]): number =>
    fake.ledger.filter(({ what }) => whats.includes(what)).length
  const sent = (bytes: Uint8Array): HookSample => ({
    bytes,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-causeway-secret': FAKE_HOOK_SECRET },
  })

  return subjectOf(
    azureDevops,
    settings,
    http,
    {
      now,
      later: async (more) => {
        ms += more
      },
      indexLagMs: 0,
      container: 'Fabrikam Fiber',
      otherContainer: 'Tailspin',
      createFields: {
        title: 'Login fails',
        description: '<p>After the <b>reset</b></p>',
        type: 'Bug',
        priority: '1',
        owner: 'dora@fabrikam.example',
        component: 'Website\\Login',
        release: 'Release 1',
        labels: ['login', 'portal'],
        due: '2026-02-01',
        'cf:Severity': '2 - High',
        'cf:Customers Affected': 3,
        'cf:Regression': true,
      },
      changes: [
        { field: 'title', value: 'Login fails again' },
        { field: 'description', value: '<p>Other words</p>' },
        { field: 'priority', value: '3' },
        { field: 'owner', value: 'causeway@fabrikam.example' },
        { field: 'component', value: 'Service' },
        { field: 'release', value: 'Release 1\\Sprint 1' },
        { field: 'labels', value: ['portal', 'sso'] },
        { field: 'due', value: '2026-03-01' },
        { field: 'cf:Severity', value: '4 - Low' },
        { field: 'cf:Customers Affected', value: 5 },
      ],
      canEmpty: 'due',
      unknownOption: { field: 'cf:Severity', value: 'apocalyptic' },
      unknownPerson: { field: 'owner', value: 'nobody@fabrikam.example' },
      richSample: '<h1>One &amp; two</h1><ul><li>“three”</li></ul><pre>  code</pre>',
      path: [
        { to: 'Active', fields: {} },
        { to: 'Resolved', fields: {} },
        { to: 'Closed', fields: {} },
      ],
      unreachable: 'Closed',
      checksVersions: true,
      tellsOverwritten: true,
      missingId: '424242',
      secrets: [settings.token ?? '', FAKE_HOOK_SECRET],
      makeItemAsHuman: async (title) => ({ id: String(people.create({ 'System.Title': title })) }),
      editAsHuman: async ({ id }, title) => people.edit(Number(id), { 'System.Title': title }),
      commentAsHuman: async ({ id }, text) => {
        people.comment(Number(id), text)
      },
      attachAsHuman: async ({ id }, name, bytes) => {
        people.attach(Number(id), name, bytes)
      },
      deleteAsHuman: async ({ id }) => people.delete(Number(id)),
      moveAsHuman: async ({ id }, project) => people.move(Number(id), project),
      linkAsHuman: async ({ id }, url) => people.link(Number(id), url),
      faults: Object.keys(FAULTS) as readonly SubjectFault[],
      setFault: async (fault) => {
        const order = FAULTS[fault]
        if (order === 'down') {
          isDown = true
          await fake.goDown()
        } else if (order !== undefined) fake.set([order])
      },
      clearFaults: async () => {
        fake.set([])
        if (isDown) await fake.comeBack()
        isDown = false
      },
      counts: async () => ({
        creates: counted('create'),
        comments: counted('comment'),
        attachments: counted('attachment'),
        writes: fake.ledger.length,
      }),
      calls: async () => fake.calls(),
      hook: {
        good: async ({ id }) => sent(fake.postFor(Number(id))),
        sign: sent,
        signatureHeader: 'x-causeway-secret',
        signsBody: false,
        maxAgeMs: null,
      },
      close: async () => {
        await fake.close()
        await http.close()
      },
    },
    azureVendor,
  )
}

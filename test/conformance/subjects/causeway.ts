import type { FaultOrder } from '../../../src/connectors/causeway/fake/faults.ts'
import { ADA, type FakeItem } from '../../../src/connectors/causeway/fake/world.ts'
import { signedRing, startCausewayFake } from '../../../src/connectors/causeway/fake.ts'
import { causeway } from '../../../src/connectors/causeway/index.ts'
import { openTool } from '../../../src/connectors/open-tool.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import { type Subject, type SubjectFault, subjectOf } from '../subject.ts'

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
  'cut download': { fault: 'half body', on: 'file' },
  'listing fails': { fault: 'server error', on: 'read' },
}

export const causewaySubject = async (): Promise<Subject> => {
  let ms = Date.parse('2026-01-05T09:00:00.000Z')
  const now = (): Date => new Date(ms)
  const fake = await startCausewayFake(now)
  const { settings, world } = fake
  const http = openTool(causeway, settings, { now, allowPrivate: [fake.address] })
  const secret = settings.webhookSecret ?? ''
  const item = ({ id }: RemoteRef): FakeItem => {
    const found = world.items.get(id)
    if (found === undefined) throw new Error(`there is no item ${id}`)
    return found
  }
  const sign = (bytes: Uint8Array) => signedRing(bytes, secret, now(), world.newId())
  const counted = (op: string): number => world.ledger.filter((entry) => entry.op === op).length

  return subjectOf(causeway, settings, http, {
    now,
    later: async (more) => {
      ms += more
    },
    indexLagMs: 0,
    container: 'atlas',
    otherContainer: 'borea',
    createFields: {
      title: 'Login fails',
      description: 'After the *reset*',
      priority: 'P2',
      component: 'sign-in',
      'cf:severity': 'major',
      'cf:version': '2.1.0',
      'cf:environment': 'production',
      'cf:workaround': 'Use another browser',
      'cf:root cause': 'A clock',
      'cf:custom.seats': 30,
      'cf:custom.markets': ['AT', 'DE'],
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'priority', value: 'P1' },
      { field: 'component', value: 'export' },
      { field: 'cf:severity', value: 'critical' },
      { field: 'cf:root cause', value: 'Two clocks' },
      { field: 'cf:custom.seats', value: 31 },
      { field: 'cf:custom.markets', value: ['CH'] },
    ],
    canEmpty: 'cf:workaround',
    unknownOption: { field: 'cf:severity', value: 'apocalyptic' },
    unknownPerson: null,
    richSample: '# One & two\n\n- “three”\n- `four`\n\n```\n  code\n```',
    path: [
      { to: 'started', fields: {} },
      { to: 'in review', fields: { 'cf:root cause': 'Found' } },
      { to: 'done', fields: {} },
    ],
    unreachable: null,
    checksVersions: true,
    tellsOverwritten: false,
    missingId: '11111111-2222-4333-8444-555555555555',
    secrets: [settings.token, secret],
    makeItemAsHuman: async (title) => ({ id: world.make('atlas', { title }, null).id }),
    editAsHuman: async (ref, title) => {
      item(ref).fields['title'] = title
      world.touch(item(ref))
    },
    commentAsHuman: async (ref, text, visibility) => {
      world.comment(item(ref), ADA, visibility, text)
    },
    attachAsHuman: async (ref, name, bytes) => {
      const file = { name, mediaType: 'application/octet-stream', visibility: 'public' } as const
      world.attach(item(ref), ADA, file, bytes)
    },
    deleteAsHuman: async ({ id }) => {
      world.items.delete(id)
    },
    moveAsHuman: async (ref, container) => {
      item(ref).container = container
      world.touch(item(ref))
    },
    linkAsHuman: null,
    faults: Object.keys(FAULTS) as readonly SubjectFault[],
    setFault: async (fault) => {
      const order = FAULTS[fault]
      if (order === 'down') await fake.setDown(true)
      else if (order !== undefined) fake.order(order)
    },
    clearFaults: async () => {
      fake.order(null)
      await fake.setDown(false)
    },
    counts: async () => ({
      creates: counted('create'),
      comments: counted('comment'),
      attachments: counted('attach'),
      writes: world.ledger.length,
    }),
    calls: async () => fake.calls(),
    hook: {
      good: async ({ id }) => sign(Buffer.from(JSON.stringify({ items: [id] }))),
      sign,
      signatureHeader: 'x-causeway-signature',
      maxAgeMs: 300_000,
    },
    close: async () => {
      await fake.close()
      await http.close()
    },
  })
}

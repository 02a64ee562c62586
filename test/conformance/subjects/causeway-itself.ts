import { sql } from 'kysely'
import { signedRing } from '../../../src/connectors/causeway/fake.ts'
import { causeway } from '../../../src/connectors/causeway/index.ts'
import { openTool } from '../../../src/connectors/open-tool.ts'
import { NOTHING_SHARED, type SharingPolicy } from '../../../src/domain/sharing.ts'
import type { Database } from '../../../src/store/database.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import type { TestApi } from '../../support/api.ts'
import { type Subject, subjectOf } from '../subject.ts'

/**
 * The true other side: our own server, over HTTP, with a partner and products for each subject. What goes wrong on the way
 * cannot be ordered of it.
 */

const WRITES = ['title', 'description', 'kind', 'workaround', 'root cause', 'custom.region']
const POLICY: SharingPolicy = {
  ...NOTHING_SHARED,
  record: 'work item',
  create: true,
  reads: [...WRITES, 'severity', 'product', 'assignee', 'release', 'tickets.count'],
  writes: WRITES,
  status: 'set',
  words: ['everyone', 'staff', 'engineering'],
  publicWords: 'everyone',
  internalWords: 'engineering',
  files: true,
  names: true,
}
const SECRET = 'secret of the two installations'

const MAX_LOOKS = 1_500

/** The log is read as far as no transaction is open that may still write before: even one of another test's database. */
const untilTold = async (db: Database): Promise<void> => {
  const untold = sql<{
    untold: boolean
  }>`select exists (select from event where tx >= pg_snapshot_xmin(pg_current_snapshot())) as untold`
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    const { rows } = await untold.execute(db)
    if (rows[0]?.untold !== true) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

let subjects = 0

export const causewayItselfSubject = async (api: TestApi, url: string): Promise<Subject> => {
  subjects += 1
  const [atlas, borea] = [`atlas-${subjects}`, `borea-${subjects}`]
  // an answer carries the true time of day
  api.clock.now = new Date()
  const now = (): Date => api.clock.now
  const human = await api.tokenOf('owner')
  const asked = async (method: 'POST' | 'PATCH', path: string, body: object) => {
    const answer = await api.ask(human, method, path, body)
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.body}`)
    return answer.json()
  }
  for (const key of [atlas, borea]) await asked('POST', 'products', { key, name: key })
  const { partner, token } = await asked('POST', 'partners', {
    name: `Acme ${subjects}`,
    policy: { ...POLICY, products: [atlas, borea] },
  })
  const settings = { url, token, webhookSecret: SECRET }
  let calls = 0
  const recorder = (): void => {
    calls += 1
  }
  const http = openTool(causeway, settings, { now, recorder, allowPrivate: [new URL(url).host] })
  const { db } = api.runner
  const count = async (of: 'partner_record' | 'event'): Promise<number> =>
    (of === 'event'
      ? await db.selectFrom('event').select('id').execute()
      : await db.selectFrom(of).select('record_id').where('partner_id', '=', partner.id).execute()
    ).length
  const edit = ({ id }: RemoteRef, set: object) => asked('PATCH', `work-items/${id}`, { set })
  const sign = (bytes: Uint8Array) => signedRing(bytes, SECRET, now(), api.runner.newId())

  return subjectOf(causeway, settings, http, {
    now,
    later: async (more) => {
      api.clock.now = new Date(api.clock.now.getTime() + more)
      await untilTold(db)
    },
    indexLagMs: 0,
    container: atlas,
    otherContainer: borea,
    createFields: {
      title: 'Login fails',
      description: 'After the _reset_',
      'cf:kind': 'feature',
      'cf:workaround': 'Use another browser',
      'cf:root cause': 'A clock',
      'cf:custom.region': 'north',
    },
    changes: [
      { field: 'title', value: 'Login fails again' },
      { field: 'description', value: 'Other words' },
      { field: 'cf:kind', value: 'task' },
      { field: 'cf:workaround', value: 'Use a phone' },
      { field: 'cf:root cause', value: 'Two clocks' },
      { field: 'cf:custom.region', value: 'south' },
    ],
    canEmpty: 'cf:workaround',
    unknownOption: { field: 'cf:kind', value: 'apocalyptic' },
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
    secrets: [token, SECRET],
    makeItemAsHuman: async (title) => {
      const { id } = await asked('POST', 'work-items', { title, description: 'x', product: atlas })
      return { id }
    },
    editAsHuman: async (ref, title) => edit(ref, { title }),
    commentAsHuman: async ({ id }, text, visibility) => {
      const audience = visibility === 'public' ? 'everyone' : 'engineering'
      await asked('POST', `work-items/${id}/comments`, { text, audience })
    },
    attachAsHuman: async ({ id }, name, bytes) => {
      const query = new URLSearchParams({ name, audience: 'everyone' })
      await fetch(`${url}/api/v1/work-items/${id}/attachments?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${human}`, 'content-type': 'application/octet-stream' },
        body: Buffer.from(bytes),
      })
    },
    deleteAsHuman: null,
    moveAsHuman: async (ref, product) => edit(ref, { product }),
    linkAsHuman: null,
    faults: [],
    setFault: async () => {},
    clearFaults: async () => {},
    counts: async () => ({
      creates: await count('partner_record'),
      comments: 0,
      attachments: 0,
      writes: await count('event'),
    }),
    calls: async () => calls,
    hook: {
      good: async ({ id }) => sign(Buffer.from(JSON.stringify({ items: [id] }))),
      sign,
      signatureHeader: 'x-causeway-signature',
      maxAgeMs: 300_000,
    },
    close: () => http.close(),
  })
}

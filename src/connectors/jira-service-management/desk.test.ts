import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { startServiceManagementFake } from './fake.ts'
import { jiraServiceManagement } from './index.ts'

const now = (): Date => new Date('2026-01-05T09:00:00.000Z')

let fake: Awaited<ReturnType<typeof startServiceManagementFake>>
let session: Session
let close: () => Promise<void>
beforeEach(async () => {
  fake = await startServiceManagementFake({ now })
  const http = openHttp({
    baseUrl: fake.url,
    headers: () => jiraServiceManagement.headers(fake.settings),
    now,
    allowPrivate: [fake.address],
  })
  session = jiraServiceManagement.connect(fake.settings, http, now)
  close = () => http.close()
})
afterEach(async () => {
  await fake.close()
  await close()
})

const make = async (fields: Snapshot['fields'] = {}): Promise<RemoteRef> => {
  const operation = {
    op: 'create',
    container: 'ATLAS',
    marker: 'TK-1',
    fields: { title: 'Help', ...fields },
  } as const
  const { ref } = await session.push(operation, 'k')
  if (ref === null) throw new Error('no ref')
  return ref
}
const shown = async (ref: RemoteRef): Promise<Snapshot> => {
  const found = await session.fetch(ref)
  if (found === 'gone') throw new Error('gone')
  return found
}
const attach = (ref: RemoteRef, name: string, visibility: 'public' | 'internal') => {
  const bytes = Buffer.from(name)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = {
    op: 'attach',
    ref,
    name,
    mediaType: 'text/plain',
    size: bytes.length,
    sha256,
    visibility,
  } as const
  return session.push(file, 'k', async function* () {
    yield bytes
  })
}

describe('a desk of Jira Service Management', () => {
  it('takes what customers chose for the type of a request, with the type of issue behind it', async () => {
    const ref = await make({ type: 'Report a problem', requester: 'account-of-casey' })
    const { fields } = await shown(ref)
    expect(fields).toMatchObject({ type: 'Report a problem', requester: 'account-of-casey' })
    expect(fake.state.issues.get(Number(ref.id))?.values.get('issuetype')).toBe('Bug')
    await session.push({ op: 'update', ref, fields: { type: 'Ask a question' }, version: null }, 'k')
    expect((await shown(ref)).fields.type).toBe('Ask a question')
  })

  it('offers request types, and customers among the people', async () => {
    const { containers, people } = await session.describe()
    expect(containers[0]?.types).toEqual(['Report a problem', 'Ask a question', 'Bug', 'Task'])
    expect(people.map(({ id }) => id)).toContain('account-of-casey')
  })

  it('shows how an agreed time stands, which is the same as long as nothing happens, and organisations', async () => {
    const { fields } = await shown(await make())
    expect(fields['cf:Time to resolution']).toBe('running until 2026-01-05T17:00:00.000Z')
    expect(fields['cf:Organizations']).toEqual(['Example Company'])
  })

  it('lets customers see a file, or not, and makes no comment of what carries it', async () => {
    const ref = await make()
    await attach(ref, 'for-all.txt', 'public')
    await attach(ref, 'for-us.txt', 'internal')
    const { attachments, comments } = await shown(ref)
    expect(attachments?.map(({ name, visibility }) => [name, visibility])).toEqual([
      ['for-all.txt', 'public'],
      ['for-us.txt', 'internal'],
    ])
    expect(comments).toEqual([])
  })

  it('takes a file of the reporter for public, and one that an agent put on the issue for internal', async () => {
    const ref = await make({ requester: 'account-of-casey' })
    fake.people.attach(ref.id, 'screenshot.png', Buffer.from('x'), 'account-of-casey')
    fake.people.attach(ref.id, 'log-of-server.txt', Buffer.from('y'), 'account-of-dora')
    expect((await shown(ref)).attachments?.map(({ name, visibility }) => [name, visibility])).toEqual([
      ['screenshot.png', 'public'],
      ['log-of-server.txt', 'internal'],
    ])
  })

  it('withdraws an internal comment that Jira made public, and says so', async () => {
    const ref = await make()
    Object.assign(fake.state, { desk: false })
    const push = session.push({ op: 'comment.add', ref, visibility: 'internal', text: 'Secret' }, 'k')
    await expect(push).rejects.toMatchObject({ kind: 'invalid' })
    expect(fake.state.issues.get(Number(ref.id))?.comments).toEqual([])
  })
})

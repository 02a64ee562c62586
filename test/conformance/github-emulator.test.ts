import { createServer } from 'node:http'
import { createEmulator } from 'emulate'
import { afterEach, expect, it } from 'vitest'
import { github } from '../../src/connectors/github/index.ts'
import type { Settings } from '../../src/connectors/github/settings.ts'
import { openTool } from '../../src/connectors/open-tool.ts'
import type { WebhookDelivery } from '../../src/sync/connector.ts'
import type { Snapshot } from '../../src/sync/snapshot.ts'
import { validateSnapshot } from './validate-snapshot.ts'

/** The connector on an emulator of GitHub that others wrote: what ours takes for granted of GitHub, theirs may not. */

const SECRET = 'secret of the emulated webhook'
const APP_ID = 12345

const seed = {
  tokens: { a_token: { login: 'causeway-account', scopes: ['repo', 'admin:repo_hook'] } },
  github: {
    users: [{ login: 'causeway-account' }, { login: 'dora-dev' }],
    repos: [{ owner: 'causeway-account', name: 'road', private: false }],
    apps: [
      {
        app_id: APP_ID,
        slug: 'the-road',
        name: 'The Road',
        permissions: { issues: 'write', metadata: 'read' },
        events: [],
        installations: [{ installation_id: 100, account: 'causeway-account' }],
      },
    ],
  },
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const emulated = async () => {
  const emulator = await createEmulator({ service: 'github', port: 0, seed })
  closing.push(() => emulator.close())
  const url = emulator.url.replace('localhost', '127.0.0.1')
  const settings: Settings = {
    url,
    repositories: ['causeway-account/road'],
    webhookSecret: SECRET,
    graphql: false,
  }
  return { emulator, settings, address: new URL(url).host }
}

const opened = (settings: Settings, address: string) => {
  const now = () => new Date()
  const http = openTool(github, settings, { now, allowPrivate: [address] })
  closing.push(() => http.close())
  return { http, session: github.connect(settings, http, now) }
}

const withToken = async () => {
  const { settings, address } = await emulated()
  const whole = { ...settings, token: 'a_token' }
  return { settings: whole, ...opened(whole, address) }
}

const shown = (found: Snapshot | 'gone'): Snapshot => {
  if (found === 'gone') throw new Error('it is gone')
  expect(validateSnapshot(found, github.capabilities({ url: '', repositories: [] }), true)).toEqual([])
  return found
}

/** Somebody who is rung at, on loopback. */
const listener = async () => {
  const deliveries: WebhookDelivery[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    )
    deliveries.push({ bytes: Buffer.concat(chunks), headers, now: new Date() })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  const at = server.address()
  return { deliveries, url: `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook` }
}

it('makes an issue there, finds it by its marker, comments on it, edits and closes it', async () => {
  const { session } = await withToken()
  expect((await session.check()).problems).toEqual([])
  const began = new Date()
  const made = await session.push(
    {
      op: 'create',
      container: 'causeway-account/road',
      marker: 'TK-1',
      fields: { title: 'Login fails', description: 'After the **reset**' },
    },
    'k1',
  )
  const ref = made.ref ?? { id: '' }
  expect((await session.find('TK-1', began)).map((each) => each.ref)).toEqual([ref])
  expect(await session.find('TK-2', began)).toEqual([])

  const text = 'We look into it.'
  const { elementId } = await session.push({ op: 'comment.add', ref, visibility: 'public', text }, 'k2')
  await session.push({ op: 'update', ref, fields: { description: 'Other words' }, version: null }, 'k3')
  const whole = shown(await session.fetch(ref))
  expect(whole.fields).toMatchObject({ title: 'Login fails', description: 'Other words', status: 'open' })
  expect(whole.createdByUs).toBe(true)
  expect(whole.comments).toMatchObject([{ id: elementId, text, visibility: 'public', byUs: true }])
  // The text was written anew, and the marker is still in it.
  expect(await session.find('TK-1', began)).toHaveLength(1)

  await session.push({ op: 'comment.delete', ref, commentId: elementId ?? '' }, 'k4')
  await session.push({ op: 'transition', ref, to: 'not planned', fields: {} }, 'k5')
  const closed = shown(await session.fetch(ref))
  expect([closed.fields.status, closed.statusCategory, closed.comments]).toEqual([
    'not planned',
    'declined',
    [],
  ])
})

it('lists there what changed since, and everything', async () => {
  const { session } = await withToken()
  const start = await session.pull(null, 'changes')
  for (const title of ['One', 'Two', 'Three'])
    await session.push(
      { op: 'create', container: 'causeway-account/road', marker: `TK-${title}`, fields: { title } },
      title,
    )
  const changes = await session.pull(start.cursor, 'changes')
  const all = await session.pull(null, 'all')
  for (const page of [changes, all]) {
    expect(page.snapshots.map((each) => each.fields.title)).toEqual(['One', 'Two', 'Three'])
    expect(page.more).toBe(false)
  }
  expect(await session.fetch({ id: `${all.snapshots[0]?.ref.id}9999` })).toBe('gone')
})

it('registers its webhook there once, is rung at, and believes the signature', async () => {
  const { session, settings } = await withToken()
  const { deliveries, url } = await listener()
  expect(await session.keepHook?.(url)).toMatchObject({ did: 'registered', problem: null })
  expect((await session.keepHook?.(url))?.did).not.toBe('registered')
  const made = await session.push(
    { op: 'create', container: 'causeway-account/road', marker: 'TK-1', fields: { title: 'Rings' } },
    'k1',
  )
  await expect.poll(() => deliveries.some((each) => each.headers['x-github-event'] === 'issues')).toBe(true)
  const rung = deliveries.find((each) => each.headers['x-github-event'] === 'issues')
  if (rung === undefined) throw new Error('nobody rang')
  const read = (delivery: WebhookDelivery, secret = SECRET) =>
    github.webhook?.(delivery, { ...settings, webhookSecret: secret })
  expect(read(rung)).toMatchObject({ outcome: 'hints', refs: [made.ref] })
  expect(read(rung, 'another')).toMatchObject({ outcome: 'rejected', status: 401 })
  await session.dropHook?.(url)
  const before = deliveries.length
  await session.push({ op: 'transition', ref: made.ref ?? { id: '' }, to: 'completed', fields: {} }, 'k2')
  expect(deliveries).toHaveLength(before)
})

it('signs in there as an App: the signed token is believed, and changed for one that may write', async () => {
  const { emulator, settings, address } = await emulated()
  const key = emulator.generatedSecrets.find((each) => each.kind === 'github.app_private_key')?.value
  const asApp: Settings = { ...settings, appId: String(APP_ID), appPrivateKey: key ?? '' }
  const { http } = opened(asApp, address)
  const made = await http.request({
    method: 'POST',
    path: '/repos/causeway-account/road/issues',
    json: { title: 'By an App' },
  })
  expect(made.json()).toMatchObject({ user: { login: 'the-road[bot]' } })
})

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Http, Session } from '../../sync/connector.ts'
import { openTool } from '../open-tool.ts'
import { sign } from './fake/hands.ts'
import { type LinearFake, startLinearFake } from './fake.ts'
import { linear } from './index.ts'
import { readWebhook } from './webhook.ts'

const ADDRESS = 'https://causeway.example.com/hooks/linear'
const now = (): Date => new Date('2026-01-05T09:00:00.000Z')
let fake: LinearFake
let http: Http & { close(): Promise<void> }
let session: Session

beforeEach(async () => {
  fake = await startLinearFake({ now })
  http = openTool(linear, fake.settings, { now, allowPrivate: fake.addresses })
  session = linear.connect(fake.settings, http, now)
})
afterEach(async () => {
  await fake.close()
  await http.close()
})

it('registers one webhook for each team, once however often it is asked', async () => {
  expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'registered', until: null, problem: null })
  expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'nothing', until: null, problem: null })
  expect(fake.world.webhooks.map(({ teamId, url }) => [teamId, url])).toEqual(
    fake.world.teams.map(({ id }) => [id, ADDRESS]),
  )
})

it('switches on again what Linear gave up, and mends a secret that is another', async () => {
  await session.keepHook?.(ADDRESS)
  fake.hands.giveUpWebhooks()
  expect((await session.keepHook?.(ADDRESS))?.did).toBe('enabled')
  const [first] = fake.world.webhooks
  if (first !== undefined) first.secret = 'changed there'
  expect((await session.keepHook?.(ADDRESS))?.did).toBe('renewed')
  expect(
    fake.world.webhooks.every(({ enabled, secret }) => enabled && secret === fake.settings.webhookSecret),
  ).toBe(true)
})

it('says in a sentence who may, where this account may not', async () => {
  fake.setAdmin(false)
  expect((await session.keepHook?.(ADDRESS))?.problem).toContain('does not let this account keep webhooks')
})

it('touches and takes back no webhook but those with our address', async () => {
  await session.keepHook?.('https://elsewhere.example.com/hooks')
  await session.keepHook?.(ADDRESS)
  await session.dropHook?.(ADDRESS)
  expect(new Set(fake.world.webhooks.map(({ url }) => url))).toEqual(
    new Set(['https://elsewhere.example.com/hooks']),
  )
})

const ISSUE = '11111111-2222-4333-8444-555555555555'
const read = (type: string, data: unknown, sentAt = now().getTime()) => {
  const bytes = Buffer.from(JSON.stringify({ type, action: 'update', data, webhookTimestamp: sentAt }))
  const { headers } = sign(bytes, 's', '99999999-2222-4333-8444-555555555555')
  return readWebhook({ bytes, headers, now: now() }, { webhookSecret: 's' })
}

it('reads from each kind of notice which issue to look at', () => {
  const deliveryId = '99999999-2222-4333-8444-555555555555'
  const hint = (id: string) => ({ outcome: 'hints', refs: [{ id }], deliveryId })
  expect(read('Issue', { id: ISSUE })).toEqual(hint(ISSUE))
  expect(read('Comment', { id: 'c', issueId: ISSUE })).toEqual(hint(ISSUE))
  expect(read('Attachment', { id: 'a', issueId: ISSUE })).toEqual(hint(ISSUE))
  expect(read('CustomerNeed', { id: 'n', issue: { id: ISSUE } })).toEqual(hint(ISSUE))
  expect(read('Release', { id: ISSUE })).toEqual(hint(`release:${ISSUE}`))
  expect(read('Comment', { id: ISSUE, projectId: ISSUE }).outcome).toBe('ignored')
  expect(read('Reaction', { id: ISSUE }).outcome).toBe('ignored')
})

it('takes no notice that is older than a minute by the time that is signed', () => {
  expect(read('Issue', { id: ISSUE }, now().getTime() - 61_000)).toMatchObject({
    outcome: 'rejected',
    status: 401,
  })
})

it('reads the example that Linear itself publishes', () => {
  const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url))
  const bytes = fixture('webhook-comment')
  const { headers } = sign(bytes, 's', '99999999-2222-4333-8444-555555555555')
  const reading = readWebhook({ bytes, headers, now: new Date(1_676_056_940_508) }, { webhookSecret: 's' })
  expect(reading).toEqual(JSON.parse(fixture('webhook-comment.golden').toString()))
})

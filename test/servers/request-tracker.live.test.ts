import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHttp } from '../../src/connectors/http.ts'
import { requestTracker } from '../../src/connectors/request-tracker/index.ts'
import type { Http, Operation, Receipt, WebhookReading } from '../../src/sync/connector.ts'
import type { Snapshot, ToolFields } from '../../src/sync/snapshot.ts'
import { validateSnapshot } from '../conformance/validate-snapshot.ts'

/**
 * The connector against a real Request Tracker, started by `real/rt.sh up PORT DIR`. Run with
 * `CAUSEWAY_LIVE_RT=DIR/state.json npx vitest run --config test/servers/live.config.ts request-tracker`.
 */

interface State {
  readonly dir: string
  readonly base: string
  readonly port: number
  readonly rest: string
  readonly root: { readonly token: string }
  readonly integration: { readonly id: number; readonly token: string }
  readonly agent: { readonly token: string }
  readonly webhook: { readonly secret: string }
}

const NOWHERE: State = {
  dir: '',
  base: 'http://127.0.0.1:1',
  port: 1,
  rest: 'http://127.0.0.1:1/REST/2.0',
  root: { token: '' },
  integration: { id: 0, token: '' },
  agent: { token: '' },
  webhook: { secret: '' },
}

const statePath = process.env['CAUSEWAY_LIVE_RT']
const state: State = statePath === undefined ? NOWHERE : JSON.parse(readFileSync(statePath, 'utf8'))
const now = (): Date => new Date()

const httpAs = (token: string): Http & { close(): Promise<void> } =>
  openHttp({
    baseUrl: state.rest,
    headers: () => ({ authorization: `token ${token}` }),
    now,
    allowPrivate: [`127.0.0.1:${state.port}`],
  })

const settings = {
  url: state.base,
  token: state.integration.token,
  queues: ['Support'],
  webhookSecret: state.webhook.secret,
  maxAttachmentBytes: 20_000_000,
}
const http = httpAs(state.integration.token)
/** A person, not our account. */
const agent = httpAs(state.agent.token)
const root = httpAs(state.root.token)
const session = requestTracker.connect(settings, http, now)
const marker = `LIVE-${randomBytes(4).toString('hex')}`

const push = (operation: Operation, bytes: Uint8Array = new Uint8Array()): Promise<Receipt> =>
  session.push(operation, 'key', async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
  })

const create = async (fields: ToolFields, key = marker): Promise<string> => {
  const operation: Operation = {
    op: 'create',
    container: 'Support',
    fields: { title: 'Live', ...fields },
    marker: key,
  }
  return (await push(operation)).ref?.id ?? ''
}

const update = (id: string, fields: ToolFields, version: string | null = null): Promise<Receipt> =>
  push({ op: 'update', ref: { id }, fields, version })

const fetched = async (id: string): Promise<Snapshot> => {
  const snapshot = await session.fetch({ id })
  if (snapshot === 'gone') throw new Error(`ticket ${id} is gone`)
  expect(validateSnapshot(snapshot, requestTracker.capabilities(settings), true)).toEqual([])
  return snapshot
}

const asAgent = (id: string, json: Readonly<Record<string, unknown>>) =>
  agent.request({ method: 'PUT', path: `/ticket/${id}`, json })

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const readings: WebhookReading[] = []
const sink = createServer(async (request: IncomingMessage, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const reading = requestTracker.webhook?.({ bytes: Buffer.concat(chunks), headers, now: now() }, settings)
  if (reading !== undefined) readings.push(reading)
  response.end()
})

const postTo = (url: string): void => writeFileSync(join(state.dir, 'etc', 'webhook.url'), url)

const setTimezone = (zone: string) =>
  root.request({ method: 'PUT', path: `/user/${state.integration.id}`, json: { Timezone: zone } })

describe.runIf(statePath !== undefined)('the Request Tracker connector on a real Request Tracker', () => {
  beforeAll(async () => {
    sink.listen(0, '127.0.0.1')
    await once(sink, 'listening')
    const address = sink.address()
    if (address !== null && typeof address === 'object') postTo(`http://127.0.0.1:${address.port}/hook`)
  })

  afterAll(async () => {
    postTo('')
    sink.close()
    for (const each of [http, agent, root]) await each.close()
  })

  it('finds nothing wrong with the server of the script', async () => {
    const { tool, account, problems } = await session.check()
    expect(tool).toMatch(/^Request Tracker 5/)
    expect(account?.id).toBe('integration')
    expect(problems).toEqual([])
  })

  it('describes queues, fields with their options, words and people', async () => {
    const description = await session.describe()
    expect(description.containers.map(({ id }) => id)).toContain('Support')
    expect(description.fields).toContainEqual(
      expect.objectContaining({
        field: 'cf:Severity',
        kind: 'choice',
        options: ['Critical', 'High', 'Medium', 'Low'],
      }),
    )
    expect(description.fields).toContainEqual(expect.objectContaining({ field: 'cf:Areas', kind: 'set' }))
    expect(description.people.map(({ id }) => id)).toContain('agent')
  })

  it('creates with every field, shows them, changes them and empties them', async () => {
    const given: ToolFields = {
      title: 'Grüße “日本” 🙂',
      description: 'Line 1\n\n  <b>2</b> & 3',
      priority: '40',
      owner: 'agent',
      requester: 'fresh@customer.example',
      due: '2026-12-24T10:00:00.000Z',
      'cf:Severity': 'High',
      'cf:Areas': ['export', 'import'],
      'cf:Workaround': 'one\ntwo',
      'cf:Component': 'x'.repeat(400),
    }
    const id = await create(given)
    const first = await fetched(id)
    expect(first.fields).toMatchObject({ ...given, 'cf:CausewayKey': marker, container: 'Support' })
    expect(first.createdByUs).toBe(true)
    expect(first.people).toContainEqual(expect.objectContaining({ email: 'fresh@customer.example' }))
    const changed: ToolFields = {
      title: 'Changed',
      priority: '1',
      owner: null,
      requester: 'customer',
      due: null,
      'cf:Severity': 'Low',
      'cf:Areas': ['billing'],
      'cf:Workaround': null,
      'cf:Component': null,
    }
    await update(id, changed, first.version)
    expect((await fetched(id)).fields).toMatchObject(changed)
    await update(id, { 'cf:Areas': [], 'cf:Severity': null })
    expect((await fetched(id)).fields).toMatchObject({ 'cf:Areas': [], 'cf:Severity': null })
  })

  it('finds by marker, with quotes in it too, and never by a marker that is code', async () => {
    const quoted = `${marker}'s "own"`
    const id = await create({}, quoted)
    expect((await session.find(quoted, now())).map(({ ref }) => ref.id)).toEqual([id])
    expect(await session.find("x' OR id > 0 OR CF.{CausewayKey} = '", now())).toEqual([])
  })

  it('says which field was not taken', async () => {
    const id = await create({})
    const cases: readonly ToolFields[] = [
      { 'cf:Severity': 'Worst' },
      { 'cf:NoSuchField': 'x' },
      { owner: 'nobody-such' },
      { container: 'Nowhere' },
      { status: 'nonsense' },
    ]
    for (const fields of cases) {
      await expect(update(id, fields)).rejects.toMatchObject({
        kind: 'invalid',
        field: Object.keys(fields)[0],
      })
    }
    await expect(update(id, { title: 'x' }, '"1"')).rejects.toMatchObject({ kind: 'conflict' })
  })

  it('goes through the words of the lifecycle', async () => {
    const id = await create({})
    for (const to of ['stalled', 'open', 'resolved', 'rejected', 'open']) {
      const before = await fetched(id)
      expect(before.nextStatuses).toContain(to)
      await push({
        op: 'transition',
        ref: { id },
        to,
        fields: to === 'resolved' ? { 'cf:ActualRelease': '2.1' } : {},
      })
    }
    expect((await fetched(id)).fields).toMatchObject({ status: 'open', 'cf:ActualRelease': '2.1' })
  })

  it('tells correspondence from comments and our words from those of people', async () => {
    const id = await create({ requester: 'customer' })
    const ours = await push({
      op: 'comment.add',
      ref: { id },
      visibility: 'public',
      text: 'Hello\n\n – ü 🙂',
    })
    await agent.request({
      method: 'POST',
      path: `/ticket/${id}/comment`,
      json: { Content: 'Fine', ContentType: 'text/plain' },
    })
    const { comments } = await fetched(id)
    expect(comments).toMatchObject([
      { id: ours.elementId, text: 'Hello\n\n – ü 🙂', visibility: 'public', byUs: true },
      {
        text: 'Fine',
        visibility: 'internal',
        byUs: false,
        author: { id: 'agent', email: 'agent@helpdesk.example' },
      },
    ])
  })

  it.each([
    ['dump ü日本 🙂.bin', 'application/octet-stream', randomBytes(3_000_000), 'public'],
    ['größe.txt', 'text/plain', Buffer.from('grün\r\n日本\n'), 'internal'],
    ['latin.txt', 'text/plain', Buffer.from([0x67, 0xfc, 0xdf]), 'internal'],
    ['mail.eml', 'message/rfc822', Buffer.from('Subject: a\r\n\r\nb'), 'internal'],
    ['page.html', 'text/html', Buffer.from('<p onclick="x()">ü</p>'), 'public'],
  ] as const)('keeps %s byte by byte', async (name, mediaType, bytes, visibility) => {
    const id = await create({})
    const size = bytes.length
    const operation: Operation = {
      op: 'attach',
      ref: { id },
      name,
      mediaType,
      size,
      sha256: sha256(bytes),
      visibility,
    }
    const { elementId } = await push(operation, bytes)
    expect((await fetched(id)).attachments).toMatchObject([
      { id: elementId, name, size, visibility, byUs: true },
    ])
    const { stream } = await session.download({ id }, elementId ?? '')
    const hash = createHash('sha256')
    for await (const chunk of stream) hash.update(chunk)
    expect(hash.digest('hex')).toBe(sha256(bytes))
  })

  it('adds and removes links, however often asked', async () => {
    const id = await create({})
    const link = { ref: { id }, url: 'https://tracker.example/issues/7?a=1&b=2', title: 'ENG-7' }
    await push({ op: 'link.add', ...link })
    await push({ op: 'link.add', ...link })
    expect((await fetched(id)).links).toEqual([{ kind: 'refers-to', url: link.url }])
    await push({ op: 'link.remove', ref: link.ref, url: link.url })
    await push({ op: 'link.remove', ref: link.ref, url: link.url })
    expect((await fetched(id)).links).toEqual([])
  })

  it('shows deleted and merged tickets as gone, and the words of both in the one that is left', async () => {
    const [old, target, deleted] = [
      await create({ description: 'mine' }),
      await create({ description: 'yours' }),
      await create({}),
    ]
    await asAgent(old, { MergeInto: target })
    await asAgent(deleted, { Status: 'deleted' })
    expect(await session.fetch({ id: old })).toBe('gone')
    expect(await session.fetch({ id: deleted })).toBe('gone')
    expect(await session.fetch({ id: '99999999' })).toBe('gone')
    const left = await fetched(target)
    expect(left.fields.description).toBe('yours')
    expect(left.comments?.map(({ text }) => text)).toEqual(['mine'])
    const message: Operation = {
      op: 'comment.add',
      ref: { id: '99999999' },
      visibility: 'internal',
      text: 'x',
    }
    await expect(push(message)).rejects.toMatchObject({ kind: 'gone' })
  })

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata'])(
    'pulls changes and sets dates with the account in %s',
    async (zone) => {
      await setTimezone(zone)
      try {
        const { cursor } = await session.pull(null, 'changes')
        const id = await create({ due: '2026-12-24T10:00:00.000Z' })
        const pulled = await session.pull(cursor, 'changes')
        const mine = pulled.snapshots.find(({ ref }) => ref.id === id)
        expect(mine?.fields).toMatchObject({ due: '2026-12-24T10:00:00.000Z', 'cf:CausewayKey': marker })
        // Nothing but the last minutes: the window was understood, in a zone behind and in one ahead.
        const oldest = Date.now() - 90_000
        for (const { updatedAt } of pulled.snapshots)
          expect(Date.parse(updatedAt ?? '')).toBeGreaterThan(oldest)
      } finally {
        await setTimezone('UTC')
      }
    },
  )

  it('lists everything by number', async () => {
    const ids: number[] = []
    for (let cursor: string | null = null; ; ) {
      const page = await session.pull(cursor, 'all')
      ids.push(...page.snapshots.map(({ ref }) => Number(ref.id)))
      cursor = page.cursor
      if (!page.more) break
    }
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(5)
  })

  it('is told of changes by a webhook that verifies', async () => {
    const id = await create({})
    readings.length = 0
    await asAgent(id, { Subject: 'By hand' })
    // RT posts before it answers, so the reading is there.
    expect(readings).toEqual([
      { outcome: 'hints', refs: [{ id }], deliveryId: expect.stringMatching(new RegExp(`^${id}-\\d+$`)) },
    ])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Http, Operation, Session } from '../../sync/connector.ts'
import { isFault, type RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, ToolFields } from '../../sync/snapshot.ts'
import { openTool } from '../open-tool.ts'
import { type CausewayFake, startCausewayFake } from './fake.ts'
import { causeway } from './index.ts'
import type { Settings } from './settings.ts'

const ADDRESS = 'https://acme.example/hooks/beta'
const now = (): Date => new Date('2026-01-05T09:00:00.000Z')
let fake: CausewayFake
let open: (Http & { close(): Promise<void> })[] = []

const connect = (more: Partial<Settings> = {}, at: () => Date = now): Session => {
  const settings = { ...fake.settings, ...more }
  const http = openTool(causeway, settings, { now: at, allowPrivate: [fake.address] })
  open.push(http)
  return causeway.connect(settings, http, at)
}
const createOf = (fields: ToolFields = {}, marker = 'TK-7/abcdef12'): Operation => ({
  op: 'create',
  container: 'atlas',
  fields: { title: 'Export hangs', ...fields },
  marker,
})
const made = async (session: Session): Promise<RemoteRef> => {
  const { ref } = await session.push(createOf(), 'k-1')
  if (ref === null) throw new Error('nothing was made')
  return ref
}
const refused = async (work: Promise<unknown>): Promise<RemoteFault> => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (isFault(thrown)) return thrown
  throw new Error(`no fault: ${String(thrown)}`)
}
const attachOf = (ref: RemoteRef, size: number): Operation => ({
  ...{ op: 'attach', ref, name: 'log.txt', mediaType: 'text/plain', size, sha256: '', visibility: 'public' },
})
async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a log')
}

beforeEach(async () => {
  fake = await startCausewayFake(now)
})
afterEach(async () => {
  await fake.close()
  await Promise.all(open.map((http) => http.close()))
  open = []
})

describe('what the other side does not allow', () => {
  it('names the field that is not ours to change, so that it alone waits', async () => {
    const session = connect()
    const ref = await made(session)
    fake.world.policy.fields = fake.world.policy.fields.map((one) =>
      one.field === 'root cause' ? { ...one, writable: false } : one,
    )
    const update = { op: 'update', ref, fields: { 'cf:root cause': 'A clock' }, version: null } as const
    const fault = await refused(session.push(update, 'k-2'))
    expect([fault.kind, fault.field]).toEqual(['invalid', 'cf:root cause'])
    expect(fault.detail).toContain('not yours to change')
  })

  it('is a refusal of that one thing, never of the connection, because all else goes on', async () => {
    const session = connect()
    const ref = await made(session)
    Object.assign(fake.world.policy, { create: false, statusWritable: false, files: false })
    fake.world.policy.comments = { public: false, internal: false }
    const tried: readonly Operation[] = [
      createOf({}, 'TK-8/abcdef12'),
      { op: 'transition', ref, to: 'done', fields: {} },
      { op: 'comment.add', ref, visibility: 'public', text: 'A word' },
      attachOf(ref, 5),
    ]
    for (const [index, operation] of tried.entries())
      expect((await refused(session.push(operation, `k-${index + 2}`, bytes))).kind).toBe('invalid')
    expect(fake.world.ledger.map(({ op }) => op)).toEqual(['create'])
  })

  it('sends no byte of a file that is too large for them, and says what they take', async () => {
    const session = connect()
    const ref = await made(session)
    const fault = await refused(session.push(attachOf(ref, 2_000_000), 'k-2', bytes))
    expect([fault.kind, fault.detail]).toEqual(['invalid', 'They take files of at most 976.6 KiB.'])
    expect(fake.world.ledger).toHaveLength(1)
  })
})

describe('the end', () => {
  it('waits for a person when they ended the sharing, and says what to do now', async () => {
    const session = connect()
    const ref = await made(session)
    await session.push(attachOf(ref, 5), 'k-2', bytes)
    const [file] = fake.world.files.keys()
    fake.world.ended = true
    for (const work of [
      session.fetch(ref),
      session.pull(null, 'all'),
      session.check(),
      session.download(ref, file ?? ''),
      session.push({ op: 'update', ref, fields: { title: 'x' }, version: null }, 'k-3'),
    ]) {
      const fault = await refused(work)
      expect(fault.kind).toBe('auth')
      expect(fault.detail).toContain('Remove this connection, or ask them for a new token')
    }
  })

  it('is gone for us what is not shared any more, for reading and for writing', async () => {
    const session = connect()
    const ref = await made(session)
    fake.world.policy.containers = fake.world.policy.containers.filter(({ id }) => id !== 'atlas')
    expect(await session.fetch(ref)).toBe('gone')
    const update = { op: 'update', ref, fields: { title: 'x' }, version: null } as const
    expect((await refused(session.push(update, 'k-2'))).kind).toBe('gone')
  })

  it('takes nothing for gone at an address that knows no partners: it may be an older version of theirs', async () => {
    const session = connect()
    const ref = await made(session)
    const elsewhere = connect({ url: fake.settings.url.replace('/desk', '') })
    const fault = await refused(elsewhere.fetch(ref))
    expect(fault.kind).toBe('auth')
    expect(fault.detail).toContain('Is the address right')
  })
})

it('takes a comment away once, and calls it done when it is away, because the first answer may have been lost', async () => {
  const session = connect()
  const ref = await made(session)
  const said = await session.push({ op: 'comment.add', ref, visibility: 'public', text: 'A word' }, 'k-2')
  const take = { op: 'comment.delete', ref, commentId: said.elementId ?? '' } as const
  for (const key of ['k-3', 'k-4'])
    expect(await session.push(take, key)).toEqual({ ref: null, elementId: null, snapshot: null })
  expect(fake.world.ledger.map(({ op }) => op)).toEqual(['create', 'comment', 'comment.DELETE'])
  fake.world.ended = true
  expect((await refused(session.push(take, 'k-5'))).kind).toBe('auth')
})

describe('check', () => {
  it('names who they are, and who we are to them', async () => {
    expect(await connect().check()).toEqual({
      tool: 'Causeway 0.5.0 (Beta Ltd)',
      account: { id: 'partner', name: 'Acme', email: null },
      problems: [],
    })
  })

  it('says in a sentence each what they have to allow first', async () => {
    const { policy } = fake.world
    const problems = async (): Promise<readonly string[]> => (await connect().check()).problems
    policy.create = false
    expect(await problems()).toEqual([
      'Beta Ltd does not let us make anything there: what we send there waits, until they allow it.',
    ])
    policy.fields = policy.fields.filter(({ field }) => field !== 'title')
    expect((await problems())[0]).toBe(
      'Beta Ltd does not show us titles: without them nothing can be kept in step.',
    )
    policy.fields = []
    expect((await problems())[0]).toContain('Beta Ltd shares nothing with us yet')
    Object.assign(policy, { create: true, fields: [{ ...TITLE, writable: false }] })
    expect(await problems()).toEqual([
      'Beta Ltd lets us make something there, but not write its title: so nothing can be made.',
    ])
  })

  it('finds a clock that is off, because their rings would be refused', async () => {
    const later = (): Date => new Date(now().getTime() + 200_000)
    expect((await connect({}, later).check()).problems).toEqual([
      'The clocks differ by 200 seconds; webhooks need less than 5 minutes.',
    ])
  })

  it('asks whether it is our own address, when they call themselves as they call us', async () => {
    fake.world.policy.name = 'Acme'
    expect((await connect().check()).problems).toEqual([
      'They call themselves and us "Acme": is this the address of our own Causeway?',
    ])
  })
})

const TITLE = { field: 'title', title: 'Title', kind: 'text', options: null } as const

describe('the ring', () => {
  it('is asked for once, however often it is looked at, and given up on leaving', async () => {
    const session = connect()
    expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'registered', until: null, problem: null })
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('nothing')
    await session.dropHook?.('https://acme.example/hooks/other')
    expect(fake.world.hook?.address).toBe(ADDRESS)
    await session.dropHook?.(ADDRESS)
    expect(fake.world.hook).toBeNull()
  })

  it('says in a sentence what stands in its way, and asks nobody for it', async () => {
    const before = fake.calls()
    expect((await connect({ webhookSecret: ' ' }).keepHook?.(ADDRESS))?.problem).toContain(
      'Set a webhook secret',
    )
    expect((await connect({ webhookSecret: 'short' }).keepHook?.(ADDRESS))?.problem).toContain('too short')
    const own = `${fake.settings.url}/hooks/beta`
    expect((await connect().keepHook?.(own))?.problem).toContain('leads to this Causeway itself')
    expect(fake.calls()).toBe(before)
  })
})

it('makes one item for one marker, also with another key, because only the marker is sure to be the same', async () => {
  const session = connect()
  const first = await session.push(createOf(), 'k-1')
  const second = await session.push(createOf(), 'k-2')
  expect(second.ref).toEqual(first.ref)
  expect(first.snapshot?.fields['cf:CausewayKey']).toBe('TK-7/abcdef12')
  expect(fake.world.ledger).toHaveLength(1)
})

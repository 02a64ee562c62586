import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Operation } from '../../sync/connector.ts'
import { isFault, type RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { openTool } from '../open-tool.ts'
import { type GithubFake, startGithubFake } from './fake.ts'
import { github } from './index.ts'
import type { Settings } from './settings.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

let ms = START_MS
let fake: GithubFake
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  ms = START_MS
  fake = await startGithubFake({ now: () => new Date(ms) })
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await fake.close()
})

const open = (more: Partial<Settings> = {}) => {
  const settings = { ...fake.settings, ...more }
  const now = () => new Date(ms)
  const http = openTool(github, settings, { now, allowPrivate: [fake.address] })
  closing.push(() => http.close())
  return github.connect(settings, http, now)
}

const shown = (found: Snapshot | 'gone'): Snapshot => {
  if (found === 'gone') throw new Error('it is gone')
  return found
}

const faultOf = async (work: Promise<unknown>): Promise<RemoteFault> => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (isFault(thrown)) return thrown
  throw new Error(`no fault: ${String(thrown)}`)
}

const created = async (fields: Snapshot['fields'], session = open()): Promise<RemoteRef> => {
  const made = await session.push({ op: 'create', container: 'acme/road', marker: 'TK-1', fields }, 'k')
  return made.ref ?? { id: '' }
}

const update = (ref: RemoteRef, fields: Snapshot['fields']): Operation => ({
  op: 'update',
  ref,
  fields,
  version: null,
})

const issue = (ref: RemoteRef) => {
  const [repository, number] = ref.id.split('-').map(Number)
  const found = fake.state.repositories.find((each) => each.id === repository)?.issues.get(number ?? 0)
  if (found === undefined) throw new Error('no such issue')
  return found
}

describe('a transferred issue', () => {
  it('keeps its ref, and is written and commented on where it is now', async () => {
    const session = open()
    const ref = { id: fake.people.create({ title: 'Moves' }) }
    fake.people.comment(ref.id, 'before')
    const there = fake.people.transfer(ref.id, 'bridge')
    await session.push(update(ref, { title: 'Moved' }), 'k1')
    const { elementId } = await session.push(
      { op: 'comment.add', ref, visibility: 'public', text: 'after' },
      'k2',
    )
    await session.push({ op: 'comment.edit', ref, commentId: elementId ?? '', text: 'after all' }, 'k3')
    const found = shown(await session.fetch(ref))
    expect([found.ref, found.container, found.key]).toEqual([
      ref,
      'acme/bridge',
      `acme/bridge#${there.split('-')[1]}`,
    ])
    expect(found.fields.title).toBe('Moved')
    expect(found.comments?.map((each) => each.text)).toEqual(['before', 'after all'])
  })

  it('is hinted at under the ref by which it is known', async () => {
    const ref = { id: fake.people.create({ title: 'Moves' }) }
    fake.people.transfer(ref.id, 'bridge')
    expect(shown(await open().fetch(ref)).ref).toEqual(ref)
  })
})

describe('a repository', () => {
  it('that got a new name is still followed, and check says so', async () => {
    const ref = { id: fake.people.create({ title: 'Here' }) }
    fake.people.rename('road', 'highway')
    const session = open()
    expect(shown(await session.fetch(ref)).container).toBe('acme/road')
    const { problems } = await session.check()
    expect(problems).toEqual(['Repository acme/road is called acme/highway now: change the settings.'])
  })

  it('that is hidden from us makes no item gone, for that would unlink it', async () => {
    const session = open()
    const ref = { id: fake.people.create({ title: 'Here' }) }
    await session.fetch(ref)
    const [road] = fake.state.repositories
    if (road !== undefined) road.isHidden = true
    expect((await faultOf(session.fetch(ref))).kind).toBe('invalid')
  })

  it('in which we may only read drops labels and people in silence; that is said', async () => {
    fake.state.mayPush = false
    const session = open()
    expect((await session.check()).problems[0]).toContain('may only read')
    const ref = { id: fake.people.create({ title: 'Here' }) }
    const fault = await faultOf(session.push(update(ref, { owner: '902' }), 'k'))
    expect([fault.kind, fault.field]).toEqual(['invalid', 'owner'])
  })
})

describe('a list', () => {
  it('leaves pull requests out, and goes on when a page holds nothing else', async () => {
    for (let index = 0; index < 100; index += 1)
      fake.people.create({ title: `Pull ${index}` }, { isPull: true })
    const id = fake.people.create({ title: 'An issue' })
    const session = open({ repositories: ['acme/road'], releases: 'milestones' })
    const first = await session.pull(null, 'all')
    expect([first.snapshots, first.more]).toEqual([[], true])
    const second = await session.pull(first.cursor, 'all')
    expect(second.snapshots.filter((each) => each.kind === 'item').map((each) => each.ref.id)).toEqual([id])
  })

  it('shows milestones and releases that changed, once', async () => {
    const session = open({ repositories: ['acme/road'] })
    const { cursor } = await session.pull(null, 'changes')
    ms += 60_000
    await session.push({ op: 'transition', ref: { id: '11-m1' }, to: 'closed', fields: {} }, 'k')
    const { snapshots } = await session.pull(cursor, 'changes')
    const closed = snapshots.find((each) => each.ref.id === '11-m1')
    expect([closed?.kind, closed?.fields.status, closed?.statusCategory]).toEqual([
      'release',
      'closed',
      'done',
    ])
  })

  it('takes up a repository that is followed since a moment ago', async () => {
    const { cursor } = await open({ repositories: ['acme/road'] }).pull(null, 'changes')
    const both = open()
    let page = await both.pull(cursor, 'changes')
    while (page.more) page = await both.pull(page.cursor, 'changes')
    ms += 60_000
    const id = fake.people.create({ title: 'There' }, { repository: 'bridge' })
    const seen: string[] = []
    do {
      page = await both.pull(page.cursor, 'changes')
      seen.push(...page.snapshots.map((each) => each.ref.id))
    } while (page.more)
    expect(seen).toContain(id)
  })
})

describe('writing', () => {
  it('keeps our marker when the text is written anew, and when people changed it', async () => {
    const session = open()
    const ref = await created({ title: 'x', description: 'one' }, session)
    await session.push(update(ref, { description: 'two' }), 'k')
    expect(issue(ref).body).toBe('two\n\n<!-- causeway: TK-1 -->')
    expect(shown(await session.fetch(ref)).fields.description).toBe('two')
  })

  it('finds a copy too, because it holds our marker', async () => {
    const session = open()
    const ref = await created({ title: 'x' }, session)
    const copy = fake.people.create({ title: 'copy', body: issue(ref).body })
    const found = await session.find('TK-1', new Date(ms))
    expect(found.map((each) => [each.ref.id, each.createdByUs])).toEqual(
      expect.arrayContaining([
        [ref.id, true],
        [copy, false],
      ]),
    )
  })

  it('refuses a label there is not, for GitHub would make it', async () => {
    const session = open()
    const ref = await created({ title: 'x' }, session)
    const fault = await faultOf(session.push(update(ref, { labels: ['bug', 'tpyo'] }), 'k'))
    expect([fault.kind, fault.field, fake.state.repositories[0]?.labels.includes('tpyo')]).toEqual([
      'invalid',
      'labels',
      false,
    ])
  })

  it('takes the label of a state, and none for one that is closed', async () => {
    const road = fake.state.repositories[0]
    road?.labels.push('status: triage', 'status: in work')
    const session = open({ labelFields: { status: 'status: ' } })
    const ref = await created({ title: 'x', labels: ['bug'] }, session)
    const go = async (to: string) => {
      await session.push({ op: 'transition', ref, to, fields: {} }, 'k')
      return [shown(await session.fetch(ref)).fields.status, [...issue(ref).labels].sort()]
    }
    expect(await go('triage')).toEqual(['triage', ['bug', 'status: triage']])
    expect(await go('in work')).toEqual(['in work', ['bug', 'status: in work']])
    expect(await go('completed')).toEqual(['completed', ['bug']])
    expect(await go('open')).toEqual(['open', ['bug']])
    expect((await faultOf(go('nonsense'))).kind).toBe('invalid')
  })

  it('says that a locked issue takes no comment, and does not stop the connection for it', async () => {
    const ref = { id: fake.people.create({ title: 'x' }) }
    fake.people.lock(ref.id)
    const add = open().push({ op: 'comment.add', ref, visibility: 'public', text: 'y' }, 'k')
    expect(await faultOf(add)).toMatchObject({ kind: 'invalid', detail: expect.stringContaining('locked') })
  })

  it('refuses a text that is too long before it is sent', async () => {
    const session = open()
    const ref = await created({ title: 'x' }, session)
    const calls = fake.calls()
    const long = 'y'.repeat(65_537)
    const fault = await faultOf(
      session.push({ op: 'comment.add', ref, visibility: 'public', text: long }, 'k'),
    )
    expect([fault.kind, fake.calls() - calls]).toEqual(['invalid', 0])
    expect((await faultOf(session.push(update(ref, { title: 'z'.repeat(257) }), 'k'))).field).toBe('title')
  })

  it('costs one call for what can be said in one', async () => {
    const session = open()
    const ref = await created({ title: 'x' }, session)
    // What a session learns once is not what is counted.
    await session.fetch(ref)
    const costs = async (operation: Operation): Promise<number> => {
      const before = fake.calls()
      await session.push(operation, 'k')
      return fake.calls() - before
    }
    expect(await costs(update(ref, { title: 'y' }))).toBe(1)
    expect(await costs({ op: 'transition', ref, to: 'completed', fields: {} })).toBe(1)
    expect(await costs({ op: 'comment.add', ref, visibility: 'public', text: 'z' })).toBe(1)
    expect(await costs(update(ref, { description: 'z' }))).toBe(2)
  })
})

describe('what a write replaced', () => {
  const since = '2026-01-05T09:00:00Z'
  const told = async (fields: Snapshot['fields'], person: Readonly<Record<string, unknown>>) => {
    const session = open()
    const ref = await created(
      { title: 'x', description: 'one', release: '2.1.0', priority: 'high', owner: '901' },
      session,
    )
    ms += 60_000
    fake.people.edit(ref.id, person, 902)
    ms += 60_000
    const write = { op: 'update', ref, fields, version: null, since } as const
    const { overwrote } = await session.push(write, 'k')
    expect(await session.overwritten?.(write)).toEqual(overwrote)
    return overwrote
  }

  it.each([
    ['title', { title: 'ours' }, { title: 'theirs' }, { title: 'theirs' }],
    ['text', { description: 'ours' }, { body: 'theirs' }, { description: 'theirs' }],
    ['milestone', { release: null }, { milestone: 2 }, { release: '2.2.0' }],
    ['owner', { owner: null }, { assignees: ['eve-dev'] }, { owner: '902' }],
    ['priority', { priority: null }, { labels: ['bug', 'priority: low'] }, { priority: 'low' }],
    ['labels', { labels: [] }, { labels: ['bug', 'priority: high'] }, { labels: ['bug'] }],
  ] as const)('is told of the %s', async (_, ours, theirs, expected) => {
    expect(await told(ours, theirs)).toEqual(expected)
  })

  it('is told of the state', async () => {
    const session = open()
    const ref = await created({ title: 'x' }, session)
    ms += 60_000
    fake.people.edit(ref.id, { state: 'closed', state_reason: 'not_planned' }, 902)
    ms += 60_000
    const write = { op: 'transition', ref, to: 'completed', fields: {}, since } as const
    expect((await session.push(write, 'k')).overwrote).toEqual({ status: 'not planned' })
  })

  it('is nothing where somebody changed another field', async () => {
    expect(await told({ title: 'ours' }, { body: 'theirs' })).toEqual({})
  })

  it('is not told where GraphQL is missing, and the write is done all the same', async () => {
    fake.state.hasGraphql = false
    expect(await told({ title: 'ours' }, { title: 'theirs' })).toEqual({})
  })
})

describe('a limit', () => {
  it('that only a sentence tells is waited for a minute', async () => {
    const session = open()
    const ref = { id: fake.people.create({ title: 'x' }) }
    await fake.set({ next: [{ fault: 'secondary limit' }] })
    const fault = await faultOf(session.fetch(ref))
    expect([fault.kind, fault.retryAt]).toEqual(['rate', new Date(ms + 60_000)])
  })
})

describe('a file', () => {
  it('is read where its address sends on to, and no other address is asked', async () => {
    const session = open()
    const ref = { id: fake.people.create({ title: 'x' }) }
    fake.people.attach(ref.id, 'log.txt', Buffer.from('bytes'))
    const [file] = shown(await session.fetch(ref)).attachments ?? []
    expect(file).toMatchObject({
      name: 'log.txt',
      mediaType: 'text/plain',
      visibility: 'public',
      byUs: false,
    })
    const chunks: Uint8Array[] = []
    for await (const chunk of (await session.download(ref, file?.id ?? '')).stream) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('bytes')
    const calls = fake.calls()
    for (const id of ['0:https://elsewhere.example/x', `0:${fake.url}/user`, '0:file:///etc/passwd', 'x'])
      expect((await faultOf(session.download(ref, id))).kind).toBe('gone')
    expect(fake.calls()).toBe(calls)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Operation, Session } from '../../sync/connector.ts'
import type { Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type GitLabFake, startGitLabFake } from './fake.ts'
import { gitlab } from './index.ts'
import type { Settings } from './settings.ts'

let ms = 0
const now = (): Date => new Date(ms)
let fake: GitLabFake
let closers: (() => Promise<void>)[] = []

beforeEach(async () => {
  ms = Date.parse('2026-01-05T09:00:00.000Z')
  fake = await startGitLabFake({ now })
  closers = [fake.close]
})
afterEach(async () => {
  for (const close of closers.reverse()) await close()
})

const session = (more: Partial<Settings> = {}): Session => {
  const settings = { ...fake.settings, ...more }
  const headers = () => gitlab.headers(settings)
  const http = openHttp({ baseUrl: fake.url, headers, now, allowPrivate: [fake.address] })
  closers.push(http.close)
  return gitlab.connect(settings, http, now)
}

const shown = async (of: Session, id: string): Promise<Snapshot> => {
  const snapshot = await of.fetch({ id })
  if (snapshot === 'gone') throw new Error(`${id} is gone`)
  return snapshot
}

const create = (fields: ToolFields): Operation => ({
  op: 'create',
  container: 'northwind/atlas',
  marker: 'TK-1',
  fields: { title: 'Export hangs', ...fields },
})

const issues = () => [...fake.state.issues.values()]

describe('text from elsewhere', () => {
  const HOSTILE = 'Please help\n/close\n/confidential\n/title Owned\n```\n/close\n```\n~~~\n/unassign\n~~~'

  it('is never obeyed by GitLab, in a description, a changed one, or a comment', async () => {
    const ours = session()
    const { ref } = await ours.push(create({ description: HOSTILE, owner: '6' }), 'k')
    const at = ref ?? { id: '' }
    await ours.push({ op: 'update', ref: at, fields: { description: `${HOSTILE}!` }, version: null }, 'k')
    await ours.push({ op: 'comment.add', ref: at, visibility: 'public', text: HOSTILE }, 'k')
    const { elementId } = await ours.push(
      { op: 'comment.add', ref: at, visibility: 'internal', text: '/close' },
      'k',
    )
    expect(issues()).toMatchObject([
      { state: 'opened', confidential: false, title: 'Export hangs', assigneeIds: [6] },
    ])
    const { fields, comments } = await shown(ours, at.id)
    expect(fields.description).toBe(`${HOSTILE}!`)
    expect(comments?.map(({ id, text }) => [id === elementId, text])).toEqual([
      [false, HOSTILE],
      [true, '/close'],
    ])
  })

  it('is obeyed when a person there writes it, which shows that the pretended GitLab obeys', () => {
    fake.people.create({ title: 'By hand', description: 'x\n/close' })
    expect(issues()).toMatchObject([{ state: 'closed', description: 'x' }])
  })

  it('carries no key of another record with it', async () => {
    const ours = session()
    await ours.push(create({ description: 'a <!-- causeway:TK-2 --> b' }), 'k')
    expect(await ours.find('TK-2', now())).toEqual([])
    expect(await ours.find('TK-1', now())).toHaveLength(1)
  })
})

describe('an issue that was moved', () => {
  const moved = async (ours: Session) => {
    const { ref } = await ours.push(create({ labels: ['backend'] }), 'k')
    const from = ref?.id ?? ''
    return { from, to: fake.people.move(from, 'northwind/borealis') }
  }

  it('is written to where it is now, though nobody told us that it was moved', async () => {
    const ours = session()
    const { from, to } = await moved(ours)
    await ours.push({ op: 'update', ref: { id: from }, fields: { title: 'New' }, version: null }, 'k')
    await session().push({ op: 'comment.add', ref: { id: from }, visibility: 'public', text: 'Hi' }, 'k')
    expect(await shown(ours, from)).toMatchObject({
      ref: { id: from },
      key: 'northwind/borealis#1',
      fields: { title: 'New', container: 'northwind/borealis' },
      comments: [{ text: 'Hi' }],
    })
    expect(to).toBe('5:1')
  })

  it('is one item, seen from either place', async () => {
    const { from, to } = await moved(session())
    expect((await shown(session(), to)).ref.id).toBe(from)
    const ours = session()
    const ids: string[] = []
    let cursor: string | null = null
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<Session['pull']>> = await ours.pull(cursor, 'all')
      ids.push(...page.snapshots.filter(({ kind }) => kind === 'item').map(({ ref }) => ref.id))
      cursor = page.cursor
      more = page.more
    }
    expect(new Set(ids)).toEqual(new Set([from]))
  })

  it('costs one question for all of a list, and not one for each', async () => {
    const ours = session({ projects: ['northwind/atlas'] })
    for (let index = 0; index < 5; index += 1) await moved(ours)
    await ours.pull(null, 'all')
    const before = fake.calls.length
    const page = await ours.pull(null, 'all')
    expect(page.snapshots.map(({ container }) => container)).toEqual(Array(5).fill('northwind/borealis'))
    expect(fake.calls.slice(before)).toHaveLength(3)
  })

  it('moves again with us, and keeps its id', async () => {
    const ours = session()
    const { from } = await moved(ours)
    const back = {
      op: 'update',
      ref: { id: from },
      fields: { container: 'northwind/atlas' },
      version: null,
    } as const
    await ours.push(back, 'k')
    expect(await shown(ours, from)).toMatchObject({ ref: { id: from }, key: 'northwind/atlas#2' })
  })

  it('out of our sight is said of that item alone, and is not gone', async () => {
    const { from } = await moved(session())
    Object.assign(fake.state.projects[1] ?? {}, { hidden: true })
    const ours = session({ projects: ['northwind/atlas'] })
    await expect(ours.fetch({ id: from })).rejects.toMatchObject({ kind: 'invalid' })
    expect((await ours.pull(null, 'all')).snapshots).toEqual([])
  })
})

describe('an issue of the Service Desk', () => {
  it('is asked by whom it was mailed, and what they wrote is theirs and public', async () => {
    const id = fake.people.mail('kim@customer.example', 'It burns', 'Help!')
    fake.people.reply(id, 'kim@customer.example', 'Still burning')
    fake.people.comment(id, 'On it')
    fake.people.comment(id, 'Not again', { internal: true })
    const { fields, people, comments, createdByUs } = await shown(session(), id)
    expect([fields.requester, fields['cf:confidential'], createdByUs]).toEqual([
      'email:kim@customer.example',
      true,
      false,
    ])
    expect(people).toContainEqual({
      id: 'email:kim@customer.example',
      name: 'kim@customer.example',
      email: 'kim@customer.example',
    })
    expect(comments?.map(({ author, visibility }) => [author?.email, visibility])).toEqual([
      ['kim@customer.example', 'public'],
      ['dora@northwind.example', 'public'],
      ['dora@northwind.example', 'internal'],
    ])
  })
})

describe('who sees what', () => {
  it('takes what people write on a confidential issue for internal, and their files with it', async () => {
    const ours = session()
    const { ref } = await ours.push(create({ 'cf:confidential': true }), 'k')
    const id = ref?.id ?? ''
    fake.people.comment(id, 'Between us')
    fake.people.attach(id, 'dump.log', Buffer.from('x'))
    await ours.push({ op: 'comment.add', ref: { id }, visibility: 'public', text: 'Of ours' }, 'k')
    const { comments, attachments } = await shown(ours, id)
    expect(comments?.map(({ byUs, visibility }) => [byUs, visibility])).toEqual([
      [false, 'internal'],
      [false, 'internal'],
      [true, 'public'],
    ])
    expect(attachments?.map(({ visibility }) => visibility)).toEqual(['internal'])
  })

  it('rather has no comment than an internal one made public', async () => {
    const ours = session()
    const { ref } = await ours.push(create({}), 'k')
    Object.assign(fake.state.users[1] ?? {}, { accessLevel: 10 })
    const secret = {
      op: 'comment.add',
      ref: ref ?? { id: '' },
      visibility: 'internal',
      text: 'Secret',
    } as const
    await expect(ours.push(secret, 'k')).rejects.toMatchObject({ kind: 'invalid' })
    expect(issues()[0]?.notes).toEqual([])
  })

  it('calls hidden what is in a project out of sight, and gone what is not in an open one', async () => {
    const ours = session()
    expect(await ours.fetch({ id: '4:77' })).toBe('gone')
    await expect(ours.fetch({ id: '77:1' })).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('fields', () => {
  it('of labels need a label that is there, for GitLab would make one of a mistake', async () => {
    const ours = session()
    await expect(ours.push(create({ priority: '9' }), 'k')).rejects.toMatchObject({ field: 'priority' })
    const { ref } = await ours.push(create({ priority: '1', labels: ['urgent'] }), 'k')
    fake.state.licensed = false
    await ours.push({ op: 'update', ref: ref ?? { id: '' }, fields: { priority: '2' }, version: null }, 'k')
    expect(issues()[0]?.labels).toEqual(['urgent', 'priority::2'])
    expect(fake.state.projects[0]?.labels).not.toContain('priority::9')
  })

  it('that this edition ignores are refused by name, not taken for done', async () => {
    fake.state.licensed = false
    const ours = session()
    const { ref } = await ours.push(create({}), 'k')
    const heavy = { op: 'update', ref: ref ?? { id: '' }, fields: { 'cf:weight': 5 }, version: null } as const
    await expect(ours.push(heavy, 'k')).rejects.toMatchObject({ kind: 'invalid', field: 'cf:weight' })
  })

  it('keep the further assignees when the first one changes', async () => {
    const ours = session()
    const { ref } = await ours.push(create({ owner: '6', 'cf:assignees': ['7'] }), 'k')
    await ours.push({ op: 'update', ref: ref ?? { id: '' }, fields: { owner: '5' }, version: null }, 'k')
    expect(issues()[0]?.assigneeIds).toEqual([5, 7])
    await ours.push({ op: 'update', ref: ref ?? { id: '' }, fields: { owner: null }, version: null }, 'k')
    expect(issues()[0]?.assigneeIds).toEqual([7])
  })

  it('are no conflict with a comment that came between, only with an edit', async () => {
    const ours = session()
    const { ref } = await ours.push(create({}), 'k')
    const id = ref?.id ?? ''
    const { version } = await shown(ours, id)
    fake.people.comment(id, 'By the way')
    await ours.push({ op: 'update', ref: { id }, fields: { title: 'Ours' }, version }, 'k')
    fake.people.edit(id, { due_date: '2026-02-02' })
    const late = { op: 'update', ref: { id }, fields: { title: 'Late' }, version } as const
    await expect(ours.push(late, 'k')).rejects.toMatchObject({ kind: 'conflict' })
  })
})

describe('versions', () => {
  it('are milestones, which can be changed, and releases, which cannot', async () => {
    fake.state.releases.push({ projectId: 4, tag: 'v1/β', name: '1.0', releasedMs: ms })
    const ours = session({ releases: 'milestones-and-releases', projects: ['northwind/atlas'] })
    await ours.pull(null, 'all')
    const { snapshots } = await ours.pull((await ours.pull(null, 'all')).cursor, 'all')
    expect(snapshots.map(({ ref }) => ref.id)).toEqual([
      'milestone:p4:31',
      'milestone:p4:32',
      'release:4:v1%2F%CE%B2',
    ])
    const close = { op: 'update', ref: { id: 'milestone:p4:31' }, version: null } as const
    await ours.push({ ...close, fields: { status: 'closed', due: null, title: '2.1.0' } }, 'k')
    expect(await shown(ours, 'milestone:p4:31')).toMatchObject({
      fields: { status: 'closed', due: null, title: '2.1.0' },
      statusCategory: 'done',
    })
    const release = { id: 'release:4:v1%2F%CE%B2' }
    expect(await shown(ours, release.id)).toMatchObject({ key: '1.0', fields: { status: 'released' } })
    await expect(
      ours.push({ op: 'update', ref: release, fields: { title: 'x' }, version: null }, 'k'),
    ).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('check', () => {
  it('names what one can forget', async () => {
    Object.assign(fake.state.users[1] ?? {}, { accessLevel: 10 })
    Object.assign(fake.state.projects[1] ?? {}, { hidden: true })
    Object.assign(fake.state.projects[0] ?? {}, { archived: true })
    ms = Date.parse('2026-12-30T09:00:00.000Z')
    const labelFields = { workflow: 'status', estimate: 'cf:estimate', priority: 'type' }
    const { problems } = await session({ labelFields }).check()
    expect(problems).toEqual([
      'The scope "priority" cannot be the field "type": use status, priority, component, or a name after cf:.',
      'The access token expires on 2027-01-01: make a new one in time.',
      'Project northwind/atlas is archived: nothing can be written there.',
      'In project northwind/atlas the account needs the role Planner or Reporter: without it confidential issues and internal comments stay hidden.',
      'In project northwind/atlas the account may not manage webhooks: it needs the role Maintainer.',
      'Project northwind/atlas has no label "estimate::…", though the settings make it a field.',
      'GitLab shows no project "northwind/borealis" to this account.',
    ])
  })
})

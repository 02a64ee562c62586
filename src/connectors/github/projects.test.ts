import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Operation, Session } from '../../sync/connector.ts'
import { isFault, type RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { type OpenedFake, openedFake } from './fake/opened.ts'
import { addItem } from './fake/projects.ts'
import type { Settings } from './settings.ts'

const EMPTY = {
  'cf:Roadmap · Status': null,
  'cf:Roadmap · Estimate': null,
  'cf:Roadmap · Note': null,
  'cf:Roadmap · Target date': null,
  'cf:Roadmap · Sprint': null,
}

let world: OpenedFake

beforeEach(async () => {
  world = await openedFake()
})
afterEach(() => world.close())

const fetched = async (session: Session, ref: RemoteRef): Promise<Snapshot> => {
  const found = await session.fetch(ref)
  if (found === 'gone') throw new Error('it is gone')
  return found
}

const ofProject = ({ fields }: Snapshot) =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field.startsWith('cf:Roadmap')))

const faultOf = async (work: Promise<unknown>): Promise<RemoteFault> => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (isFault(thrown)) return thrown
  throw new Error(`no fault: ${String(thrown)}`)
}

const update = (ref: RemoteRef, fields: Snapshot['fields']): Operation => ({
  op: 'update',
  ref,
  fields,
  version: null,
})

const calls = async (work: () => Promise<unknown>): Promise<number> => {
  const before = world.fake.calls()
  await work()
  return world.fake.calls() - before
}

const project = () => {
  const [found] = world.fake.state.projects
  if (found === undefined) throw new Error('there is no project')
  return found
}

describe('an issue', () => {
  it('shows the fields of the project under the name that the settings give it', async () => {
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    world.fake.people.plan(ref.id, 'Status', 'In Progress')
    world.fake.people.plan(ref.id, 'Estimate', 2.5)
    world.fake.people.plan(ref.id, 'Note', 'first things first')
    world.fake.people.plan(ref.id, 'Target date', '2026-03-01')
    world.fake.people.plan(ref.id, 'Sprint', 'Sprint 1')
    expect(ofProject(await fetched(world.open(), ref))).toEqual({
      'cf:Roadmap · Status': 'In Progress',
      'cf:Roadmap · Estimate': 2.5,
      'cf:Roadmap · Note': 'first things first',
      'cf:Roadmap · Target date': '2026-03-01',
      'cf:Roadmap · Sprint': 'Sprint 1',
    })
  })

  it('that is not in the project shows its fields empty', async () => {
    const found = await fetched(world.open(), { id: world.fake.people.create({ title: 'x' }) })
    expect(ofProject(found)).toEqual(EMPTY)
  })

  it('shows the same in every list, or each list would take it for changed', async () => {
    const session = world.open()
    const { cursor } = await session.pull(null, 'changes')
    const ref = { id: world.fake.people.create({ title: 'x', body: '<!-- causeway: TK-1 -->' }) }
    world.fake.people.plan(ref.id, 'Status', 'Done')
    const { fields, updatedAt } = await fetched(session, ref)
    const pages = [await session.pull(null, 'all'), await session.pull(cursor, 'changes')]
    const found = await session.find('TK-1', world.now())
    for (const listed of [...pages.map(({ snapshots }) => snapshots), found])
      expect(listed.find((each) => each.ref.id === ref.id)).toMatchObject({ fields, updatedAt })
  })

  it('in more projects than are told of is not taken for one whose fields are empty', async () => {
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    const issue = world.fake.state.repositories[0]?.issues.get(1)
    for (let number = 10; number < 21; number += 1) {
      const other = { ...project(), id: `PVT_${number}`, number, items: [], lastItem: 0 }
      world.fake.state.projects.unshift(other)
      addItem(other, issue?.id ?? 0, world.now().getTime())
    }
    world.fake.people.plan(ref.id, 'Status', 'Done')
    const found = await fetched(world.open(), ref)
    expect(ofProject(found)).toEqual({})
  })

  it('keeps its own fields where the project is hidden, and says nothing of what the project has', async () => {
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    project().isHidden = true
    const found = await fetched(world.open(), ref)
    expect([found.fields.title, ofProject(found)]).toEqual(['x', {}])
  })
})

describe('what it costs', () => {
  it('is nothing for who names no project', async () => {
    const plain = world.open({ projects: {} })
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    await plain.fetch(ref)
    expect(await calls(() => plain.fetch(ref))).toBe(1)
    expect(await calls(() => plain.push(update(ref, { title: 'y' }), 'k'))).toBe(1)
    expect(await calls(() => plain.pull(null, 'all'))).toBe(2)
    expect((await plain.pull((await plain.pull(null, 'changes')).cursor, 'changes')).more).toBe(false)
  })

  it('is one question for a page, one for an issue, one for a write and two where it is put in', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    for (let index = 0; index < 30; index += 1) world.fake.people.create({ title: `x ${index}` })
    await session.fetch(ref)
    expect(await calls(() => session.fetch(ref))).toBe(2)
    expect(await calls(() => session.pull(null, 'all'))).toBe(3)
    const both = { title: 'y', 'cf:Roadmap · Status': 'Done', 'cf:Roadmap · Estimate': 1 }
    expect(await calls(() => session.push(update(ref, both), 'k'))).toBe(3)
    const again = { title: 'z', 'cf:Roadmap · Status': 'Todo', 'cf:Roadmap · Estimate': null }
    expect(await calls(() => session.push(update(ref, again), 'k'))).toBe(2)
    expect(await calls(() => session.push(update(ref, { 'cf:Roadmap · Note': 'x' }), 'k'))).toBe(1)
  })
})

describe('a write', () => {
  it('sets a field of each kind, and puts the issue into the project', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    const fields = {
      'cf:Roadmap · Status': 'Done',
      'cf:Roadmap · Estimate': 0,
      'cf:Roadmap · Note': 'x',
      'cf:Roadmap · Target date': '2026-03-01',
      'cf:Roadmap · Sprint': 'Sprint 3',
    }
    await session.push(update(ref, fields), 'k')
    expect(ofProject(await fetched(session, ref))).toEqual(fields)
    await session.push(update(ref, EMPTY), 'k')
    expect(ofProject(await fetched(session, ref))).toEqual(EMPTY)
  })

  it('of a new issue sets them too', async () => {
    const session = world.open()
    const fields = { title: 'x', 'cf:Roadmap · Status': 'Todo' }
    const made = await session.push({ op: 'create', container: 'acme/road', marker: 'TK-1', fields }, 'k')
    const found = await fetched(session, made.ref ?? { id: '' })
    expect([found.fields.title, found.fields['cf:Roadmap · Status']]).toEqual(['x', 'Todo'])
  })

  it('that empties a field puts no issue into the project', async () => {
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    await world.open().push(update(ref, { 'cf:Roadmap · Status': null }), 'k')
    expect(project().items).toEqual([])
    world.fake.people.plan(ref.id, 'Status', 'Todo')
    const session = world.open()
    await session.push(update(ref, { 'cf:Roadmap · Status': null }), 'k')
    expect((await fetched(session, ref)).fields['cf:Roadmap · Status']).toBeNull()
  })

  it('puts in again an issue that somebody took out meanwhile', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    world.fake.people.plan(ref.id, 'Status', 'Todo')
    await session.fetch(ref)
    project().items = []
    await session.push(update(ref, { 'cf:Roadmap · Status': 'Done' }), 'k')
    expect((await fetched(session, ref)).fields['cf:Roadmap · Status']).toBe('Done')
  })

  it.each([
    ['an option there is not', 'Status', 'Blocked'],
    ['an iteration there is not', 'Sprint', 'Sprint 99'],
    ['words for a number', 'Estimate', 'many'],
    ['words for a date', 'Target date', 'soon'],
    ['a field there is not', 'Colour', 'red'],
  ])('refuses %s, with the field, before anything is sent', async (_, name, value) => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    const fault = await faultOf(
      session.push(update(ref, { title: 'y', [`cf:Roadmap · ${name}`]: value }), 'k'),
    )
    expect([fault.kind, fault.field, world.fake.ledger.length]).toEqual([
      'invalid',
      `cf:Roadmap · ${name}`,
      0,
    ])
  })

  it('knows an option that somebody named anew a moment ago, and not its old name', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    await session.fetch(ref)
    const status = project().fields.find(({ name }) => name === 'Status')
    const done = status?.options.find(({ name }) => name === 'Done')
    if (done !== undefined) done.name = 'Shipped'
    await session.push(update(ref, { 'cf:Roadmap · Status': 'Shipped' }), 'k')
    const fault = await faultOf(session.push(update(ref, { 'cf:Roadmap · Status': 'Done' }), 'k'))
    expect([fault.kind, fault.field]).toEqual(['invalid', 'cf:Roadmap · Status'])
  })

  it('to a project that may only be read is refused with the field', async () => {
    project().mayWrite = false
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    const fault = await faultOf(world.open().push(update(ref, { 'cf:Roadmap · Note': 'x' }), 'k'))
    expect([fault.kind, fault.field]).toEqual(['invalid', 'cf:Roadmap · Note'])
  })

  it('that GitHub refuses to the token is refused with the field, and stops nothing else', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    world.fake.people.plan(ref.id, 'Status', 'Todo')
    await session.fetch(ref)
    world.fake.state.scopes = 'repo'
    const fault = await faultOf(session.push(update(ref, { 'cf:Roadmap · Note': 'x' }), 'k'))
    expect([fault.kind, fault.field]).toEqual(['invalid', 'cf:Roadmap · Note'])
  })

  it('whose answer is lost is unknown, and done', async () => {
    const session = world.open()
    const ref = { id: world.fake.people.create({ title: 'x' }) }
    world.fake.people.plan(ref.id, 'Status', 'Todo')
    await session.fetch(ref)
    await world.fake.set({ next: [{ fault: 'commit then drop', on: 'write' }] })
    const fault = await faultOf(session.push(update(ref, { 'cf:Roadmap · Status': 'Done' }), 'k'))
    expect(fault.kind).toBe('unknown')
    expect((await fetched(session, ref)).fields['cf:Roadmap · Status']).toBe('Done')
  })

  it('of an issue that was made, and not put into the project, is unknown, so that none is made twice', async () => {
    const session = world.open()
    const fields = { title: 'x', 'cf:Roadmap · Status': 'Todo' }
    await session.describe()
    await world.fake.set({ next: [{ fault: 'secondary limit', on: 'write' }] })
    // The first write is the issue itself.
    const limited = await faultOf(
      session.push({ op: 'create', container: 'acme/road', marker: 'TK-1', fields }, 'k'),
    )
    expect(limited.kind).toBe('rate')
    project().fields = project().fields.filter(({ name }) => name !== 'Status')
    const fault = await faultOf(
      session.push({ op: 'create', container: 'acme/road', marker: 'TK-1', fields }, 'k'),
    )
    expect(fault.kind).toBe('unknown')
    expect(await session.find('TK-1', world.now())).toHaveLength(1)
  })
})

describe('check', () => {
  const problems = async (more: Partial<Settings> = {}) => (await world.open(more).check()).problems

  it('says nothing where all is well', async () => {
    expect(await problems()).toEqual([])
  })

  it('names a project that is not there', async () => {
    expect(await problems({ projects: { Plan: 'acme/8' } })).toEqual([
      'GitHub shows no project acme/8 to this account: there is none, or it lacks the right "Projects: read and write".',
    ])
  })

  it('says what the token lacks', async () => {
    world.fake.state.scopes = 'repo'
    expect(await problems()).toEqual([
      'The token lacks the scope "project", so GitHub does not show the project acme/7.',
    ])
  })

  it('says that a project may only be read, by the account or by its token', async () => {
    const readOnly = [
      'In project acme/7 the account may only read: it lacks the right "Projects: read and write".',
    ]
    world.fake.state.scopes = 'read:project, repo'
    expect(await problems()).toEqual(readOnly)
    world.fake.state.scopes = 'project'
    expect(await problems()).toEqual([])
    project().mayWrite = false
    expect(await problems()).toEqual(readOnly)
  })

  it('says that GraphQL is missing, or switched off', async () => {
    expect(await problems({ graphql: false })).toEqual([
      'Fields of projects are read by GraphQL only: leave that on.',
    ])
    world.fake.state.hasGraphql = false
    expect(await problems()).toEqual(['GitHub offers no GraphQL here, so the project acme/7 cannot be read.'])
  })
})

it('describes the fields with their options, iterations that are over among them', async () => {
  const { fields } = await world.open().describe()
  const found = fields.filter(({ field }) => field.startsWith('cf:Roadmap'))
  expect(found.map(({ field, kind, options, writable }) => [field, kind, options, writable])).toEqual([
    ['cf:Roadmap · Status', 'choice', ['Todo', 'In Progress', 'Done'], true],
    ['cf:Roadmap · Estimate', 'number', null, true],
    ['cf:Roadmap · Note', 'text', null, true],
    ['cf:Roadmap · Target date', 'date', null, true],
    ['cf:Roadmap · Sprint', 'choice', ['Sprint 2', 'Sprint 3', 'Sprint 1'], true],
  ])
})

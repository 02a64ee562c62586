import { describe, expect, it } from 'vitest'
import type { Http } from '../../sync/connector.ts'
import { countLedger, createDemoTool } from './fake.ts'
import { demoDesk, demoTracker } from './index.ts'
import { demoTools } from './instances.ts'
import { seededRandom } from './seeded-random.ts'
import type { DemoToolOptions } from './tool/model.ts'

const noHttp: Http = {
  request: () => Promise.reject(new Error('no HTTP in this test')),
  download: () => Promise.reject(new Error('no HTTP in this test')),
}

const START = Date.parse('2026-01-05T09:00:00.000Z')

/** A tool under its own name with a clock that tests move. */
const world = (options: Partial<DemoToolOptions> & { kind: 'desk' | 'tracker' }) => {
  let ms = START
  const now = (): Date => new Date(ms)
  const name = `${options.kind} ${Math.floor(demoTools.size)}`
  const tool = createDemoTool({ name, now, random: seededRandom(7), hookDelivery: 'manual', ...options })
  demoTools.set(name, tool)
  const connector = options.kind === 'desk' ? demoDesk : demoTracker
  const session = connector.connect({ instance: name }, noHttp, now)
  return {
    tool,
    session,
    now,
    later: (more: number) => {
      ms += more
    },
  }
}

const create = (container: string, marker: string) =>
  ({ op: 'create', container, marker, fields: { title: 'Login fails' } }) as const

describe('a simulated tool', () => {
  it('makes one ticket from a create that is repeated with its key, because its answer was lost', async () => {
    const { tool, session } = world({ kind: 'desk' })
    tool.faults.queue('commitThenLose', { op: 'create' })
    await expect(session.push(create('support', 'TK-1'), 'k1')).rejects.toMatchObject({ kind: 'unknown' })
    const again = await session.push(create('support', 'TK-1'), 'k1')
    expect(tool.items().map(({ id }) => id)).toEqual([again.ref?.id])
    expect(countLedger(tool, { op: 'create', via: 'api' })).toBe(1)
    expect(tool.faults.struck).toEqual({ commitThenLose: 1 })
  })

  it('finds by marker what it made, once its index has caught up', async () => {
    const { tool, session, now, later } = world({ kind: 'tracker', indexLagMs: 60_000 })
    await session.push(create('ENG', 'TK-1'), 'k1')
    expect(await session.find('TK-1', now())).toEqual([])
    later(60_000)
    const clone = tool.humanClone('ENG-1')
    expect(await session.find('TK-1', now())).toMatchObject([{ key: 'ENG-1', createdByUs: true }])
    later(60_000)
    expect(await session.find('TK-1', now())).toMatchObject([
      { key: 'ENG-1' },
      { ref: { id: clone.id }, createdByUs: false },
    ])
  })

  it('keeps to its workflow for connections and lets a required field block a move', async () => {
    const { tool, session } = world({ kind: 'tracker' })
    const transitions = tool.setup.transitions ?? []
    tool.change({
      transitions: [
        ...transitions.filter(({ to }) => to !== 'declined'),
        { from: 'triage', to: 'declined', requires: ['cf:Decline reason'] },
      ],
    })
    const { id } = tool.humanCreate({ container: 'ENG', fields: { title: 'Crash' } })
    const ref = { id }
    await expect(session.push({ op: 'transition', ref, to: 'done', fields: {} }, 'a')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'status',
    })
    await expect(
      session.push({ op: 'transition', ref, to: 'declined', fields: {} }, 'b'),
    ).rejects.toMatchObject({ kind: 'invalid', field: 'cf:Decline reason' })
    await session.push(
      { op: 'transition', ref, to: 'declined', fields: { 'cf:Decline reason': 'By design' } },
      'c',
    )
    expect(tool.item(id)?.fields.status).toBe('declined')
  })

  it('rings before it answers when the fault says so', async () => {
    const { tool, session } = world({ kind: 'desk' })
    const order: string[] = []
    tool.subscribe(() => order.push('hook'))
    tool.faults.queue('hookFirst')
    await session.push(create('support', 'TK-1'), 'k1')
    order.push('answer')
    expect(order).toEqual(['hook', 'answer'])
  })

  it('goes back to a backup without giving a number twice', async () => {
    const { tool } = world({ kind: 'desk' })
    const first = tool.humanCreate({ container: 'support', fields: { title: 'One' } })
    const backup = tool.dump()
    tool.humanEdit(first.id, { title: 'One, changed' })
    const second = tool.humanCreate({ container: 'support', fields: { title: 'Two' } })
    tool.restoreFromBackup(backup)
    expect(tool.item(first.id)?.fields.title).toBe('One')
    expect(tool.item(second.id)).toBeUndefined()
    expect(tool.humanCreate({ container: 'support', fields: { title: 'Three' } }).id).not.toBe(second.id)
    expect(tool.ledger).toHaveLength(4)
  })

  it('survives a restart as it was', () => {
    const { tool } = world({ kind: 'desk' })
    const ticket = tool.humanCreate({ container: 'support', fields: { title: 'One' } })
    tool.humanAttach(ticket.id, { name: 'log.txt', content: Buffer.from('words') })
    const next = world({ kind: 'desk' }).tool
    next.load(JSON.parse(JSON.stringify(tool.dump())))
    expect(next.dump()).toEqual(tool.dump())
    expect(next.humanCreate({ container: 'support', fields: { title: 'Two' } }).key).toBe('T-2')
  })

  it('asks to wait after a 429 and notes who does not', async () => {
    const { tool, session, later } = world({ kind: 'desk' })
    tool.faults.queue('rate')
    await expect(session.check()).rejects.toMatchObject({ kind: 'rate', retryAt: new Date(START + 30_000) })
    await expect(session.check()).rejects.toMatchObject({ kind: 'rate' })
    later(30_000)
    await session.check()
    expect(tool.calls.map(({ outcome, early }) => [outcome, early])).toEqual([
      [429, false],
      [429, true],
      [200, false],
    ])
  })
})

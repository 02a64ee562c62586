import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPath, mergeStatus, type StatusInput } from './merge-status.ts'

const input = (more: Partial<StatusInput>): StatusInput => ({
  mapping: {
    owner: 'tool',
    toHub: { new: 'new', open: 'open', solved: 'resolved' },
    toTool: [
      { when: 'resolved', to: 'solved' },
      { when: 'open', from: ['solved'], to: 'open' },
    ],
  },
  base: { hub: 'open', tool: 'open' },
  hub: 'open',
  tool: 'open',
  next: null,
  transitions: null,
  direct: true,
  first: 'ask',
  remap: false,
  ...more,
})

describe('a status', () => {
  it('that nobody moved needs nothing', () => {
    expect(mergeStatus(input({})).do).toBe('nothing')
  })

  it('comes in when it moved there', () => {
    expect(mergeStatus(input({ tool: 'solved' }))).toMatchObject({ do: 'to hub', state: 'resolved' })
  })

  it('goes out by its rule when it moved here', () => {
    expect(mergeStatus(input({ hub: 'resolved' }))).toMatchObject({ do: 'move', to: 'solved', last: true })
  })

  it('moved on both sides is the owner’s', () => {
    expect(mergeStatus(input({ hub: 'resolved', tool: 'new' }))).toMatchObject({ do: 'to hub', state: 'new' })
    const hub = { ...input({}).mapping, owner: 'hub' } as const
    expect(mergeStatus(input({ mapping: hub, hub: 'resolved', tool: 'new' }))).toMatchObject({
      do: 'move',
      to: 'solved',
    })
  })

  it('the mapping does not name waits, and says which word', () => {
    expect(mergeStatus(input({ tool: 'parked' }))).toMatchObject({
      do: 'hold',
      hold: { code: 'unknown-status', value: 'parked' },
    })
  })

  it('several moves away is reached one move at a time, and never turns back half-way', () => {
    const transitions = [
      { from: 'triage', to: 'backlog' },
      { from: 'backlog', to: 'ready' },
      { from: 'ready', to: 'done' },
      { from: 'backlog', to: 'triage' },
    ]
    const mapping = {
      owner: 'tool',
      toHub: { triage: 'triage', backlog: 'backlog', ready: 'ready', done: 'done' },
      toTool: [{ when: 'done', to: 'done' }],
    } as const
    let tool = 'triage'
    let base = { hub: 'triage', tool: 'triage' }
    const path: string[] = []
    for (let round = 0; round < 10; round += 1) {
      const plan = mergeStatus(
        input({
          mapping,
          base,
          hub: 'done',
          tool,
          transitions,
          direct: false,
          next: transitions.flatMap((move) => (move.from === tool ? [move.to] : [])),
        }),
      )
      if (plan.do !== 'move') break
      tool = plan.to
      base = { hub: plan.last ? 'done' : base.hub, tool }
      path.push(tool)
    }
    expect(path).toEqual(['backlog', 'ready', 'done'])
  })

  it('with no way there waits, and says from where to where', () => {
    const plan = mergeStatus(input({ hub: 'resolved', direct: false, next: ['new'], transitions: [] }))
    expect(plan).toMatchObject({ do: 'hold', hold: { code: 'no-transition', value: 'solved' } })
  })
})

describe('findPath', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const moves = fc.array(fc.record({ from: word, to: word }), { maxLength: 12 })

  it('takes only moves that are allowed, and ends where asked', () => {
    fc.assert(
      fc.property(word, word, moves, (from, to, transitions) => {
        const path = findPath(from, to, transitions)
        if (path === null) return
        let at: string = from
        for (const step of path) {
          expect(transitions).toContainEqual({ from: at, to: step })
          at = step
        }
        expect(at).toBe(to)
        expect(new Set(path).size).toBe(path.length)
      }),
    )
  })

  it('finds a way whenever there is one', () => {
    fc.assert(
      fc.property(word, word, moves, (from, to, transitions) => {
        const reached = new Set([from])
        for (let round = 0; round < 6; round += 1)
          for (const move of transitions) if (reached.has(move.from)) reached.add(move.to)
        expect(findPath(from, to, transitions) !== null).toBe(reached.has(to))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HubFields } from './hub-view.ts'
import type { ConflictRule, Direction, Mapping } from './mapping.ts'
import { EMPTY_BASE, type MirrorBase } from './mirror-base.ts'
import { judgeOverwritten, NOTHING_OVERWRITTEN } from './overwritten.ts'
import { peopleOf } from './people.ts'
import type { PlannedOperation } from './plan.ts'
import { codecs } from './rich-text/index.ts'
import type { ToolFields } from './snapshot.ts'

const mappingWith = (
  conflict: ConflictRule,
  direction: Direction = 'both',
  owner: 'tool' | 'hub' = 'tool',
): Mapping => ({
  record: 'work item',
  containers: [],
  types: [],
  adopt: false,
  fields: [
    { hub: 'title', tool: 'title', direction, conflict },
    { hub: 'description', tool: 'description', direction, conflict },
  ],
  status: { owner, toHub: {}, toTool: [] },
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
})

const ref = { id: '1' }
const NO_PART = { status: null, element: null, link: null } as const
/** The title was `A` on both sides, is `B` here, and was written over `A`. */
const titleWrite: PlannedOperation = {
  ...NO_PART,
  operation: { op: 'update', ref, fields: { title: 'B' }, version: '1' },
  fields: [{ pair: 'title~title', tool: 'title', hub: 'B', sent: 'B', before: 'A' }],
}
const agreed: MirrorBase = {
  ...EMPTY_BASE,
  fields: { 'title~title': { hub: 'A', tool: 'A', by: 'both', at: '' } },
}

const judge = (
  mapping: Mapping,
  overwrote: ToolFields,
  planned = titleWrite,
  base = agreed,
  hub: HubFields = { title: 'B' },
) =>
  judgeOverwritten({
    conversion: { mapping, format: 'markdown', people: peopleOf([], {}) },
    base,
    hub,
    state: 'open',
    shown: { title: 'A', status: 'new' },
    replaced: [{ planned, overwrote }],
  })

describe('an edit that our write replaced', () => {
  it('is a question where the rule asks, with the value that is gone from the tool', () => {
    const { conflicts, restore, why } = judge(mappingWith('ask'), { title: 'P' })
    expect(conflicts).toEqual([
      { field: 'title~title', base: agreed.fields['title~title'], hub: 'B', tool: 'P' },
    ])
    expect(restore).toEqual({})
    expect(why).toMatchObject([{ field: 'title', to: 'tool', overwrites: 'P', before: 'P', value: 'B' }])
  })

  it('is no question where the hub wins, yet the log holds it', () => {
    expect(judge(mappingWith('hub wins'), { title: 'P' })).toMatchObject({
      conflicts: [],
      restore: {},
      why: [{ rule: 'hub wins', overwrites: 'P' }],
    })
  })

  it('goes back to the tool where the tool wins, and the log holds what gave way here', () => {
    expect(judge(mappingWith('tool wins'), { title: 'P' })).toMatchObject({
      conflicts: [],
      restore: { title: 'P' },
      why: [{ rule: 'tool wins: given back', value: 'P', overwrites: 'B' }],
    })
  })

  it('of a field that only goes out is logged', () => {
    expect(judge(mappingWith('ask', 'to tool'), { title: 'P' })).toMatchObject({
      conflicts: [],
      restore: {},
      why: [{ rule: 'only goes out', overwrites: 'P' }],
    })
  })

  it('is nothing where it is what we saw, or what we sent', () => {
    expect(judge(mappingWith('ask'), { title: 'A' })).toEqual(NOTHING_OVERWRITTEN)
    expect(judge(mappingWith('ask'), { title: 'B' })).toEqual(NOTHING_OVERWRITTEN)
  })

  it('of another paragraph than ours is put beside it there, and nobody is asked', () => {
    const [old, ours, theirs] = ['one\n\ntwo', 'one here\n\ntwo', 'one\n\ntwo there']
    const hub = codecs.markdown.read(ours)
    const write: PlannedOperation = {
      ...NO_PART,
      operation: { op: 'update', ref, fields: { description: ours }, version: '1' },
      fields: [{ pair: 'description~description', tool: 'description', hub, sent: ours, before: old }],
    }
    const base: MirrorBase = {
      ...EMPTY_BASE,
      fields: {
        'description~description': { hub: codecs.markdown.read(old), tool: old, by: 'both', at: '' },
      },
    }
    const { conflicts, restore } = judge(mappingWith('ask'), { description: theirs }, write, base, {
      description: hub,
    })
    expect(conflicts).toEqual([])
    expect(String(restore.description).trim()).toBe('one here\n\ntwo there')
  })

  it('of a status goes back where the tool owns it, and is logged where we do', () => {
    const move: PlannedOperation = {
      ...NO_PART,
      operation: { op: 'transition', ref, to: 'open', fields: {}, since: '1' },
      fields: [],
      status: { hub: 'open', tool: 'open', last: true },
    }
    expect(judge(mappingWith('ask'), { status: 'solved' }, move)).toMatchObject({
      restore: { status: 'solved' },
      why: [{ field: 'state', value: 'solved' }],
    })
    expect(judge(mappingWith('ask', 'both', 'hub'), { status: 'solved' }, move)).toMatchObject({
      restore: {},
      why: [{ field: 'state', overwrites: 'solved' }],
    })
  })

  it('that an undo replaced is judged by the rule of its field, for the undo names none', () => {
    const undo: PlannedOperation = {
      ...NO_PART,
      operation: { op: 'update', ref, fields: { title: 'Old' }, version: null },
      fields: [],
    }
    expect(judge(mappingWith('ask'), { title: 'P' }, undo)).toMatchObject({
      conflicts: [{ field: 'title~title', tool: 'P' }],
    })
  })

  it('always leaves a line with the lost value, or gives it back', () => {
    const rule = fc.constantFrom<ConflictRule>('ask', 'hub wins', 'tool wins')
    const direction = fc.constantFrom<Direction>('both', 'to tool')
    fc.assert(
      fc.property(rule, direction, fc.constantFrom('P', '', 'b', 'A '), (conflict, way, lost) => {
        const { why, restore } = judge(mappingWith(conflict, way), { title: lost })
        return why.some((line) => line.overwrites === lost) || restore.title === lost
      }),
    )
  })
})

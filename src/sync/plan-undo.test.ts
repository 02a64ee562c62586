import { expect, it } from 'vitest'
import type { Why } from './plan.ts'
import { planUndo, type UndoInput } from './plan-undo.ts'

const line = (over: Partial<Why>): Why => ({
  ...{ field: 'title', to: 'tool', rule: 'changed here', from: 'New', value: 'New', before: 'Old' },
  toolField: 'title',
  ...over,
})
const base = { 'title~title': { hub: 'New', tool: 'New', by: 'hub', at: '' } } as const
const input = (over: Partial<UndoInput>): UndoInput => ({
  ...{ lines: [line({})], base, hub: { title: 'New' }, tool: { title: 'New' }, since: new Set() },
  rules: [{ hub: 'title', tool: 'title', direction: 'both' }],
  sides: 'there',
  ...over,
})

it('changes nothing here when a value is taken back there only, because nobody here said that it is wrong', () => {
  expect(planUndo(input({})).undone).toEqual([
    {
      ...{ field: 'title', toolField: 'title', side: 'there' },
      hub: { now: 'New', after: 'New' },
      tool: { now: 'New', after: 'Old' },
    },
  ])
})

it('never brings back in what only goes out, even if both sides are asked for', () => {
  const rules = [{ hub: 'title', tool: 'title', direction: 'to tool' }] as const
  expect(planUndo(input({ rules, sides: 'both' })).undone).toMatchObject([{ side: 'there' }])
  expect(planUndo(input({ sides: 'both' })).undone).toMatchObject([{ side: 'both' }])
})

it('leaves alone what anybody changed since, on either side, and what has crossed again', () => {
  const kept = [{ field: 'title', reason: 'changed-since' }]
  expect(planUndo(input({ hub: { title: 'Newer' } })).kept).toEqual(kept)
  expect(planUndo(input({ tool: { title: 'Newer' } })).kept).toEqual(kept)
  expect(planUndo(input({ since: new Set(['title~title']) })).kept).toEqual(kept)
})

it('says of a status and of a field the mapping lost why they stay', () => {
  expect(planUndo(input({ lines: [line({ field: 'state', toolField: null })] })).kept).toEqual([
    { field: 'state', reason: 'is-status' },
  ])
  expect(planUndo(input({ rules: [] })).kept).toEqual([{ field: 'title', reason: 'not-mapped' }])
})

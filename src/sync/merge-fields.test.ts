import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConflictRule, Direction, FieldRule } from './mapping.ts'
import { type FieldsInput, mergeFields } from './merge-fields.ts'
import type { FieldBase } from './mirror-base.ts'
import { peopleOf } from './people.ts'
import { NO_MAPPING_FOR_TESTS } from './sample-merges.ts'

const people = peopleOf([], {})
const rule = (direction: Direction, conflict: ConflictRule = 'ask'): FieldRule => ({
  hub: 'version',
  tool: 'cf:Version',
  direction,
  conflict,
})
const input = (
  one: FieldRule,
  hub: string | null,
  tool: string | null,
  base: FieldBase | null,
  more: Partial<FieldsInput> = {},
): FieldsInput => ({
  rules: [one],
  base: base === null ? {} : { 'version~cf:Version': base },
  hub: { version: hub },
  tool: { 'cf:Version': tool },
  conversion: { mapping: NO_MAPPING_FOR_TESTS, format: 'markdown', people },
  canWrite: () => true,
  remap: false,
  quiet: false,
  first: 'ask',
  now: '2026-03-02T08:00:00Z',
  ...more,
})
const base = (hub: string | null, tool: string | null = hub): FieldBase => ({
  hub,
  tool,
  by: 'both',
  at: '2026-03-01T08:00:00Z',
})
const merged = (
  one: FieldRule,
  hub: string | null,
  tool: string | null,
  was: FieldBase | null,
  more: Partial<FieldsInput> = {},
) => {
  const plan = mergeFields(input(one, hub, tool, was, more))
  return {
    here: plan.toHub.version,
    there: plan.toTool['cf:Version'],
    asks: plan.conflicts.length,
    holds: plan.holds.map((hold) => hold.code),
  }
}
const nothing = { here: undefined, there: undefined, asks: 0, holds: [] }

describe('one field of two sides', () => {
  it('that the other side does not show us waits, and clears nothing here, since nothing is known of it', () => {
    const hidden: Partial<FieldsInput> = { tool: {} }
    for (const direction of ['both', 'to hub', 'to tool'] as const) {
      expect(merged(rule(direction), '2.0', null, base('2.0'), hidden)).toEqual({
        ...nothing,
        holds: ['not-shown'],
      })
      expect(merged(rule(direction, 'tool wins'), '3.0', null, base('2.0'), hidden).here).toBeUndefined()
      // nothing on either side is nothing to wait for
      expect(merged(rule(direction), null, null, null, hidden)).toEqual(nothing)
    }
    expect(merged(rule('both'), '2.0', null, base('2.0')).here).toBeNull()
  })

  it('that nobody changed needs nothing, though the tool shows it in its own form', () => {
    expect(merged(rule('both'), 'V 1', 'v 1', base('V 1', 'v 1'))).toEqual(nothing)
  })
  it('changed here goes there, changed there comes here', () => {
    expect(merged(rule('both'), '2', '1', base('1'))).toEqual({ ...nothing, there: '2' })
    expect(merged(rule('both'), '1', '2', base('1'))).toEqual({ ...nothing, here: '2' })
  })
  it('changed on both sides alike agrees', () => {
    expect(merged(rule('both'), '2', '2', base('1'))).toEqual(nothing)
  })
  it('changed on both sides is asked about, or taken from the side that the rule names', () => {
    expect(merged(rule('both'), 'a', 'b', base('1'))).toEqual({ ...nothing, asks: 1 })
    expect(merged(rule('both', 'hub wins'), 'a', 'b', base('1'))).toEqual({ ...nothing, there: 'a' })
    expect(merged(rule('both', 'tool wins'), 'a', 'b', base('1'))).toEqual({ ...nothing, here: 'b' })
  })
  it('that only goes out is put back there, and one that only comes in is put back here', () => {
    expect(merged(rule('to tool'), '1', 'x', base('1'))).toEqual({ ...nothing, there: '1' })
    expect(merged(rule('to hub'), 'x', '1', base('1'))).toEqual({ ...nothing, here: '1' })
  })
  it('emptied on one side is emptied on the other', () => {
    expect(merged(rule('both'), null, '1', base('1'))).toEqual({ ...nothing, there: null })
    expect(merged(rule('both'), '1', null, base('1'))).toEqual({ ...nothing, here: null })
  })
  it('at the first meeting fills what is empty, and asks about what differs', () => {
    expect(merged(rule('both'), '1', null, null)).toEqual({ ...nothing, there: '1' })
    expect(merged(rule('both'), null, '1', null)).toEqual({ ...nothing, here: '1' })
    expect(merged(rule('both'), 'a', 'b', null)).toEqual({ ...nothing, asks: 1 })
    expect(merged(rule('both'), 'a', 'b', null, { first: 'tool' })).toEqual({ ...nothing, here: 'b' })
    expect(merged(rule('both'), 'a', 'b', null, { first: 'hub' })).toEqual({ ...nothing, there: 'a' })
    expect(merged(rule('to tool'), null, 'b', null)).toEqual(nothing)
  })
  it('that may not be written waits, and says so', () => {
    expect(merged(rule('both'), '2', '1', base('1'), { canWrite: () => false })).toEqual({
      ...nothing,
      holds: ['cannot-write'],
    })
  })
  it('whose word has no counterpart waits, and says so', () => {
    const mapped = { ...rule('both'), values: { one: 'eins' } }
    expect(merged(mapped, 'eins', 'two', base('eins', 'one'))).toEqual({
      ...nothing,
      holds: ['unknown-value'],
    })
    expect(merged(mapped, 'zwei', 'one', base('eins', 'one'))).toEqual({
      ...nothing,
      holds: ['unknown-value'],
    })
  })
})

describe('whatever two sides show', () => {
  const value = fc.option(fc.constantFrom('1', '2', '3'), { nil: null })
  const direction = fc.constantFrom<Direction>('both', 'to tool', 'to hub')
  const conflict = fc.constantFrom<ConflictRule>('ask', 'hub wins', 'tool wins')
  const was = fc.option(
    fc.tuple(value, value).map(([hub, tool]) => base(hub, tool)),
    { nil: null },
  )
  const first = fc.constantFrom('hub' as const, 'tool' as const, 'ask' as const)

  it('nothing is written against the direction, and a value is never swapped', () => {
    fc.assert(
      fc.property(direction, conflict, value, value, was, first, (way, wins, hub, tool, before, who) => {
        const plan = mergeFields(input(rule(way, wins), hub, tool, before, { first: who }))
        if (way === 'to hub') expect(plan.toTool).toEqual({})
        if (way === 'to tool') expect(plan.toHub).toEqual({})
        const sides = ('version' in plan.toHub ? 1 : 0) + ('cf:Version' in plan.toTool ? 1 : 0)
        expect(sides).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('after the plan is carried out, the next merge plans nothing', () => {
    fc.assert(
      fc.property(direction, conflict, value, value, was, first, (way, wins, hub, tool, before, who) => {
        const plan = mergeFields(input(rule(way, wins), hub, tool, before, { first: who }))
        if (plan.conflicts.length > 0) return
        const here = 'version' in plan.toHub ? ((plan.toHub.version ?? null) as string | null) : hub
        const there =
          'cf:Version' in plan.toTool ? ((plan.toTool['cf:Version'] ?? null) as string | null) : tool
        const written = plan.writes.map((write): [string, FieldBase] => [
          write.pair,
          { ...base(null), hub: write.hub, tool: there },
        ])
        const next = mergeFields({
          ...input(rule(way, wins), here, there, null, { first: who }),
          base: { ...plan.base, ...Object.fromEntries(written) },
        })
        expect({ here: next.toHub, there: next.toTool, asks: next.conflicts }).toEqual({
          here: {},
          there: {},
          asks: [],
        })
      }),
    )
  })
})

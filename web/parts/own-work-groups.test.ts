import { expect, it } from 'vitest'
import { groupOwnWork } from './own-work-groups.ts'

type Item = Parameters<typeof groupOwnWork>[0][number]
const item = (more: Partial<Item>): Item => ({
  ...{ state: 'started', brokenSince: null, answeredAt: null, asked: false, blockedBy: [] },
  ...more,
})
const groupsOf = (...items: readonly Item[]) => groupOwnWork(items).map(({ group }) => group)
const AT = '2026-03-02T09:00:00.000Z'

it('puts what a customer says is still broken before everything, though it is done', () => {
  expect(groupsOf(item({}), item({ state: 'done', brokenSince: AT }))).toEqual(['broken', 'started'])
})

it('takes an answer that came for more pressing than one still owed', () => {
  expect(groupsOf(item({ asked: true, answeredAt: AT }))).toEqual(['answered'])
  expect(groupsOf(item({ asked: true }))).toEqual(['asked'])
})

it('keeps what waits for others at the end', () => {
  const items = [item({ asked: true }), item({ blockedBy: ['W-1'] }), item({ state: 'ready' }), item({})]
  expect(groupsOf(...items)).toEqual(['started', 'ready', 'blocked', 'asked'])
})

it('keeps the order it was given within a group, since the nearest promise comes first', () => {
  const [first, second] = [item({ state: 'ready' }), item({ state: 'backlog' })]
  expect(groupOwnWork([first, second])).toEqual([{ group: 'ready', items: [first, second] }])
})

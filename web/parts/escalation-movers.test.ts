import { expect, it } from 'vitest'
import { daysSince, moverOf, nudgeAt } from './escalation-movers.ts'

type Standing = Parameters<typeof moverOf>[0]
const standing = (move: Standing['move'], more: Partial<Standing['workItem']> = {}): Standing => ({
  move,
  ticket: {
    ...{ id: 't', key: 'T-1', title: 'Export fails', severity: null, customer: null },
    ...{ owner: 'Anna', ownerId: 'anna' },
  },
  workItem: {
    ...{ id: 'w', key: 'W-1', title: 'Fix the export', state: 'started', team: 'Web', teamId: 'web' },
    ...{ assignee: null, assigneeId: null, component: null, release: null },
    ...more,
  },
})

it('names the owner of the ticket while it is support’s move', () => {
  expect(moverOf(standing('support'))).toMatchObject({
    name: 'Anna',
    to: '/escalations?move=support&owner=anna',
  })
})

it('names whoever does the work, and their team while nobody has it', () => {
  expect(moverOf(standing('engineering', { assignee: 'Erik', assigneeId: 'erik' }))).toMatchObject({
    name: 'Erik',
    isTeam: false,
    to: '/board?assignee=erik',
  })
  expect(moverOf(standing('engineering'))).toMatchObject({ name: 'Web', isTeam: true })
})

it('names only the side where no person is known, and nobody at the end', () => {
  expect(moverOf(standing('engineering', { team: null }))).toEqual({ kind: 'side', side: 'engineering' })
  expect(moverOf(standing('release'))).toEqual({ kind: 'side', side: 'release' })
  expect(moverOf(standing('nobody'))).toEqual({ kind: 'nobody' })
})

it('asks where whoever has the move looks', () => {
  expect(nudgeAt(standing('support'))).toEqual({ noun: 'tickets', key: 'T-1' })
  expect(nudgeAt(standing('engineering'))).toEqual({ noun: 'work-items', key: 'W-1' })
})

it('counts whole days, and none for a clock that is ahead', () => {
  const at = '2026-03-02T09:00:00.000Z'
  expect(daysSince(at, Date.parse('2026-03-04T08:00:00Z'))).toBe(1)
  expect(daysSince(at, Date.parse('2026-03-01T08:00:00Z'))).toBe(0)
})

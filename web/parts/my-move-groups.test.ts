import { expect, it } from 'vitest'
import type { MovingTicket } from '../api/desk.ts'
import { groupByMove } from './my-move-groups.ts'

const ticket = (id: string, more: Partial<MovingTicket>): MovingTicket =>
  ({
    ...{ id, key: id, state: 'open', owner: 'Ada', priority: 'P3' },
    ...{ since: '2026-01-02T00:00:00Z', wakesAt: null, promisedOn: null },
    ...more,
  }) as MovingTicket

const shown = (tickets: readonly MovingTicket[]) =>
  groupByMove(tickets).map((group) => [group.move, group.tickets.map(({ id }) => id)])

it('puts replies that are owed first, then the higher priority, then who waited longer', () => {
  const groups = shown([
    ticket('later', { needs: 'needs next response' }),
    ticket('earlier', { needs: 'needs next response', since: '2026-01-01T00:00:00Z' }),
    ticket('urgent', { needs: 'needs next response', priority: 'P1', since: '2026-01-03T00:00:00Z' }),
    ticket('first', { state: 'new' }),
    ticket('free', { state: 'new', owner: null }),
    // a ticket may be in two of the server's lists while it moves
    ticket('free', { state: 'new', owner: null }),
  ])
  expect(groups).toEqual([
    ['needs first response', ['first']],
    ['needs next response', ['urgent', 'earlier', 'later']],
    ['nobody', ['free']],
  ])
})

it('puts a promise before any priority, the nearest first, because somebody counts on that day', () => {
  const needs = 'close the loop'
  expect(
    shown([
      ticket('urgent', { needs, priority: 'P1' }),
      ticket('far', { needs, promisedOn: '2026-03-01' }),
      ticket('near', { needs, promisedOn: '2026-02-01' }),
    ]),
  ).toEqual([['close the loop', ['near', 'far', 'urgent']]])
})

it('shows what woke and what is about to wake together, the next to wake on top', () => {
  expect(
    shown([
      ticket('woke', { needs: 'investigating', wokenBecause: 'The snooze is over' }),
      ticket('at nine', { state: 'waiting', wakesAt: '2026-01-04T09:00:00Z' }),
      ticket('at eight', { state: 'waiting', wakesAt: '2026-01-04T08:00:00Z' }),
      ticket('busy', { needs: 'investigating' }),
    ]),
  ).toEqual([
    ['waking', ['at eight', 'at nine', 'woke']],
    ['investigating', ['busy']],
  ])
})

import { expect, it } from 'vitest'
import type { ListedTicket } from '../api/tickets.ts'
import { groupByMove } from './my-move-groups.ts'

const ticket = (id: string, more: Partial<ListedTicket>): ListedTicket =>
  ({
    id,
    key: id,
    state: 'open',
    owner: 'Ada',
    priority: 'P3',
    updatedAt: '2026-01-02',
    ...more,
  }) as ListedTicket

it('puts replies that are owed first, then the higher priority, then who waited longer', () => {
  const groups = groupByMove([
    ticket('later', { needs: 'needs next response' }),
    ticket('earlier', { needs: 'needs next response', updatedAt: '2026-01-01' }),
    ticket('urgent', { needs: 'needs next response', priority: 'P1', updatedAt: '2026-01-03' }),
    ticket('first', { state: 'new' }),
    ticket('free', { state: 'new', owner: null }),
    // two questions to the server may bring one ticket twice
    ticket('free', { state: 'new', owner: null }),
  ])
  expect(groups.map(({ move, tickets }) => [move, tickets.map(({ id }) => id)])).toEqual([
    ['needs first response', ['first']],
    ['needs next response', ['urgent', 'earlier', 'later']],
    ['nobody', ['free']],
  ])
})

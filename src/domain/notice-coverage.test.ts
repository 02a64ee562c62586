import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverageOf, type ReachedTicket } from './notice-coverage.ts'

const MONDAY = Date.parse('2026-03-02T10:00:00Z')
const HOUR = 3_600_000
const at = (hours: number): Date => new Date(MONDAY + hours * HOUR)
const ticket = (more: Partial<ReachedTicket>): ReachedTicket => ({
  ...{ ticketId: 't', customerId: 'acme', since: at(0), toldAt: null, isOptedOut: false },
  ...more,
})

it('a customer counts as told in time when the last of their tickets was', () => {
  const two = (second: Date | null) => [ticket({ toldAt: at(1) }), ticket({ ticketId: 'u', toldAt: second })]
  const none = { affected: 0, inTime: 0, pending: 0, optedOut: 0 }
  expect(coverageOf(two(at(24)), at(48))).toEqual({ ...none, affected: 1, inTime: 1 })
  expect(coverageOf(two(at(25)), at(48))).toEqual({ ...none, affected: 1 })
  expect(coverageOf(two(null), at(20))).toEqual({ ...none, pending: 1 })
  expect(coverageOf(two(null), at(25))).toEqual({ ...none, affected: 1 })
  expect(coverageOf([ticket({ isOptedOut: true })], at(99))).toEqual({ ...none, optedOut: 1 })
})

it('counts every customer once, and never more in time than were affected', () => {
  const any = fc.record({
    ticketId: fc.uuid(),
    customerId: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
    since: fc.nat(100).map(at),
    toldAt: fc.option(fc.nat(200).map(at), { nil: null }),
    isOptedOut: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(any), fc.nat(300).map(at), (tickets, now) => {
      const { affected, inTime, pending, optedOut } = coverageOf(tickets, now)
      const customers = new Set(tickets.map(({ customerId, ticketId }) => customerId ?? ticketId)).size
      expect(affected + pending + optedOut).toBe(customers)
      expect(inTime).toBeLessThanOrEqual(affected)
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canTicket,
  decideTicket,
  NEW_TICKET,
  readState,
  stateText,
  type TicketCommand,
  type TicketStanding,
} from './ticket.ts'
import { OPEN_NEEDS, TICKET_STATES, WAITING_FOR } from './words.ts'

const NOW = new Date('2026-03-02T09:00:00Z')

const command: fc.Arbitrary<TicketCommand> = fc.oneof(
  fc.record({ do: fc.constant('reply' as const), by: fc.constantFrom('staff' as const, 'contact' as const) }),
  fc.constantFrom<TicketCommand>(
    { do: 'ask customer' },
    { do: 'note' },
    { do: 'escalate' },
    { do: 'resolve' },
    { do: 'close' },
    { do: 'cancel' },
    { do: 'reopen' },
    { do: 'merge', into: 'another' },
  ),
  fc.record({ do: fc.constant('take' as const), ownerId: fc.constantFrom('ada', 'bob', null) }),
  fc.record({
    do: fc.constant('wait' as const),
    waitingFor: fc.constantFrom(...WAITING_FOR),
    until: fc.constantFrom(null, new Date(NOW.getTime() + 60_000)),
  }),
  fc.record({
    do: fc.constant('wake' as const),
    because: fc.constant('news'),
    need: fc.constantFrom(...OPEN_NEEDS),
  }),
  fc.record({
    do: fc.constant('follow tool' as const),
    state: fc.constantFrom(...TICKET_STATES),
    waitingFor: fc.constantFrom(...WAITING_FOR, null),
  }),
)

const standingAfter = (
  commands: readonly TicketCommand[],
  from: TicketStanding = NEW_TICKET,
): TicketStanding =>
  commands.reduce((standing, one) => {
    const decided = decideTicket(standing, one, NOW)
    return decided.ok ? decided.value.next : standing
  }, from)

describe('decideTicket', () => {
  it('says whose move it is after any sequence of commands: needs in open only, waitingFor in waiting only', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const standing = standingAfter(commands)
        expect(TICKET_STATES).toContain(standing.state)
        expect(standing.needs !== null).toBe(standing.state === 'open')
        expect(standing.waitingFor !== null).toBe(standing.state === 'waiting')
        if (standing.wakeAt !== null) expect(standing.state).toBe('waiting')
        expect(standing.closedAt !== null).toBe(['closed', 'cancelled', 'merged'].includes(standing.state))
        if (standing.state === 'resolved' || standing.state === 'closed')
          expect(standing.resolvedAt).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('takes exactly the commands that its table names, so that a button can be greyed by the table', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), command, (commands, one) => {
        const standing = standingAfter(commands)
        const decided = decideTicket(standing, one, NOW)
        expect(decided.ok).toBe(canTicket(standing.state, one.do))
        if (!decided.ok) expect(decided.error).toMatchObject({ code: 'wrong-state' })
      }),
    )
  })

  it('counts a reopening exactly when an ended ticket becomes open again', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), command, (commands, one) => {
        const standing = standingAfter(commands)
        const decided = decideTicket(standing, one, NOW)
        if (!decided.ok) return
        const { next, reopened, happened } = decided.value
        expect(next.reopenedCount - standing.reopenedCount).toBe(reopened ? 1 : 0)
        if (reopened) expect(happened.map((event) => event.kind)).toEqual(['ticket.reopened'])
      }),
    )
  })

  it('tells nothing when nothing changed, because every event is shown to somebody', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), command, (commands, one) => {
        const standing = standingAfter(commands)
        const decided = decideTicket(standing, one, NOW)
        if (decided.ok && decided.value.next === standing) expect(decided.value.happened).toEqual([])
      }),
    )
  })

  it('never reopens by waking: the owner is told, the customer’s answer is not taken back', () => {
    const resolved = standingAfter([{ do: 'resolve' }])
    const woken = standingAfter([{ do: 'wake', because: 'Released', need: 'close the loop' }], resolved)
    expect(woken).toMatchObject({ state: 'resolved', needs: null, wokenBecause: 'Released' })
  })

  it('keeps a first response owed while engineering asks, because the customer still heard nothing', () => {
    const standing = standingAfter([
      { do: 'take', ownerId: 'ada' },
      { do: 'wake', because: 'Engineering asks', need: 'investigating' },
    ])
    expect(standing.needs).toBe('needs first response')
  })

  it('refuses a snooze into the past', () => {
    expect(decideTicket(NEW_TICKET, { do: 'wait', waitingFor: 'customer', until: NOW }, NOW)).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: '/until' },
    })
  })

  it('takes any state from the tool that owns it, and the same state twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 10 }),
        fc.constantFrom(...TICKET_STATES),
        fc.constantFrom(...WAITING_FOR, null),
        (commands, state, waitingFor) => {
          const once = standingAfter([{ do: 'follow tool', state, waitingFor }], standingAfter(commands))
          expect(once.state).toBe(state)
          expect(standingAfter([{ do: 'follow tool', state, waitingFor }], once)).toBe(once)
        },
      ),
    )
  })
})

describe('readState', () => {
  it('reads back what stateText writes', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 10 }), (commands) => {
        const { state, waitingFor } = standingAfter(commands)
        expect(readState(stateText({ state, waitingFor }))).toEqual({ state, waitingFor })
      }),
    )
  })

  it('knows no other words', () => {
    expect(readState('waiting godot')).toBeNull()
    expect(readState('Open')).toBeNull()
  })
})

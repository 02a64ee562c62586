import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelsFor, levelsOf, levelsSet, priorityOf } from './priority.ts'
import { checkEstimate, decideRelease, estimateText, readEstimate, slips } from './release.ts'
import { bestRoute, type RouteLine, routeFor } from './routing.ts'
import { severityOf, worse } from './severity.ts'
import { type CandidateWorkItem, suggest } from './similar.ts'
import { LEVELS, PRIORITIES, RELEASE_STATES, SEVERITIES, WORK_ITEM_STATES } from './words.ts'
import { decideWorkItem, type WorkItemStanding } from './work-item.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const level = fc.constantFrom(...LEVELS)

describe('priority', () => {
  it('is impact times urgency as the table says', () => {
    const table = LEVELS.map((impact) => LEVELS.map((urgency) => priorityOf(impact, urgency)))
    expect(table).toEqual([
      ['P1', 'P2', 'P3'],
      ['P2', 'P3', 'P4'],
      ['P3', 'P4', 'P4'],
    ])
  })

  it('finds levels for any priority, keeping the impact where the urgency alone can give it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRIORITIES), level, level, (priority, impact, urgency) => {
        const levels = levelsFor(priority, { impact, urgency })
        expect(priorityOf(levels.impact, levels.urgency)).toBe(priority)
        const couldKeep = LEVELS.some((other) => priorityOf(impact, other) === priority)
        if (couldKeep) expect(levels.impact).toBe(impact)
      }),
    )
  })
})

describe('levels that nobody set', () => {
  const nobody = { impact: null, urgency: null } as const
  const priorityAt = (severity: (typeof SEVERITIES)[number] | null): string => {
    const { impact, urgency } = levelsOf({ ...nobody, severity })
    return priorityOf(impact, urgency)
  }

  it('follow the severity, because a critical ticket that is P4 until somebody says so waits a day', () => {
    expect([...SEVERITIES, null].map(priorityAt)).toEqual(['P1', 'P2', 'P3', 'P4', 'P4'])
    expect(levelsOf({ ...nobody, severity: 'critical' }).derived).toBe(true)
  })

  it('give way to a person’s own, whatever the severity says then or later', () => {
    fc.assert(
      fc.property(level, level, fc.constantFrom(...SEVERITIES, null), (impact, urgency, severity) => {
        expect(levelsOf({ impact, urgency, severity })).toEqual({ impact, urgency, derived: false })
      }),
    )
  })

  it('are kept as they were seen beside the one that a person sets, and else stay nobody’s', () => {
    const before = { ...nobody, severity: 'high' } as const
    expect(levelsSet({ urgency: 3 }, before)).toEqual({ impact: 2, urgency: 3 })
    expect(levelsSet({ impact: 1 }, before)).toEqual({ impact: 1, urgency: 1 })
    expect(levelsSet({}, before)).toEqual(nobody)
  })
})

describe('severityOf', () => {
  it('is the worst of the tickets, with that ticket as the first reason', () => {
    expect(
      severityOf([
        { ticketKey: 'T-2', customer: 'Acme', severity: 'low' },
        { ticketKey: 'T-10', customer: 'Globex', severity: 'high' },
        { ticketKey: 'T-3', customer: null, severity: null },
      ]),
    ).toEqual({
      severity: 'high',
      reasons: [
        { ticketKey: 'T-10', customer: 'Globex', severity: 'high' },
        { ticketKey: 'T-2', customer: 'Acme', severity: 'low' },
      ],
    })
  })

  it('does not depend on the order of the tickets', () => {
    const severity = fc.option(fc.constantFrom(...SEVERITIES), { nil: null })
    fc.assert(
      fc.property(fc.array(severity, { maxLength: 8 }), (severities) => {
        const tickets = severities.map((one, index) => ({
          ticketKey: `T-${index}`,
          customer: null,
          severity: one,
        }))
        expect(severityOf(tickets)).toEqual(severityOf(tickets.toReversed()))
        expect(severityOf(tickets).severity).toBe(severities.reduce(worse, null))
      }),
    )
  })
})

describe('routing', () => {
  const thing = {
    product: { id: 'p', name: 'Shop', teamId: 'whole' },
    component: { id: 'c', name: 'Cart', teamId: 'web' },
  }
  const line = (more: Partial<RouteLine>): RouteLine => ({
    position: 1,
    productId: null,
    componentId: null,
    connectionId: 'x',
    container: 'BOX',
    ...more,
  })

  it('takes the most specific line, whatever their order', () => {
    const lines = [
      line({ container: 'ALL' }),
      line({ productId: 'p', container: 'SHOP' }),
      line({ componentId: 'c', container: 'CART' }),
    ]
    for (const order of [lines, lines.toReversed()]) expect(bestRoute(order, thing)?.container).toBe('CART')
    expect(bestRoute(lines, { ...thing, component: null })?.container).toBe('SHOP')
    expect(bestRoute(lines, { product: null, component: null })?.container).toBe('ALL')
  })

  it('sends to the component’s team in Causeway where no line names a tool', () => {
    expect(routeFor([], thing)).toEqual({ ok: true, value: { teamId: 'web', tool: null } })
    expect(routeFor([line({ productId: 'other' })], thing)).toEqual({
      ok: true,
      value: { teamId: 'web', tool: null },
    })
    expect(routeFor([line({ connectionId: null })], thing)).toEqual({
      ok: true,
      value: { teamId: 'web', tool: null },
    })
  })

  it('says what to configure where nobody would get it', () => {
    const orphan = { product: { id: 'p', name: 'Shop', teamId: null }, component: null }
    expect(routeFor([], orphan)).toMatchObject({
      ok: false,
      error: { code: 'no-route', field: '/component' },
    })
    expect(routeFor([], { product: null, component: null })).toMatchObject({
      ok: false,
      error: { field: '/product' },
    })
    expect(routeFor([line({ container: null })], thing)).toMatchObject({
      ok: false,
      error: { code: 'no-route' },
    })
  })
})

describe('suggest', () => {
  const item = (key: string, title: string, more: Partial<CandidateWorkItem> = {}): CandidateWorkItem => ({
    id: key,
    key,
    title,
    text: '',
    productId: 'p',
    componentId: 'c',
    state: 'backlog',
    tickets: 0,
    ...more,
  })
  const ticket = {
    title: 'Login fails with SSO',
    text: 'Since the update nobody can log in',
    productId: 'p',
    componentId: 'c',
  }

  it('puts the one with the same words first and says why', () => {
    const [first, ...rest] = suggest(ticket, [
      item('W-1', 'Colours of the footer'),
      item('W-2', 'SSO login fails'),
      item('W-3', 'Add a chart'),
    ])
    expect(first).toMatchObject({ key: 'W-2', reasons: ['same words: login, fail, sso', 'same component'] })
    expect(rest).toEqual([])
  })

  it('puts open before ended, because joining what is over helps nobody', () => {
    const found = suggest(ticket, [
      item('W-1', 'Login fails with SSO', { state: 'done' }),
      item('W-2', 'SSO login slow'),
    ])
    expect(found.map((one) => one.key)).toEqual(['W-2', 'W-1'])
  })

  it('does not suggest by place alone', () => {
    expect(suggest(ticket, [item('W-1', 'Quarterly report'), item('W-2', 'Typo')])).toEqual([])
  })
})

describe('work item', () => {
  const standing = (state: WorkItemStanding['state']): WorkItemStanding => ({
    state,
    statusMovedAt: NOW,
    doneAt: null,
  })

  it('is done at a moment exactly when it is done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORK_ITEM_STATES), { maxLength: 15 }), (moves) => {
        let now: WorkItemStanding = standing('triage')
        for (const to of moves) {
          const decided = decideWorkItem(now, { do: 'move', to }, NOW)
          if (decided.ok) now = decided.value
          expect(now.doneAt !== null).toBe(now.state === 'done')
          expect(['declined', 'duplicate']).not.toContain(now.state)
        }
      }),
    )
  })

  it('gets a verdict only with a reason, and comes back from it only to be looked at again', () => {
    expect(decideWorkItem(standing('triage'), { do: 'decline', reason: '  ' }, NOW)).toMatchObject({
      ok: false,
      error: { field: '/reason' },
    })
    expect(decideWorkItem(standing('declined'), { do: 'move', to: 'done' }, NOW)).toMatchObject({
      ok: false,
      error: { code: 'wrong-state' },
    })
    expect(decideWorkItem(standing('declined'), { do: 'move', to: 'triage' }, NOW)).toMatchObject({
      ok: true,
      value: { state: 'triage' },
    })
  })
})

describe('release', () => {
  const estimate = (to: string | null) => ({ from: null, to, confidence: null })

  it('reads each slip from the history: by how many days the last possible day moved', () => {
    const said = [estimate('2026-03-10'), estimate('2026-03-17'), estimate(null), estimate('2026-03-12')]
    expect(slips(said.map((one) => ({ saidAt: NOW, estimate: one }))).map((slip) => slip.slipDays)).toEqual([
      null,
      7,
      null,
      null,
    ])
  })

  it('takes a range that begins before it ends, of days that exist', () => {
    expect(checkEstimate({ from: '2026-02-30', to: null, confidence: null })).toMatchObject({
      error: { field: '/from' },
    })
    expect(checkEstimate({ from: '2026-03-02', to: '2026-03-01', confidence: null })).toMatchObject({
      error: { field: '/to' },
    })
    expect(checkEstimate({ from: '2026-03-01', to: '2026-03-01', confidence: 101 })).toMatchObject({
      error: { field: '/confidence' },
    })
    expect(checkEstimate({ from: '2026-03-01', to: '2026-03-02', confidence: 50 }).ok).toBe(true)
  })

  it('reads back the day or range it writes', () => {
    for (const text of ['2026-03-01', '2026-03-01/2026-03-14']) {
      const read = readEstimate(text)
      expect(read && estimateText(read)).toBe(text)
    }
    expect(readEstimate('soon')).toBeNull()
  })

  it('cannot be unreleased, only withdrawn', () => {
    const released = { state: 'released', releasedAt: NOW } as const
    for (const to of RELEASE_STATES) {
      expect(decideRelease(released, to, NOW).ok).toBe(to === 'released' || to === 'withdrawn')
    }
  })
})

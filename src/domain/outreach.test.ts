import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_TEMPLATES, noticeText, unknownPlaces } from './notice-words.ts'
import {
  businessDayAfter,
  type Candidate,
  messageKey,
  OUTREACH_STANDINGS,
  type Run,
  type Told,
  tellingOf,
  verdictOn,
} from './outreach.ts'
import { SETTING_LANGUAGES } from './settings.ts'
import { compareVersions } from './version-order.ts'
import { ESCALATION_STATES, RELEASE_STANDINGS, TICKET_STATES } from './words.ts'

const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'))
const run: fc.Arbitrary<Run> = fc.record({
  environment: fc.constantFrom('production', 'test'),
  version: fc.option(version, { nil: null }),
  has: fc.constantFrom('yes', 'no', 'unknown'),
})
const runs = fc.array(run, { maxLength: 3 })
const told: fc.Arbitrary<Told> = version.chain((name) =>
  fc.record({
    standing: fc.constantFrom(...OUTREACH_STANDINGS),
    release: fc.constant(name),
    releaseId: fc.constant(`r-${name}`),
    reopened: fc.nat(2),
    answer: fc.constantFrom(null, 'works' as const, 'still broken' as const),
    runs,
  }),
)
const candidate: fc.Arbitrary<Candidate> = version.chain((name) =>
  fc.record({
    ticketId: fc.constant('t'),
    ticketState: fc.constantFrom(...TICKET_STATES),
    release: fc.constant({ id: `r-${name}`, name }),
    standing: fc.constantFrom(...RELEASE_STANDINGS),
    bond: fc.option(fc.constantFrom(...ESCALATION_STATES), { nil: null }),
    reopened: fc.nat(2),
    takesNotices: fc.boolean(),
    runs,
    told: fc.array(told, { maxLength: 3 }),
  }),
)
/** Nothing is in the way of telling it. */
const open = (more: Partial<Candidate> = {}): Candidate => ({
  ...{ ticketId: 't', ticketState: 'open', release: { id: 'r-2.0', name: '2.0' }, standing: 'must upgrade' },
  ...{ bond: 'released', reopened: 0, takesNotices: true, told: [] },
  runs: [{ environment: 'production', version: '1.0', has: 'no' }],
  ...more,
})
const earlier = (more: Partial<Told> = {}): Told => ({
  ...{ standing: 'must upgrade', release: '2.0', releaseId: 'r-2.0', reopened: 0, answer: null },
  runs: open().runs,
  ...more,
})

describe('a ticket', () => {
  it('that is told is open, has a fix to try, wants to hear of it and never heard the same of this release', () => {
    fc.assert(
      fc.property(candidate, (one) => {
        const verdict = verdictOn(one)
        if (verdict.tell === undefined) return
        expect(['closed', 'cancelled', 'merged']).not.toContain(one.ticketState)
        expect(['fixed', 'released']).toContain(one.bond)
        expect(one.takesNotices).toBe(true)
        expect(verdict.tell).toBe(one.standing)
        expect(
          one.told.some((was) => was.releaseId === one.release.id && was.standing === one.standing),
        ).toBe(false)
      }),
    )
  })

  it('is told one thing at a time, the same in whatever order the releases come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(candidate, { selector: ({ release }) => release.id, maxLength: 6 }),
        (all) => {
          const chosen = tellingOf(all)
          expect(tellingOf(all.toReversed())).toEqual(chosen)
          if (chosen === null || chosen.standing === 'has it') return
          // nobody is sent back
          const lacking = chosen.runs.filter(({ has }) => has !== 'yes')
          expect(
            lacking.length === 0 ||
              lacking.some(
                (one) =>
                  one.version === null || (compareVersions(one.version, chosen.release.name) ?? -1) < 0,
              ),
          ).toBe(true)
        },
      ),
    )
  })

  it('goes on to the nearest release, and hears of a nearer one that comes later', () => {
    const near = open({ release: { id: 'r-1.1', name: '1.1' } })
    expect(tellingOf([open(), near])?.release.name).toBe('1.1')
    expect(verdictOn({ ...near, told: [earlier()] })).toEqual({ tell: 'must upgrade' })
    expect(verdictOn(open({ told: [earlier({ release: '1.1', releaseId: 'r-1.1' })] }))).toEqual({
      not: 'already told',
    })
    expect(tellingOf([open({ runs: [{ environment: 'production', version: '3.0', has: 'no' }] })])).toBeNull()
  })

  it('that has it is told of the release that brought it, once on whatever line', () => {
    const has = (name: string) =>
      open({
        standing: 'has it',
        release: { id: name, name },
        runs: [{ environment: 'production', version: '2.2', has: 'yes' }],
      })
    expect(tellingOf([has('1.1'), has('2.0'), has('3.0')])?.release.name).toBe('2.0')
    expect(
      verdictOn({ ...has('2.0'), told: [earlier({ standing: 'has it', release: '1.1', releaseId: '1.1' })] })
        .not,
    ).toBe('already told')
  })

  it('that was still broken hears again when what it runs is another version, and of another release', () => {
    const broken = earlier({
      standing: 'has it',
      answer: 'still broken',
      runs: [{ environment: 'production', version: '2.0', has: 'yes' }],
    })
    const again = (release: string, runsNow: string) =>
      verdictOn(
        open({
          standing: 'has it',
          release: { id: `r-${release}`, name: release },
          runs: [{ environment: 'production', version: runsNow, has: 'yes' }],
          told: [broken],
        }),
      )
    expect([again('2.0', '2.0').not, again('2.1', '2.0').not]).toEqual(['already told', 'already told'])
    expect(again('2.1', '2.1')).toEqual({ tell: 'has it' })
  })
})

describe('a message', () => {
  it('takes in all that one contact is told of a release through one channel, and nothing else', () => {
    const base = {
      contactId: 'c',
      ticketId: 't1',
      release: { id: 'r' },
      standing: 'has it',
      connectionId: null,
    } as const
    expect(messageKey({ ...base, ticketId: 't2' })).toBe(messageKey(base))
    const others = [
      { ...base, contactId: 'd' },
      { ...base, release: { id: 's' } },
      { ...base, standing: 'gets it' as const },
      { ...base, connectionId: 'desk' },
      { ...base, contactId: null },
    ]
    expect(new Set([base, ...others].map(messageKey)).size).toBe(6)
    expect(messageKey({ ...base, contactId: null })).not.toBe(
      messageKey({ ...base, contactId: null, ticketId: 't2' }),
    )
  })

  it('has words for each standing in each language, and leaves no place empty', () => {
    for (const standing of OUTREACH_STANDINGS)
      for (const language of SETTING_LANGUAGES) {
        const template = DEFAULT_TEMPLATES[standing][language]
        expect(unknownPlaces(template)).toEqual([])
        const text = noticeText(
          template,
          {
            ...{ standing, language, contact: 'Alice', customer: 'Acme', product: 'Shop', release: '2.0' },
            planned: { from: '2026-03-01', to: '2026-03-14' },
            requests: [{ key: 'T-1', title: 'My cart {release}', isWish: false, runs: open().runs }],
          },
          (words) => words,
        )
        // what a customer wrote is no place of ours
        expect(text.replace('My cart {release}', '')).not.toMatch(/[{}]/)
        expect(text).toContain('**T-1** My cart {release}')
      }
  })

  it('speaks of a fix to who reported something, and never to who only wished for something', () => {
    const said = (language: 'en' | 'de', ...wishes: readonly boolean[]): string =>
      noticeText(
        '{what}',
        {
          ...{ standing: 'has it', language, contact: null, customer: null, product: 'Shop', release: '2.0' },
          planned: { from: null, to: null },
          requests: wishes.map((isWish, n) => ({ key: `T-${n}`, title: '', isWish, runs: [] })),
        },
        (words) => words,
      )
    expect([said('en', false, false), said('en', true), said('en', true, false)]).toEqual([
      'the fix for what you reported',
      'what you wished for',
      'the answer to what you reported and wished for',
    ])
    expect([said('de', false), said('de', true), said('de', false, true)]).toEqual([
      'die Lösung dessen, was Sie gemeldet haben',
      'was Sie sich gewünscht haben',
      'was Sie gemeldet und sich gewünscht haben',
    ])
  })
})

describe('a business day after a moment', () => {
  it('passes over the weekend', () => {
    const dayAfter = (at: string) => businessDayAfter(new Date(at)).toISOString()
    expect(dayAfter('2026-03-03T10:00:00Z')).toBe('2026-03-04T10:00:00.000Z')
    expect(dayAfter('2026-03-06T10:00:00Z')).toBe('2026-03-09T10:00:00.000Z')
    expect(dayAfter('2026-03-07T10:00:00Z')).toBe('2026-03-10T00:00:00.000Z')
  })

  it('never ends within less than a day, nor after four', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (at) => {
        const hours = (businessDayAfter(at).getTime() - at.getTime()) / 3_600_000
        expect(hours >= 24 && hours <= 72).toBe(true)
      }),
    )
  })
})

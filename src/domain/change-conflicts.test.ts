import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areAtOnce } from './booking.ts'
import { changeConflicts, type PlannedChange, timeTaken } from './change-conflicts.ts'

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 3, hour))
const NOW = at(0)
const change = (id: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  ...{ id, kind: 'normal', productId: 'shop', environmentIds: ['prod'], releaseId: null, isExcepted: false },
  ...{ from: at(10), to: at(12) },
  ...more,
})
const kinds = (...changes: readonly PlannedChange[]) =>
  changeConflicts(changes, [], [], NOW).map(({ kind }) => kind)

describe('the time a change takes', () => {
  const window = { from: at(10), to: at(12) }
  const none = { state: 'scheduled', window: null, begunAt: null, finishedAt: null } as const
  const begun = { ...none, state: 'implementing', begunAt: at(11) } as const
  const minute = (of: Date): Date => new Date(of.getTime() + 60_000)

  it('is its window, and nothing before one is planned', () => {
    expect(timeTaken({ ...none, window }, at(9))).toEqual(window)
    expect(timeTaken(none, at(9))).toBeNull()
  })
  it('is longer where it runs over its window, or was begun before it', () => {
    expect(timeTaken({ ...begun, window }, at(14))).toEqual({ from: at(10), to: minute(at(14)) })
    expect(timeTaken({ ...begun, begunAt: at(8), window }, at(9))).toEqual({ from: at(8), to: at(12) })
  })
  it('is the time it took where an emergency began without a window', () => {
    expect(timeTaken(begun, at(13))).toEqual({ from: at(11), to: minute(at(13)) })
    expect(timeTaken({ ...begun, state: 'reviewing', finishedAt: at(12) }, at(20))).toEqual({
      ...{ from: at(11), to: at(12) },
    })
  })
})

describe('two changes at once', () => {
  it('are in each other’s way on one environment', () =>
    expect(kinds(change('a'), change('b', { productId: 'bank' }))).toEqual(['changes at once']))
  it('of one product are, where one does not say where', () =>
    expect(kinds(change('a'), change('b', { environmentIds: [] }))).toEqual(['changes at once']))
  it('are not on different environments, nor one after the other', () => {
    expect(kinds(change('a'), change('b', { environmentIds: ['test'] }))).toEqual([])
    expect(kinds(change('a'), change('b', { from: at(12), to: at(13) }))).toEqual([])
  })
  it('are when one is an emergency of the same product, wherever it is', () =>
    expect(kinds(change('a'), change('b', { kind: 'emergency', environmentIds: ['test'] }))).toEqual([
      'emergency and plan',
    ]))
  it('trouble nobody once one is over', () =>
    expect(changeConflicts([change('a'), change('b')], [], [], at(12))).toEqual([]))
  it('are found just as by comparing all with all', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 5 })), { maxLength: 12 }),
        (spans) => {
          const changes = spans.map(([from, length], index) =>
            change(String(index), { from: at(from), to: at(from + length) }),
          )
          const pairs = changes.flatMap((a, index) =>
            changes.slice(index + 1).filter((b) => a.to > NOW && b.to > NOW && areAtOnce(a, b)),
          )
          expect(kinds(...changes)).toHaveLength(pairs.length)
        },
      ),
    ))
})

describe('a change', () => {
  const freeze = { id: 'f', reason: 'Audit', productIds: [], from: at(9), to: at(11) }
  it('in a freeze is shown until the change manager makes an exception', () => {
    expect(changeConflicts([change('a')], [freeze], [], NOW)).toEqual([
      { kind: 'change in freeze', changeId: 'a', freezeId: 'f' },
    ])
    expect(changeConflicts([change('a', { isExcepted: true })], [freeze], [], NOW)).toEqual([])
  })
  it('is in the way of who booked the environment for something else, and alone', () => {
    const booking = {
      id: 'x',
      environmentId: 'prod',
      releaseId: '4.2',
      isShareable: false,
      from: at(11),
      to: at(15),
    }
    const found = (more: object, releaseId: string | null = null) =>
      changeConflicts([change('a', { releaseId })], [], [{ ...booking, ...more }], NOW).length
    expect([
      found({}),
      found({ isShareable: true }),
      found({ environmentId: 'test' }),
      found({}, '4.2'),
    ]).toEqual([...[1, 0, 0, 0]])
  })
})

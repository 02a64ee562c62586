import { describe, expect, it } from 'vitest'
import { careWindows, chanceOfAtLeast, median, onDuty, upliftOf } from './hyper-care.ts'

const at = (text: string): Date => new Date(`${text}Z`)

describe('the windows of hyper-care', () => {
  it('are as long as the time since go-live, on the same weekdays of the four weeks before', () => {
    const windows = careWindows(at('2026-03-30T10:00'), 48, at('2026-03-31T10:00'))
    expect(windows?.after).toEqual({ from: at('2026-03-30T10:00'), to: at('2026-03-31T10:00') })
    expect(windows?.before.map(({ from }) => from)).toEqual(
      ['2026-03-23', '2026-03-16', '2026-03-09', '2026-03-02'].map((day) => at(`${day}T10:00`)),
    )
    for (const { from, to } of windows?.before ?? []) expect(to.getTime() - from.getTime()).toBe(86_400_000)
  })
  it('end with the hours, and are none before it is out', () => {
    const late = careWindows(at('2026-03-30T10:00'), 48, at('2026-04-30T10:00'))
    expect(late?.after.to).toEqual(at('2026-04-01T10:00'))
    expect(careWindows(at('2026-03-30T10:00'), 48, at('2026-03-30T10:00'))).toBeNull()
    expect(careWindows(at('2026-03-30T10:00'), 0, at('2026-03-31T10:00'))).toBeNull()
  })
})

describe('contacts', () => {
  const jumped = (contacts: number, ...before: readonly number[]): boolean =>
    upliftOf(contacts, before).hasJumped
  it('jump where there are many more than before, more than chance brings', () => {
    expect(jumped(9, 2, 1, 3, 2)).toBe(true)
    expect(upliftOf(9, [2, 1, 3, 2])).toMatchObject({ median: 2, ratio: 4.5 })
    expect(jumped(3, 0, 0, 0, 0)).toBe(true)
    expect(upliftOf(3, [0, 0, 0, 0]).ratio).toBeNull()
  })
  it('do not jump for a single customer, a busy component, or a small number that chance doubles', () => {
    expect(jumped(2, 0, 0, 0, 0)).toBe(false)
    expect(jumped(50, 30, 28, 31, 33)).toBe(false)
    // three times the median, but the weeks before went up and down by as much
    expect(jumped(3, 0, 2, 1, 1)).toBe(false)
  })
  it('that are more never undo a jump', () => {
    for (const before of [
      [0, 0, 0, 0],
      [1, 0, 2, 5],
      [4, 4, 4, 4],
    ])
      for (let contacts = 0; contacts < 40; contacts += 1)
        if (jumped(contacts, ...before)) expect(jumped(contacts + 1, ...before)).toBe(true)
  })
  it('are judged by the tail of the Poisson distribution', () => {
    expect(chanceOfAtLeast(0, 2)).toBe(1)
    expect(chanceOfAtLeast(1, 2)).toBeCloseTo(0.864_665, 6)
    expect(chanceOfAtLeast(5, 2)).toBeCloseTo(0.052_653, 6)
    expect(chanceOfAtLeast(1, 0)).toBe(0)
    // a component that always has many: three times as many is no chance there either
    expect(chanceOfAtLeast(3_000, 1_000)).toBeLessThan(1e-9)
    expect(chanceOfAtLeast(1_000, 1_000)).toBeCloseTo(0.504_2, 3)
    expect(chanceOfAtLeast(3, 0.125)).toBeCloseTo(0.000_297, 5)
  })
  it('have a middle, also of an even number of weeks', () => {
    expect([median([]), median([3]), median([1, 4]), median([9, 1, 5])]).toEqual([0, 3, 2.5, 5])
  })
})

it('whoever is on the rota in this hour is there, and nobody before or after', () => {
  const duties = [
    { name: 'ada', fromHour: 0, toHour: 24 },
    { name: 'erik', fromHour: 24, toHour: 48 },
  ]
  const names = (now: string) => onDuty(duties, at('2026-03-30T10:00'), at(now)).map(({ name }) => name)
  expect(names('2026-03-30T10:00')).toEqual(['ada'])
  expect(names('2026-03-31T10:00')).toEqual(['erik'])
  expect(names('2026-04-01T10:00')).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { cycleTime, type ForecastInput, forecastOf, promiseHistory } from './release-forecast.ts'

const steady: ForecastInput = {
  ...{ finished: [5, 5, 5, 5, 5, 5], left: 10, cycleDays: [], today: '2026-03-02' },
}

describe('a forecast', () => {
  it('of a steady pace is the week in which all is done, for sure', () => {
    expect(forecastOf(steady)).toEqual({
      ...{ kind: 'forecast', from: '2026-03-16', to: '2026-03-16', confidence: 85 },
    })
    expect(forecastOf({ ...steady, left: 11 })).toMatchObject({ to: '2026-03-23' })
  })
  it('of an uneven pace is a range: half of all weeks finish nothing', () => {
    // ten in one week or none: half of the chances are gone each week, 1/8 after three
    const uneven = { ...steady, finished: [10, 0, 10, 0, 10, 0] }
    expect(forecastOf(uneven)).toMatchObject({ from: '2026-03-09', to: '2026-03-23' })
  })
  it('agrees with drawing weeks at random, as its authors do', () => {
    const finished = [3, 0, 7, 2, 4, 1, 9, 2]
    const left = 40
    let seed = 7
    const chance = (): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const weeks = Array.from({ length: 20_000 }, () => {
      let week = 0
      for (let open = left; open > 0; week += 1) open -= finished[Math.floor(chance() * finished.length)] ?? 0
      return week
    }).toSorted((a, b) => a - b)
    const drawn = (share: number): string =>
      new Date(Date.UTC(2026, 2, 2) + (weeks[Math.floor(share * weeks.length)] ?? 0) * 7 * 86_400_000)
        .toISOString()
        .slice(0, 10)
    expect(forecastOf({ ...steady, finished, left })).toMatchObject({ from: drawn(0.5), to: drawn(0.85) })
  })
  it('never comes sooner with more to do, nor later with a better week', () => {
    const days = (input: Partial<ForecastInput>): string => {
      const forecast = forecastOf({ ...steady, finished: [3, 0, 7, 2, 4, 1], ...input })
      return forecast.kind === 'forecast' ? forecast.to : '9999'
    }
    for (let left = 1; left < 60; left += 1) {
      expect(days({ left }) <= days({ left: left + 1 })).toBe(true)
      expect(days({ left, finished: [3, 0, 8, 2, 4, 1] }) <= days({ left })).toBe(true)
    }
  })
  it('is not given where the history tells nothing, nothing is left, or it is years away', () => {
    expect(forecastOf({ ...steady, finished: [9, 9, 9, 9, 9] }).kind).toBe('not enough history')
    expect(forecastOf({ ...steady, finished: [1, 1, 1, 1, 1, 1] }).kind).toBe('not enough history')
    expect(forecastOf({ ...steady, left: 0 }).kind).toBe('nothing left')
    expect(forecastOf({ ...steady, left: 1_999 }).kind).toBe('too far')
  })
  it('leaves what is open as long as an item takes', () => {
    const cycleDays = [10, 10, 12, 20, 30]
    expect(forecastOf({ ...steady, left: 1, cycleDays })).toMatchObject({
      from: '2026-03-14',
      to: '2026-04-01',
    })
    expect(cycleTime(cycleDays)).toEqual({ median: 12, p85: 30, items: 5 })
    expect(cycleTime([1, 2])).toBeNull()
  })
})

it('promises are held that came out on their last day or before; half slipped more than the median', () => {
  const kept = (released: string) => ({ promised: '2026-03-10', released })
  expect(promiseHistory([kept('2026-03-10'), kept('2026-03-13'), kept('2026-03-20')])).toEqual({
    ...{ releases: 3, held: 1, medianSlipDays: 3 },
  })
  expect(promiseHistory([])).toEqual({ releases: 0, held: 0, medianSlipDays: null })
})

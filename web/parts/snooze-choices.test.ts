import { expect, it } from 'vitest'
import { snoozeUntil } from './snooze-choices.ts'

const at = (day: number, hour: number) => new Date(2026, 2, day, hour)

it('is the next morning, also late at night', () => {
  expect(snoozeUntil('tomorrow', at(2, 23))).toEqual(at(3, 9))
  expect(snoozeUntil('tomorrow', at(31, 8))).toEqual(new Date(2026, 3, 1, 9))
})

it('is the Monday that comes, which on a Monday is a week away', () => {
  expect(snoozeUntil('monday', at(2, 8))).toEqual(at(9, 9))
  expect(snoozeUntil('monday', at(8, 8))).toEqual(at(9, 9))
  expect(snoozeUntil('monday', at(4, 8))).toEqual(at(9, 9))
})

it('is a few hours from now', () => {
  expect(snoozeUntil('hours', at(2, 8))).toEqual(at(2, 11))
})

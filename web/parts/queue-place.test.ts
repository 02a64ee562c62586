import { describe, expect, it } from 'vitest'
import { besideInQueue, placeInQueue } from './queue-place.ts'

describe('the one that is looked at', () => {
  it('is the first, when nobody chose one', () => {
    expect(placeInQueue(['a', 'b'], null, null)).toBe('a')
    expect(placeInQueue([], null, null)).toBeNull()
  })

  it('gives way to the next in line once it got its answer, and at the end to the one before', () => {
    expect(placeInQueue(['a', 'c'], 'b', 1)).toBe('c')
    expect(placeInQueue(['a', 'b'], 'c', 2)).toBe('b')
    expect(placeInQueue([], 'a', 0)).toBeNull()
  })

  it('stays where a link led, also when that is in the queue no more', () => {
    expect(placeInQueue(['a'], 'z', null)).toBe('z')
  })
})

it('steps through the queue and stops at its ends', () => {
  expect(besideInQueue(['a', 'b'], 'a', 1)).toBe('b')
  expect(besideInQueue(['a', 'b'], 'b', 1)).toBe('b')
  expect(besideInQueue(['a', 'b'], 'a', -1)).toBe('a')
  expect(besideInQueue(['a', 'b'], 'z', 1)).toBe('a')
  expect(besideInQueue([], null, 1)).toBeNull()
})

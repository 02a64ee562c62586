import { describe, expect, it } from 'vitest'
import { stretchFor } from './crowding.ts'
import { busyTicks, readProcess, ticksBelow } from './processor-time.ts'

describe('the stretch of a limit', () => {
  it('is none on a machine that is ours, so that 200 ms are 200 ms there', () => {
    expect(stretchFor(0, 2)).toBe(1)
    expect(stretchFor(0.4, 2)).toBe(1)
  })

  it('grows as strangers take the cores, because half a machine takes twice as long', () => {
    expect(stretchFor(1, 2)).toBe(2)
    expect(stretchFor(1.5, 2)).toBe(4)
  })

  it('ends somewhere, because a limit that always holds says nothing', () => {
    expect(stretchFor(2, 2)).toBe(10)
  })
})

describe('processor time', () => {
  it('counts what the cores did, without idling and waiting for disks', () => {
    expect(busyTicks('cpu  10 1 20 9000 500 2 3 4 0 0\ncpu0 1 2 3')).toBe(40)
  })

  it('reads a process whatever its name holds, with the children that have ended', () => {
    const line = '42 (a) b (c) S 7 42 42 0 -1 0 0 0 0 0 100 20 3 4 20 0 1 0 5 6'
    expect(readProcess(line)).toEqual({ id: 42, parent: 7, ticks: 127 })
  })

  it('counts everything below us as ours, since a browser is many processes', () => {
    const all = [
      { id: 1, parent: 0, ticks: 1000 },
      { id: 2, parent: 1, ticks: 10 },
      { id: 3, parent: 2, ticks: 5 },
      { id: 4, parent: 1, ticks: 100 },
    ]
    expect(ticksBelow(2, all)).toBe(15)
  })
})

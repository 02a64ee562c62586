import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyBreaker, recordWrites, type WriteRecord } from './breaker.ts'
import type { PlannedOperation } from './plan.ts'

const ref = { id: '1' }
const update = (values: Readonly<Record<string, string>>): PlannedOperation => ({
  operation: { op: 'update', ref, fields: values as never, version: null },
  fields: Object.entries(values).map(([tool, sent]) => ({
    pair: `hub ${tool}~${tool}`,
    tool,
    hub: sent,
    sent,
    before: null,
  })),
  status: null,
  element: null,
  link: null,
})
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second))

describe('the breaker', () => {
  it('stops a value that flips for ever after at most six writes, and says why', () => {
    let writes: readonly WriteRecord[] = []
    let made = 0
    for (let second = 0; second < 300; second += 1) {
      const { go, holds } = applyBreaker(
        [update({ title: second % 2 === 0 ? 'A' : 'B' })],
        writes,
        at(second),
      )
      made += go.length
      writes = recordWrites(writes, go, at(second))
      if (go.length === 0) expect(holds[0]).toMatchObject({ field: 'hub title~title', code: 'breaker' })
    }
    expect(made).toBeLessThanOrEqual(6)
  })

  it('lets different values pass as long as people could type them', () => {
    let writes: readonly WriteRecord[] = []
    let made = 0
    for (let edit = 0; edit < 20; edit += 1) {
      const { go } = applyBreaker([update({ title: `draft ${edit}` })], writes, at(edit * 20))
      made += go.length
      writes = recordWrites(writes, go, at(edit * 20))
    }
    expect(made).toBe(20)
  })

  it('stops the one field and lets the others of the same call go', () => {
    const writes: WriteRecord[] = Array.from({ length: 5 }, (_, index) =>
      recordWrites([], [update({ title: 'A' })], at(index)),
    ).flat()
    const { go, holds } = applyBreaker([update({ title: 'A', version: '2' })], writes, at(10))
    expect(go.map((one) => one.operation)).toEqual([
      { op: 'update', ref, fields: { version: '2' }, version: null },
    ])
    expect(holds).toHaveLength(1)
  })

  it('counts a status under the name its hold has', () => {
    const move: PlannedOperation = {
      operation: { op: 'transition', ref, to: 'open', fields: {} },
      fields: [],
      status: { hub: 'open', tool: 'open', last: true },
      element: null,
      link: null,
    }
    const writes = Array.from({ length: 5 }, (_, index) => recordWrites([], [move], at(index))).flat()
    expect(applyBreaker([move], writes, at(9)).holds[0]?.field).toBe('state~status')
  })

  it('forgets after ten minutes', () => {
    const writes = Array.from({ length: 5 }, (_, index) =>
      recordWrites([], [update({ title: 'A' })], at(index)),
    ).flat()
    expect(applyBreaker([update({ title: 'A' })], writes, at(700)).go).toHaveLength(1)
  })

  it('never lets one field have more than thirty writes in ten minutes, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.nat(20)), { maxLength: 120 }),
        (edits) => {
          let writes: readonly WriteRecord[] = []
          let second = 0
          for (const [value, pause] of edits) {
            second += pause
            const { go } = applyBreaker([update({ title: value })], writes, at(second))
            writes = recordWrites(writes, go, at(second))
            expect(writes.length).toBeLessThanOrEqual(30)
          }
        },
      ),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { Case } from './case.ts'
import { cases } from './cases.ts'
import type { Subject } from './subject.ts'

/**
 * Registers every case a subject supports as a test of its own, and one more: that what it does not support is just
 * what `notSupported` says, by name. So nothing is left out in silence, and a capability lost by mistake fails.
 */
export const describeConformance = async (
  name: string,
  makeSubject: () => Promise<Subject>,
  notSupported: readonly string[] = [],
): Promise<void> => {
  const probe = await makeSubject()
  const reasons = cases.map((one) => ({ name: one.name, reason: one.unsupported(probe) }))
  await probe.close()
  describe(`${name} keeps the connector contract`, () => {
    for (const one of cases) {
      if (reasons.find(({ name }) => name === one.name)?.reason === null)
        it(one.name, () => runCase(one, makeSubject))
    }
    it('leaves out what it cannot do, and nothing else', () => {
      const left = reasons.filter(({ reason }) => reason !== null).map((entry) => entry.name)
      assert.deepEqual(left, notSupported)
    })
  })
}

const runCase = async (one: Case, makeSubject: () => Promise<Subject>): Promise<void> => {
  const subject = await makeSubject()
  try {
    await one.run(subject, subject.connect())
    assert.deepEqual([...(subject.vendor?.problems ?? [])], [], "what does not fit the vendor's own schema")
  } finally {
    await subject.close()
  }
}

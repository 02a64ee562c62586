import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeFault } from './fake.ts'
import { type FakeSession, faultKind, openFakeSession } from './fake-session.ts'

let bed: FakeSession
beforeEach(async () => {
  bed = await openFakeSession()
})
afterEach(() => bed.close())

const CREATE = { op: 'create', container: 'FAKE', fields: { title: 'Crash' }, marker: 'T-7' } as const

describe('faults', () => {
  const cases: readonly (readonly [FakeFault, string, string, boolean])[] = [
    ['drop before', 'down', 'unknown', false],
    ['drop after', 'down', 'unknown', true],
    ['hang before', 'down', 'unknown', false],
    ['hang after', 'down', 'unknown', true],
    ['error before', 'down', 'unknown', false],
    ['error after', 'down', 'unknown', true],
    ['rate limited', 'rate', 'rate', false],
    ['unavailable', 'rate', 'rate', false],
    ['half body', 'down', 'unknown', true],
    ['html', 'down', 'unknown', true],
    ['huge', 'invalid', 'unknown', true],
    ['deep', 'down', 'unknown', true],
  ]
  for (const [fault, read, write, committed] of cases) {
    it(`"${fault}" is ${read} for a read and ${write} for a change`, async () => {
      const { id } = bed.fake.make({ title: 'a' })
      bed.fake.set({ next: [fault] })
      const session = fault.startsWith('hang') ? bed.connect(bed.fake.settings, 500) : bed.session
      expect(await faultKind(session.fetch({ id }))).toBe(read)
      bed.fake.set({ next: [fault] })
      const push = session.push({ op: 'update', ref: { id }, fields: { title: 'b' }, version: null }, 'k')
      expect(await faultKind(push)).toBe(write)
      expect(bed.fake.ledger.length).toBe(committed ? 2 : 1)
    })
  }

  it('a create whose answer cannot be read is unknown: calling it failed would make a second item', async () => {
    for (const fault of ['html', 'deep', 'half body', 'drop after', 'error after'] as const) {
      bed.fake.set({ next: [fault] })
      expect(await faultKind(bed.session.push({ ...CREATE, marker: fault }, `key-${fault}`)), fault).toBe(
        'unknown',
      )
    }
    expect(bed.fake.ledger).toHaveLength(5)
  })

  it('wrong credentials are auth, and the token is in no text', async () => {
    const session = bed.connect({ ...bed.fake.settings, secret: 'wrong-token-12345' })
    const error = await session.fetch({ id: '1' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'auth' })
    expect(String(error)).not.toContain('wrong-token')
  })
})

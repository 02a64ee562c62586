import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateSnapshot } from '../../../test/conformance/validate-snapshot.ts'
import { isFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { personOf } from './convert.ts'
import { goldenOf } from './golden.ts'
import { zendesk } from './index.ts'

const folder = new URL('./fixtures/', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const account = read('account.json')
const examples = readdirSync(folder)
  .filter((file) => !file.endsWith('.golden.json') && file !== 'account.json')
  .map((file) => file.replace(/\.json$/, ''))
  .map((name) => ({ name, answer: read(`${name}.json`) }))

const capabilities = zendesk.capabilities({ url: 'https://company.zendesk.com' })

const isSnapshot = (value: unknown): value is Snapshot =>
  value !== null && typeof value === 'object' && 'ref' in value && 'kind' in value
const snapshotsIn = (value: unknown): readonly Snapshot[] =>
  (Array.isArray(value) ? value : [value]).filter(isSnapshot)
const flawsIn = (value: unknown): readonly string[] =>
  snapshotsIn(value).flatMap((each) => validateSnapshot(each, capabilities))

/** The same value, but for the `at`th place counted in depth. */
const damaged = (value: unknown, at: number, by: unknown): unknown => {
  let left = at
  const walk = (node: unknown): unknown => {
    if (left === 0) {
      left -= 1
      return by
    }
    left -= 1
    if (Array.isArray(node)) return node.map(walk).filter((each) => each !== undefined)
    return node !== null && typeof node === 'object'
      ? Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, walk(inner)]))
      : node
  }
  return walk(value)
}

const MAX_PLACES = 400

describe('answers from Zendesk’s documentation', () => {
  it('are there, so that what follows is about something', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20)
  })

  it.each(examples)('become what stands beside them: $name', ({ name, answer }) => {
    const value: unknown = JSON.parse(JSON.stringify(goldenOf(name, answer, account)))
    expect(value).toEqual(read(`${name}.golden.json`))
    expect(flawsIn(value)).toEqual([])
  })

  it.each(examples)('that are damaged anywhere give a fault or a sound value: $name', ({ name, answer }) => {
    const by = fc.oneof(fc.constant(undefined), fc.jsonValue())
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_PLACES }), by, (at, instead) => {
        try {
          expect(flawsIn(goldenOf(name, damaged(answer, at, instead), account))).toEqual([])
        } catch (thrown) {
          if (!isFault(thrown)) throw thrown
        }
      }),
      { numRuns: 150 },
    )
  })
})

it('says of a user that nobody proved the address, because a mail in another’s name makes one', () => {
  const user = { id: 7, name: 'Anna', email: 'anna@desk.example' }
  expect(personOf(7, [{ ...user, verified: false }])).toEqual({ ...user, id: '7', isUnproven: true })
  expect(personOf(7, [{ ...user, verified: true }])).toEqual({ ...user, id: '7' })
  expect(personOf(7, [user])).toEqual({ ...user, id: '7' })
})

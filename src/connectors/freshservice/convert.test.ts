import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateSnapshot } from '../../../test/conformance/validate-snapshot.ts'
import { isFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { goldenOf } from './golden.ts'
import { freshservice } from './index.ts'
import { categoryOf } from './kinds.ts'

const folder = new URL('./fixtures/', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const account = read('account.json')
const examples = readdirSync(folder)
  .filter((file) => !file.endsWith('.golden.json') && file !== 'account.json')
  .map((file) => file.replace(/\.json$/, ''))
  .map((name) => ({ name, answer: read(`${name}.json`) }))

const capabilities = freshservice.capabilities({
  url: 'https://company.freshservice.com',
  apiKey: 'k',
  email: 'us@example.com',
})

const isSnapshot = (value: unknown): value is Snapshot =>
  value !== null && typeof value === 'object' && 'ref' in value && 'kind' in value
const flawsIn = (value: unknown): readonly string[] =>
  isSnapshot(value) ? validateSnapshot(value, capabilities) : []

/** The same text, with one of its values exchanged. */
const damaged = (answer: unknown, at: number, instead: unknown): unknown => {
  let left = at
  return JSON.parse(
    JSON.stringify(answer, (_name, value: unknown) => {
      left -= 1
      return left === 0 ? instead : value
    }) ?? 'null',
  )
}

describe('answers that the maker of Freshservice published', () => {
  it('are there, so that what follows is about something', () => {
    expect(examples.length).toBeGreaterThanOrEqual(14)
  })

  it.each(examples)('become what stands beside them: $name', ({ name, answer }) => {
    const value: unknown = JSON.parse(JSON.stringify(goldenOf(name, answer, account)))
    expect(value).toEqual(read(`${name}.golden.json`))
    expect(flawsIn(value)).toEqual([])
  })

  it.each(examples)('that are damaged anywhere give a fault or a sound value: $name', ({ name, answer }) => {
    const instead = fc.oneof(fc.constant(undefined), fc.jsonValue())
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), instead, (at, by) => {
        try {
          expect(flawsIn(goldenOf(name, damaged(answer, at, by), account))).toEqual([])
        } catch (thrown) {
          if (!isFault(thrown)) throw thrown
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('what a status means', () => {
  it('is known of tickets under any label, and of changes only under the one they came with', () => {
    expect(categoryOf('ticket', 4, 'Erledigt')).toBe('done')
    expect(categoryOf('change', 6, 'Closed')).toBe('done')
    expect(categoryOf('change', 3, 'Resolved')).toBeNull()
  })
})

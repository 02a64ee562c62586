import { describe, expect, it } from 'vitest'
import { type ReadWork, readingOf, readingOfNote, verdictOf } from './bug-or-feature.ts'

const defect: ReadWork = {
  ...{ kind: 'defect', state: 'started', behaviourNote: null, declineReason: null, has: 'unknown' },
}
const done: ReadWork = { ...defect, state: 'done' }
const feature: ReadWork = { ...done, kind: 'feature', behaviourNote: 'Prices are shown with tax.' }

describe('what a work item says of a caller’s words', () => {
  it('is a known defect until the version has its fix', () => {
    expect(readingOf(defect)).toBe('known defect')
    expect(readingOf({ ...done, has: 'no' })).toBe('known defect')
    expect(readingOf({ ...done, has: 'yes' })).toBe('fixed')
  })
  it('is nothing settled where a fix is done and nobody knows what runs there', () => {
    expect(readingOf(done)).toBe('related')
  })
  it('is intended where the version behaves as a note says, or engineering declined with a reason', () => {
    expect(readingOf({ ...feature, has: 'yes' })).toBe('intended')
    expect(readingOf(feature)).toBe('intended')
    expect(readingOf({ ...done, has: 'yes', behaviourNote: 'Rounds up now.' })).toBe('intended')
    expect(readingOf({ ...defect, state: 'declined', declineReason: 'Works as designed.' })).toBe('intended')
    expect(readingOf({ ...defect, state: 'declined' })).toBe('related')
  })
  it('comes with a newer release where the feature is not in theirs', () => {
    expect(readingOf({ ...feature, has: 'no' })).toBe('newer')
    expect(readingOf({ ...feature, state: 'started' })).toBe('newer')
    expect(readingOf({ ...feature, kind: 'task', has: 'no' })).toBe('related')
  })
})

describe('what an approved note of a release says of a caller’s words', () => {
  const note = { kind: 'behaves differently', has: 'yes', isFixed: false } as const
  it('is settled for who runs that release', () => {
    expect(readingOfNote(note)).toBe('intended')
    expect(readingOfNote({ ...note, kind: 'known broken' })).toBe('known defect')
    expect(readingOfNote({ ...note, kind: 'known broken', isFixed: true })).toBe('fixed')
  })
  it('settles nothing for who runs another, or where nobody knows', () => {
    expect(readingOfNote({ ...note, has: 'no' })).toBe('newer')
    expect(readingOfNote({ ...note, has: 'unknown' })).toBe('related')
    for (const has of ['no', 'unknown'] as const)
      expect(readingOfNote({ ...note, kind: 'known broken', has })).toBe('related')
    expect(readingOfNote({ ...note, kind: 'fixed' })).toBe('related')
  })
})

it('a verdict is what the best evidence settles, else the question stays open', () => {
  expect(
    ['intended', 'known defect', 'fixed', 'newer', 'related', undefined].map((best) =>
      verdictOf(best as never),
    ),
  ).toEqual(['intended', 'known defect', 'unknown', 'unknown', 'unknown', 'unknown'])
})

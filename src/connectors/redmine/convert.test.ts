import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { targetOf } from './convert.ts'
import { goldenOf, type RecordedContext } from './golden.ts'

const folder = join(import.meta.dirname, 'fixtures')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const context = read('context') as RecordedContext
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.golden.json'))
  .map((file) => file.replace('.golden.json', ''))

describe('recorded answers', () => {
  it('are about twenty', () => {
    expect(names.length).toBeGreaterThanOrEqual(20)
  })

  it.each(names)('%s becomes its golden value', (name) => {
    expect(goldenOf(name, read(name), context)).toEqual(read(`${name}.golden`))
  })
})

// ---- damaged answers: a fault or a valid value, nothing else ------------------------------------------------

type Path = readonly (string | number)[]

const pathsOf = (value: unknown, at: Path = []): readonly Path[] => {
  if (value === null || typeof value !== 'object') return [at]
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return at.length === 0 ? inner : [at, ...inner]
}

const DROPPED = Symbol('dropped')

const changed = (value: unknown, [key, ...rest]: Path, replacement: unknown): unknown => {
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    const next = value.map((each, index) => (index === key ? changed(each, rest, replacement) : each))
    return next.filter((each) => each !== DROPPED)
  }
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, each]) => [
    name,
    name === key ? changed(each, rest, replacement) : each,
  ])
  return Object.fromEntries(entries.filter(([, each]) => each !== DROPPED))
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

const isValid = (snapshot: Snapshot): boolean =>
  targetOf(snapshot.ref.id) !== null &&
  TIME.test(snapshot.updatedAt ?? '') &&
  snapshot.url.startsWith('https://redmine.example/') &&
  Object.values(snapshot.fields).every(
    (each) =>
      each === null ||
      typeof each === 'string' ||
      (Array.isArray(each) && each.every((one) => typeof one === 'string')),
  ) &&
  (snapshot.comments ?? []).every(
    (each) => each.text.trim() !== '' && TIME.test(each.at) && /^\d+$/.test(each.id),
  ) &&
  (snapshot.attachments ?? []).every((each) => Number.isInteger(each.size) && typeof each.name === 'string')

const isSound = (name: string, answer: unknown): boolean => {
  try {
    const value = goldenOf(name, answer, context)
    // a refusal without a word is a conflict: somebody else saved in the same moment
    if ('detail' in value) return ['invalid', 'conflict'].includes(value.kind) && value.detail.length < 600
    return Array.isArray(value) ? value.every(isValid) : isValid(value as Snapshot)
  } catch (error) {
    return isFault(error)
  }
}

const anything = fc.oneof(
  fc.constant(DROPPED),
  fc.constantFrom(
    null,
    '',
    0,
    -1,
    1.5,
    1e21,
    true,
    [],
    {},
    'x'.repeat(5_000),
    '__proto__',
    '2026-13-45T99:99:99Z',
    '‮\u0000',
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

describe('damaged answers', () => {
  it.each(names)('%s never becomes anything but a fault or a valid value', (name) => {
    const seed = read(name)
    const damage = fc.tuple(fc.constantFrom(...pathsOf(seed)), anything)
    const all = fc.array(damage, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(all, (damages) =>
        isSound(
          name,
          damages.reduce((answer, [path, replacement]) => changed(answer, path, replacement), seed),
        ),
      ),
      { numRuns: 150 },
    )
  })

  it('an answer of any other shape is a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => isSound('issue-any', answer) && isSound('issues-any', answer)),
    )
  })
})

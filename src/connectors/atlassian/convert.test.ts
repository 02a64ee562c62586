import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../sync/fault.ts'
import { answers, readAs } from './answers.ts'
import { type ConvertContext, commentOf, issueSnapshot, versionSnapshot } from './convert.ts'
import { fieldIndex } from './field-index.ts'
import { refusal } from './refusal.ts'

/** Answers as Atlassian's own reference shows them (people's names taken out), beside what they must become. */
const folder = join(import.meta.dirname, 'fixtures')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.golden.json'))
  .map((file) => file.replace('.golden.json', ''))

const SITE = 'https://your-domain.atlassian.net'
const context: ConvertContext = {
  site: SITE,
  cloud: true,
  accountId: '5b10a2844c20165700ede21g',
  fields: fieldIndex([
    { id: 'customfield_10010', name: 'Colour', custom: true, schema: { type: 'option-with-child' } },
    { id: 'customfield_10011', name: 'Letters', custom: true, schema: { type: 'array', items: 'option' } },
    {
      id: 'customfield_10012',
      name: 'Time to resolution',
      custom: true,
      schema: { type: 'sd-servicelevelagreement', custom: 'com.atlassian.servicedesk:sd-sla-field' },
    },
  ]),
  audience: null,
  desk: false,
}

const becomes = (name: string, answer: unknown): unknown => {
  switch (name.split('-')[0]) {
    case 'issue': {
      const issue = readAs(answers.issue, answer, name)
      return issueSnapshot(issue, context, { comments: [], remoteLinks: [] })
    }
    case 'comments':
      return readAs(answers.comments, answer, name).comments.map((each) => commentOf(each, context))
    case 'version':
      return versionSnapshot(readAs(answers.version, answer, name), 'EX', SITE)
    default: {
      const bytes = Buffer.from(JSON.stringify(answer))
      const { kind, field, detail } = refusal({ bytes }, ['cf:Colour', 'title'], context.fields.toolField)
      return { kind, field, detail }
    }
  }
}

describe('answers as Atlassian publishes them', () => {
  it.each(names)('%s becomes its golden value', (name) => {
    expect(JSON.parse(JSON.stringify(becomes(name, read(name))))).toEqual(read(`${name}.golden`))
  })

  it('are read by a comment of a desk as unknown where it does not say who reads it', () => {
    const [comment] = readAs(answers.comments, read('comments-of-a-desk'), 'comments').comments
    if (comment === undefined) throw new Error('no comment')
    const { jsdPublic: _, ...silent } = comment
    expect(commentOf(silent, { ...context, desk: true }).visibility).toBe('unknown')
  })
})

type Path = readonly (string | number)[]

const pathsOf = (value: unknown, at: Path = []): readonly Path[] => {
  if (value === null || typeof value !== 'object') return [at]
  return [
    at,
    ...Object.entries(value).flatMap(([key, each]) =>
      pathsOf(each, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

const changed = (value: unknown, [key, ...rest]: Path, damage: unknown): unknown => {
  if (key === undefined) return damage
  if (Array.isArray(value))
    return value.map((each, index) => (index === key ? changed(each, rest, damage) : each))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === key ? changed(each, rest, damage) : each]),
  )
}

const isSound = (name: string, answer: unknown): boolean => {
  try {
    becomes(name, answer)
    return true
  } catch (error) {
    return isFault(error)
  }
}

describe('damaged answers', () => {
  it.each(names)('%s never becomes anything but a fault or a value', (name) => {
    const seed = read(name)
    const anything = fc.oneof(
      fc.constantFrom(
        null,
        '',
        0,
        -1,
        1.5,
        true,
        [],
        {},
        '__proto__',
        '2026-13-45T99:99:99.000+0000',
        '‮\u0000',
      ),
      fc.jsonValue({ maxDepth: 3 }),
    )
    const damage = fc.tuple(fc.constantFrom(...pathsOf(seed)), anything)
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) =>
        isSound(
          name,
          damages.reduce((answer, [path, with_]) => changed(answer, path, with_), seed),
        ),
      ),
      { numRuns: 150 },
    )
  })
})

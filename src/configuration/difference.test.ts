import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configurations } from '../../test/support/configurations.ts'
import type { Configuration } from './configuration.ts'
import { difference } from './difference.ts'
import { parseConfiguration } from './parse.ts'

const read = (text: string): Configuration => {
  const parsed = parseConfiguration(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const desk = (fields: string, more = ''): Configuration =>
  read(
    `connections: { desk: { kind: demo, party: desk, title: Desk, settings: {}, ${more} mapping: { containers: [S], fields: ${fields} } } }`,
  )

const EMPTY = read('')

describe('difference', () => {
  it('finds nothing between a configuration and itself, pruning or not', () => {
    fc.assert(
      fc.property(configurations, fc.boolean(), (configuration, prune) => {
        expect(difference(configuration, configuration, prune)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('says what changes in a mapping by the name of the field, not by its position', () => {
    const before = desk('[{ title: title }, { version: cf:V }]')
    const after = desk(
      '[{ title: title }, { version: { tool: cf:V, conflict: hub wins } }]',
      'poll every: 5 min,',
    )
    expect(difference(before, after, false)).toEqual([
      {
        noun: 'connection',
        key: 'desk',
        how: 'changed',
        words: ['pollEveryS: 60 → 300', 'mapping.fields.version (cf:V).conflict: ask → hub wins'],
      },
    ])
  })

  it('never ends a pause by not speaking of it', () => {
    expect(difference(desk('[]', 'paused: true,'), desk('[]'), false)).toEqual([])
    expect(difference(desk('[]', 'paused: true,'), desk('[]', 'paused: false,'), false)[0]?.words).toEqual([
      'paused: true → false',
    ])
  })

  it('removes only when asked, and only from sections the file has', () => {
    const stored = read(
      'rules: { a: { on: ticket, when: "true", then: escalate }, b: { on: ticket, when: "true", then: escalate } }',
    )
    const wanted = read('rules: { a: { on: ticket, when: "true", then: escalate } }')
    expect(difference(stored, wanted, false)).toEqual([])
    expect(difference(stored, wanted, true)).toEqual([{ noun: 'rule', key: 'b', how: 'removed', words: [] }])
    expect(difference(stored, EMPTY, true)).toEqual([])
  })

  it('notices a new order of rules, because the first that fits acts', () => {
    const a = 'a: { on: ticket, when: "true", then: escalate }'
    const b = 'b: { on: ticket, when: "true", then: escalate }'
    expect(difference(read(`rules: { ${a}, ${b} }`), read(`rules: { ${b}, ${a} }`), false)).toEqual([
      { noun: 'rule', key: 'order', how: 'changed', words: ['order: a, b → b, a'] },
    ])
  })

  it('never removes customers or people, because life makes them too', () => {
    const stored = read(
      'organisation: { customers: { acme: Acme }, people: { a@x.example: { name: A, role: agent } } }',
    )
    expect(difference(stored, read('organisation: {}'), true)).toEqual([])
  })
})

import fc from 'fast-check'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configurations } from '../../test/support/configurations.ts'
import { explain } from './explain.ts'
import { ConfigurationDocument } from './schema.ts'
import { toYaml } from './to-yaml.ts'

const said = (schema: Parameters<typeof explain>[0], value: unknown): readonly string[] =>
  explain(schema, value).map(({ path, what, todo }) => `${path.join('/')}: ${what}. ${todo}`)

/** Breaks one place of a document. */
const broken = (value: unknown, steps: readonly number[], poison: unknown): unknown => {
  const [step, ...rest] = steps
  if (step === undefined || typeof value !== 'object' || value === null) return poison
  const keys = Object.keys(value)
  if (keys.length === 0) return poison
  const key = keys[step % keys.length] ?? ''
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? broken(item, rest, poison) : item))
  const inner: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
  return { ...value, [key]: broken(inner, rest, poison) }
}

describe('explain', () => {
  it('accepts and refuses exactly what the real validator does, so that no message is ever missing', () => {
    const poison = fc.oneof(
      fc.constantFrom(null, '', 'x', 7, 1.5, true, [], {}, [1], { nonsense: 1 }),
      fc.jsonValue(),
    )
    let refused = 0
    fc.assert(
      fc.property(
        configurations,
        fc.array(fc.nat(), { maxLength: 8 }),
        poison,
        (configuration, steps, bad) => {
          const document = broken(parse(toYaml(configuration)), steps, bad)
          const valid = Value.Check(ConfigurationDocument, document)
          if (!valid) refused += 1
          expect(explain(ConfigurationDocument, document).length === 0).toBe(valid)
        },
      ),
      { numRuns: 150 },
    )
    expect(refused).toBeGreaterThan(15)
  })

  it('names a list or group instead of making it to text, which one with a member toString would stop', () => {
    const schema = Type.Enum(['all', 'any'])
    expect(said(schema, [{ toString: '' }])).toEqual([
      ': a list is not one of: all, any. Take one of these words.',
    ])
    expect(said(schema, { toString: '' })).toEqual([
      ': a group of fields is not one of: all, any. Take one of these words.',
    ])
  })

  it('guesses the field that was meant', () => {
    const schema = Type.Object({ adopt: Type.Optional(Type.Boolean()) }, { additionalProperties: false })
    expect(said(schema, { adoptt: true })).toEqual([
      "adoptt: 'adoptt' is not known here. Did you mean 'adopt'?",
    ])
  })

  it('tells to quote a version, because YAML would read 2.10 as 2.1', () => {
    expect(said(Type.String(), 2.1)).toEqual([': must be text, not a number. Put it in quotes: "2.1".'])
  })

  it('speaks about the branch that was meant, not about all of them', () => {
    const schema = Type.Union([
      Type.String(),
      Type.Object({ name: Type.String() }, { additionalProperties: false }),
    ])
    expect(said(schema, { nmae: 'x' })).toEqual([
      "nmae: 'nmae' is not known here. Did you mean 'name'?",
      ": 'name' is missing. Add 'name'.",
    ])
  })
})

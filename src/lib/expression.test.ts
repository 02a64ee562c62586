import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it, vi } from 'vitest'
import { compile, MAX_SOURCE_LENGTH } from './expression.ts'

const evaluate = (source: string, vars: Readonly<Record<string, unknown>> = {}) => {
  const compiled = compile(source)
  return compiled.ok
    ? compiled.value.evaluate(vars)
    : { ok: false as const, error: `compile: ${compiled.error.message}` }
}
const value = (source: string, vars: Readonly<Record<string, unknown>> = {}): unknown => {
  const result = evaluate(source, vars)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('compile and evaluate', () => {
  it('does what settings need: pick, compare, translate, join', () => {
    const item = { title: 'Crash', votes: 4, labels: ['b', 'a'], state: { name: 'Closed' }, estimate: 1.5 }
    expect(value('item.state.name.lowerAscii() == "closed" ? "done" : "open"', { item })).toBe('done')
    expect(value('item.votes > 3 && item.estimate < 2.0', { item })).toBe(true)
    expect(value('item.labels.map(l, "x-" + l)', { item })).toEqual(['x-b', 'x-a'])
    expect(value('item.labels.filter(l, l != "a").join(",")', { item })).toBe('b')
    expect(value('has(item.missing) ? item.missing : null', { item })).toBe(null)
    expect(value('{"name": item.title, "n": item.votes + 1}', { item })).toEqual({ name: 'Crash', n: 5 })
    expect(value('timestamp("2026-01-02T03:04:05Z") - duration("1h")')).toBe('2026-01-02T02:04:05.000Z')
    expect(value('cel.bind(x, item.votes, x * x)', { item })).toBe(16)
    expect(value('item.title.matches("^Cr[a-z]+$")', { item })).toBe(true)
  })

  it('names the place of an error', () => {
    expect(compile('item.title +')).toMatchObject({ ok: false, error: { position: 12 } })
    expect(compile('itm.title', ['item'])).toMatchObject({
      ok: false,
      error: { message: 'Unknown variable: itm', position: 0 },
    })
    expect(compile('1 + foo(2)')).toMatchObject({
      ok: false,
      error: { message: 'foo() is not a function that can be used here', position: 4 },
    })
  })

  it('answers what goes wrong at run time as a value', () => {
    expect(evaluate('1 / 0')).toEqual({ ok: false, error: 'division by zero' })
    expect(evaluate('item.a.b', { item: {} })).toEqual({ ok: false, error: 'No such key: a' })
  })

  it('never throws, whatever the text', () => {
    const pieces = [
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '.',
      ',',
      '"',
      "'",
      '+',
      '-',
      '!',
      '?',
      ':',
      'a',
      '1',
      '1u',
      'b"x"',
      'map',
      'x',
      '&&',
      '\\',
      '\n',
      '$',
      '`',
      'é',
    ]
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...pieces)).map((each) => each.join('')),
        ),
        fc.jsonValue(),
        (source, a) => {
          evaluate(source, { a })
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('hostile expressions', () => {
  const host = { list: ['a'], text: 'abc', map: { own: 1 } }

  for (const source of [
    'v.constructor',
    'v["constructor"]',
    'v.__proto__',
    'v["__proto__"]',
    'v.map.constructor.constructor("return process")()',
    'v.text.constructor',
    'v.list.constructor',
    'v.list["length"]',
    'v.text.__defineGetter__',
    'v.map.hasOwnProperty',
    'v.toString()',
    'v.map.valueOf',
    'v.list.at(0)',
    'constructor',
    '__proto__',
    'globalThis',
    'process',
    'this',
    'require("fs")',
    'process.getBuiltinModule("fs")',
    'import("fs")',
    '(() => 1)()',
    '`$' + '{process}`',
    'new Date()',
    'v.map.prototype',
    'dyn(v).constructor',
    'cel.constructor',
    'cel.bind.constructor',
    'type(v)',
    'type(1).constructor',
    'bytes("a").json()',
    'b"{}".json()',
    '[].constructor',
    '{}.constructor',
    '"".constructor',
    'v.matchesInLinearTime("a")',
    '"a".matchesInLinearTime("a")',
    'v.text.matches(v.text)',
    '"a".matches("(")',
    '"a".matches("(?=a)")',
    '"a".matches("(a)\\\\1")',
    `"a".matches("${'a'.repeat(300)}")`,
    '"a".matches("(a{1000}){1000}")',
    '1u',
    'b"abc"',
    'optional.of(1)',
    'v.?constructor',
  ]) {
    it(`gets nothing from ${source.slice(0, 60)}`, () => {
      expect(evaluate(source, { v: host }).ok).toBe(false)
    })
  }

  it('does not run getters, nor see prototypes, functions or symbols of values', () => {
    const get = vi.fn(() => 'secret')
    const inherited = Object.create({ secret: 1 })
    expect(evaluate('v.x', { v: Object.defineProperty({}, 'x', { get, enumerable: true }) }).ok).toBe(false)
    expect(get).not.toHaveBeenCalled()
    expect(evaluate('v.secret', { v: inherited }).ok).toBe(false)
    expect(value('v', { v: () => 1 })).toBe(null)
    expect(value('v.a', { v: { a: Symbol('x') } })).toBe(null)
  })

  it('leaves __proto__ members of values and results out', () => {
    const v: unknown = JSON.parse('{"__proto__": {"admin": true}, "a": 1}')
    expect(value('v', { v })).toEqual({ a: 1 })
    const out = value('{"__proto__": {"admin": true}, "a": 1}')
    expect(Object.keys(Object(out))).toEqual(['a'])
    expect(Object(out).admin).toBe(undefined)
  })
})

describe('bombs', () => {
  const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

  it('refuses deep nests of loops when compiled', () => {
    const nest = (depth: number): string => (depth === 0 ? '1' : `v.map(x${depth}, ${nest(depth - 1)})`)
    expect(compile(nest(2)).ok).toBe(true)
    expect(compile(nest(6))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('nest fewer loops') },
    })
  })

  it('weighs loops by the size of the values: the same expression passes for a few and is refused for many', () => {
    const source = 'v.map(x, v.map(y, v.map(z, x + y + z)))'
    expect(evaluate(source, { v: numbers(5) }).ok).toBe(true)
    expect(evaluate(source, { v: numbers(200) })).toEqual({
      ok: false,
      error: 'the expression could take too long for values of this size',
    })
  })

  it('refuses texts that double and double', () => {
    let source = '"aaaaaaaaaa"'
    for (let n = 0; n < 12; n += 1)
      source = `cel.bind(v${n}, ${source}, v${n} + v${n} + v${n} + v${n} + v${n} + v${n})`
    expect(evaluate(source).ok).toBe(false)
    expect(evaluate('v.split("").map(x, v).join("")', { v: 'x'.repeat(5_000) }).ok).toBe(false)
  })

  it('refuses sources that are too long, too deep or too broad', () => {
    expect(compile('1'.repeat(MAX_SOURCE_LENGTH + 1)).ok).toBe(false)
    expect(compile(`${'('.repeat(900)}1${')'.repeat(900)}`).ok).toBe(false)
    expect(compile(`${'!'.repeat(1_900)}true`).ok).toBe(false)
    expect(compile(`${'['.repeat(900)}${']'.repeat(900)}`).ok).toBe(false)
    expect(compile(`1${'+1'.repeat(900)}`).ok).toBe(false)
    expect(compile(`[${'1,'.repeat(500)}1]`).ok).toBe(false)
  })

  it('refuses values that are too large, too deep or that contain themselves', () => {
    expect(evaluate('v', { v: 'x'.repeat(1_000_001) }).ok).toBe(false)
    expect(evaluate('1', { v: JSON.parse('['.repeat(100) + ']'.repeat(100)) }).ok).toBe(false)
    const ring: Record<string, unknown> = {}
    ring['self'] = ring
    expect(evaluate('1', { v: ring }).ok).toBe(false)
  })

  it('loops over labels and matches titles beside a long description, because people write that', () => {
    const item = { title: '[P1] down', description: 'word '.repeat(10_000), labels: numbers(100).map(String) }
    expect(value('item.labels.map(l, l + "!")', { item })).toHaveLength(100)
    expect(value('item.title.matches("^\\\\[P1\\\\]")', { item })).toBe(true)
    expect(value('item.description.matches("(word )+$")', { item })).toBe(true)
  })

  it('matches in linear time: the automaton is asked once, for a pattern that makes backtracking explode', () => {
    const asked = vi.spyOn(RE2JS.prototype, 'test')
    expect(value('v.matches("^(a+)+$")', { v: `${'a'.repeat(50_000)}!` })).toBe(false)
    expect(asked).toHaveBeenCalledTimes(1)
    const pattern = '^(a{50})+b?$'
    const passes = 3_000_000 / RE2JS.compile(pattern).programSize()
    // The work allowed is counted in characters × instructions: the longest text that fits, and twice of it.
    const compiled = compile(`v.all(x, x.matches("${pattern}"))`)
    const texts = (count: number): string[] =>
      Array.from({ length: count }, () => 'a'.repeat(Math.floor(passes / 500) * 50))
    expect(compiled.ok && compiled.value.evaluate({ v: texts(10) })).toEqual({ ok: true, value: true })
    expect(compiled.ok && compiled.value.evaluate({ v: texts(20) })).toEqual({
      ok: false,
      error: 'the texts are too long for the patterns of the expression',
    })
    asked.mockRestore()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBoundedJson } from './bounded-json.ts'

const parse = (text: string) => parseBoundedJson(Buffer.from(text))

describe('parseBoundedJson', () => {
  it('gives what JSON.parse gives for any JSON within bounds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value)
        if (/__proto__|\\u0000/.test(text)) return
        expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  it('puts a sign for U+0000, which no database column takes, and leaves a written-out escape alone', () => {
    expect(parse('{"title":"a\\u0000b","text":"\\\\u0000"}')).toEqual({
      ok: true,
      value: { title: 'a\ufffdb', text: '\\u0000' },
    })
  })

  it('refuses 100,000 open brackets before parsing, because the parser would overflow the stack', () => {
    expect(parse('['.repeat(100_000))).toEqual({ ok: false, error: 'JSON nested deeper than 200 levels' })
    expect(parse('{"a":'.repeat(10_000))).toEqual({ ok: false, error: 'JSON nested deeper than 200 levels' })
  })

  it('accepts 200 levels and refuses 201', () => {
    expect(parse('['.repeat(200) + ']'.repeat(200)).ok).toBe(true)
    expect(parse('['.repeat(201) + ']'.repeat(201)).ok).toBe(false)
  })

  it('does not count brackets inside strings, nor end a string at an escaped quote', () => {
    const text = JSON.stringify({ a: `\\"${'['.repeat(500)}\\` })
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it('refuses a flood of values, because each costs far more memory than its two bytes', () => {
    expect(parseBoundedJson(Buffer.from('[1,2,3,4]'), { depth: 5, values: 3 })).toEqual({
      ok: false,
      error: 'JSON with more than 3 values',
    })
  })

  it('leaves out __proto__ members however they are spelled', () => {
    for (const text of [
      '{"__proto__":{"admin":true},"a":1}',
      '{"\\u005f_proto__":{"admin":true},"a":1}',
      '{"__\\u0070roto__":1,"a":1}',
    ]) {
      const parsed = parse(text)
      expect(parsed).toEqual({ ok: true, value: { a: 1 } })
      expect(parsed.ok && Object.hasOwn(Object(parsed.value), '__proto__')).toBe(false)
    }
    expect(parse('[{"x":{"__proto__":1}}]')).toEqual({ ok: true, value: [{ x: {} }] })
  })

  it('says what is wrong without quoting the text', () => {
    expect(parse('')).toEqual({ ok: false, error: 'empty where JSON was expected' })
    expect(parse('{"token":"abc"')).toEqual({ ok: false, error: 'not valid JSON' })
  })
})

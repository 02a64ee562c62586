import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { commentOf, snapshotOf, timeOf, writeFields } from './convert.ts'
import { compileDeclaration, type Declaration } from './declaration.ts'
import { fakeDeclaration } from './fake-declaration.ts'
import type { JsonObject } from './field-path.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const compiled = (source: unknown): Declaration => {
  const made = compileDeclaration(source)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value
}
const acme = compiled(fixture('declaration.yaml').toString('utf8'))
const good = fakeDeclaration('https://issues.example.com/api', 'FAKE')

const item = (): unknown => {
  const parsed = parseBoundedJson(fixture('issue.json'))
  return parsed.ok ? (parsed.value as { data: unknown }).data : null
}

describe('snapshotOf', () => {
  it('makes of the recorded issue what the golden file shows', () => {
    expect(snapshotOf(acme, item(), '17', null)).toEqual(
      JSON.parse(fixture('issue.json.golden').toString('utf8')),
    )
  })

  it('claims nothing about a field that is not there or has another shape, so that nothing is cleared by mistake', () => {
    const shown = snapshotOf(
      acme,
      { id: 1, subject: { odd: true }, tags: [{ x: 1 }], assignee: null },
      null,
      null,
    )
    expect(shown.fields).toEqual({ owner: null })
    expect(shown.createdByUs).toBe(false)
  })

  it('takes absence for emptiness when the declaration says so', () => {
    const lax = compiled({ ...good, item: { ...good.item, absentIsEmpty: true } })
    expect(snapshotOf(lax, { id: '1', title: 'a' }, null, null).fields).toMatchObject({
      title: 'a',
      labels: [],
      description: null,
      due: null,
    })
  })

  it('refuses an item without an id, and shows no address that is not a web address', () => {
    expect(() => snapshotOf(acme, { number: 'x' }, null, null)).toThrow(/holds no id of an item/)
    expect(snapshotOf(acme, { id: 1, html_url: 'javascript:alert(1)' }, null, null).url).toBe('')
  })
})

describe('comments', () => {
  it('of a visibility that was not declared are unknown, which is held and never shown', () => {
    const declaration = compiled(good)
    const comment = { id: 'c', body: 'x', created_at: '2026-01-01T00:00:00Z', author: null }
    for (const [internal, visibility] of [
      [true, 'internal'],
      [false, 'public'],
      ['false', 'unknown'],
      [null, 'unknown'],
      [undefined, 'unknown'],
    ] as const) {
      expect(commentOf(declaration, { ...comment, internal }, null).visibility, String(internal)).toBe(
        visibility,
      )
    }
  })
})

describe('timeOf', () => {
  it('reads ISO texts, seconds and milliseconds, and nothing else', () => {
    expect(timeOf('2026-01-02T03:04:05+01:00')).toBe('2026-01-02T02:04:05.000Z')
    expect(timeOf(1_767_323_045)).toBe('2026-01-02T03:04:05.000Z')
    expect(timeOf(1_767_323_045_000)).toBe('2026-01-02T03:04:05.000Z')
    for (const odd of ['soon', null, undefined, {}, Number.NaN, 1e300]) expect(timeOf(odd)).toBe(null)
  })
})

describe('writeFields', () => {
  const written = (fields: Parameters<typeof writeFields>[2]): JsonObject => {
    const body: JsonObject = {}
    writeFields(acme, body, fields)
    return body
  }

  it('puts values where the declaration says, in the form it says', () => {
    expect(written({ title: 'a', owner: '17', labels: ['x'], 'cf:Severity': 'low' })).toEqual({
      subject: 'a',
      assignee_id: 17,
      tags: ['x'],
      custom: { severity: 'low' },
    })
    expect(written({ owner: null })).toEqual({ assignee_id: null })
  })

  it('refuses a value that cannot take the form, naming the field', () => {
    expect(() => written({ owner: 'Ada' })).toThrow(
      expect.objectContaining({ kind: 'invalid', field: 'owner' }),
    )
  })
})

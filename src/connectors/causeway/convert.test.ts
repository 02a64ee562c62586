import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { descriptionOf, snapshotOf } from './convert.ts'
import { answers } from './schema.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))

const item = (more: object = {}): unknown => Object.assign(Object(fixture('item')), more)

describe('an item of theirs', () => {
  it('becomes a snapshot, with fields of our own name for it as they are and all others by theirs', () => {
    const wire = item()
    expect(answers.item.Check(wire) && snapshotOf(wire)).toEqual(fixture('item.golden'))
  })

  it('whose status is not shared has none, so that nothing is taken for a change', () => {
    const wire = item({ status: null, statusCategory: null })
    expect(answers.item.Check(wire) && 'status' in snapshotOf(wire).fields).toBe(false)
  })

  it.each([
    ['an address that is none', { url: 'javascript:alert(1)' }],
    ['an id that is none', { id: '../about' }],
    ['a field within a field', { fields: { title: { text: 'x' } } }],
    ['words that are neither public nor internal', { attachments: [{ visibility: 'secret' }] }],
  ])('with %s is not taken in', (_, more) => {
    expect(answers.item.Check(item(more))).toBe(false)
  })
})

it('what they share becomes what a mapping can choose from, and our own key beside it', () => {
  const about = fixture('about')
  expect(answers.about.Check(about) && descriptionOf(about)).toEqual(fixture('about.golden'))
})

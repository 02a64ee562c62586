import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, lookBack, readCursor, START, writeCursor } from './cursor.ts'
import { htmlToText, journalText, textToHtml, toJournal } from './journal.ts'
import { all, either, equals, isOneOf } from './query.ts'
import { blamed } from './refusal.ts'

describe('words of a journal', () => {
  it('come back as they were sent, brackets of code included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('[code]', '[/code]', '[CODE]', '<b>', '\n'), fc.string())),
        (parts) => {
          const text = parts.join('').replace(/\r\n?/g, '\n').replaceAll('\u200b', '')
          expect(toJournal(text)).not.toMatch(/\[\/?code\]/i)
          expect(journalText(toJournal(text))).toBe(text)
        },
      ),
    )
  })

  it('of an island of HTML are read without its markup, and what stands outside stays', () => {
    expect(journalText('a < b\r\n[code]<ul><li>one</li></ul>[/code]')).toContain('one')
    expect(journalText('a < b [code]<i>x</i>[/code]')).toBe('a < b x')
  })

  it('written as HTML read as the same words', () => {
    expect(htmlToText(textToHtml('One & two\n\nthree <b>'))).toBe('One & two\n\nthree <b>')
  })
})

describe('an encoded query', () => {
  it('holds values that are values, and nothing else', () => {
    expect(equals('number', 'INC1')).toBe('number=INC1')
    for (const value of ['a^ORDERBYx', 'javascript:x', 'JavaScript :x', 'a\nb', 'x'.repeat(501)])
      expect(() => equals('number', value)).toThrow('cannot stand in a query')
    expect(isOneOf('user_name', ['ann', 'b,c', 'd^e', 'eve'])).toBe('user_nameINann,eve')
  })

  it('joins conditions, and halves that are sorted together', () => {
    expect(all('', 'a=1', 'ORDERBYb')).toBe('a=1^ORDERBYb')
    expect(either('a>1', 'a=1^b>2', 'ORDERBYa')).toBe('a>1^NQa=1^b>2^ORDERBYa')
  })
})

describe('the mark of a list', () => {
  const page = { last: null, limit: 100, total: 250, rows: 0 }

  it('steps over a page that is empty and not the last, and stands still at the end', () => {
    const first = advance(START, page)
    expect(first).toEqual({ mark: { ...START, skip: 100 }, more: true })
    expect(advance(first.mark, { ...page, total: 150 })).toEqual({ mark: START, more: false })
  })

  it('goes behind the last row that was seen', () => {
    const last = { at: '2026-01-05 09:00:00', id: 'a'.repeat(32) }
    expect(advance({ ...START, skip: 100 }, { ...page, last, rows: 3 }).mark).toEqual({ ...last, skip: 0 })
    expect(lookBack({ ...last, skip: 0 })).toEqual({ at: '2026-01-05 08:59:30', id: '', skip: 0 })
  })

  it('that is none of ours is refused: starting anew would lose what came between', () => {
    const cursor = { scope: 'changes', table: 0, marks: { incident: START } } as const
    expect(readCursor(writeCursor(cursor), 'changes')).toEqual(cursor)
    const wrong = { ...cursor, marks: { incident: { ...START, at: '1^ORDERBYx' } } }
    for (const text of [writeCursor(wrong), writeCursor({ ...cursor, scope: 'all' }), '{}', ''])
      expect(() => readCursor(text, 'changes')).toThrow('cannot be read')
  })
})

describe('the field of a refusal', () => {
  const state = {
    field: 'status',
    column: { name: 'state', kind: 'choice', table: null },
    value: '6',
  } as const
  const title = {
    field: 'title',
    column: { name: 'short_description', kind: 'text', table: null },
    value: 'x',
  } as const

  it.each([
    ['The following fields are mandatory: Resolution code, Resolution notes', 'cf:close_code'],
    ['Die folgenden Felder sind Pflichtfelder: Lösungshinweise', 'cf:close_notes'],
    ['Data Policy Exception: Caller is mandatory', 'requester'],
  ])('is the one that is missing: %s', (detail, field) => {
    expect(blamed({ message: 'Operation Failed', detail }, [state, title])).toBe(field)
  })

  it('is the only one written, where the sentence names none', () => {
    expect(blamed({ message: 'Operation Failed', detail: 'aborted by a rule' }, [state])).toBe('status')
    expect(blamed({ message: 'Operation Failed', detail: 'aborted by a rule' }, [state, title])).toBeNull()
  })
})

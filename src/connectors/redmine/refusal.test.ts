import { describe, expect, it } from 'vitest'
import { fieldOfSentence, refusal } from './refusal.ts'

describe('the field a refusal is about', () => {
  const names = ['Severity', 'Severity of all', 'FoundOn', 'found_by_id', 'Status']
  it.each([
    ['Severity is not included in the list', 'cf:Severity'],
    ['Severity of all cannot be blank', 'cf:Severity of all'],
    ['Foundon is not a valid date', 'cf:FoundOn'],
    ['Found by is invalid', 'cf:found_by_id'],
    ['Target version is not included in the list', 'release'],
    ['Subject cannot be blank', 'title'],
    ['Subjective is invalid', null],
    ['1 file(s) could not be saved.', null],
    ['', null],
  ])('"%s" is about %s', (sentence, field) => {
    expect(fieldOfSentence(sentence, names)).toBe(field)
  })

  it('is one that was written, when several are refused', () => {
    const body = { errors: ['Priority cannot be blank', 'Category is not included in the list'] }
    expect(refusal(body, ['component', 'title'], []).field).toBe('component')
  })

  it('is the only one written when the sentence is in another language', () => {
    expect(refusal({ errors: ['Zielversion ist kein gültiger Wert'] }, ['release'], []).field).toBe('release')
    expect(
      refusal({ errors: ['Zielversion ist kein gültiger Wert'] }, ['release', 'title'], []).field,
    ).toBeNull()
  })

  it('is a conflict when it says nothing: somebody else saved the item in the same moment', () => {
    expect(refusal({ errors: [] }, ['title', 'component'], [])).toMatchObject({
      kind: 'conflict',
      field: null,
    })
  })

  it.each([[null], [''], [{ errors: 'no' }], [[]]])('an answer %j is a refusal without a field', (body) => {
    expect(refusal(body, [], [])).toMatchObject({
      kind: 'invalid',
      field: null,
      detail: 'Redmine refuses: it does not say why',
    })
  })
})

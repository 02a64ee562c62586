import { describe, expect, it } from 'vitest'
import { checkAnswers, checkForm, type FormField, versionAnswered } from './request-form.ts'

const field = (more: Partial<FormField>): FormField => ({
  ...{ key: 'region', label: 'Which region?', help: null, kind: 'text', required: false, choices: [] },
  ...more,
})

describe('a form', () => {
  it('needs keys that are told apart, because answers are known by them', () => {
    expect(checkForm([field({}), field({})])).toMatchObject({ ok: false, error: { field: '/form/1/key' } })
    expect(checkForm([field({ key: 'Region 1' })])).toMatchObject({ ok: false })
  })

  it('offers a choice of at least two different answers, and drops choices where none is made', () => {
    const choice = field({ kind: 'choice', choices: ['North'] })
    expect(checkForm([choice])).toMatchObject({ ok: false, error: { field: '/form/0/choices' } })
    expect(checkForm([{ ...choice, choices: ['North', ' North '] }])).toMatchObject({ ok: false })
    expect(checkForm([field({ choices: ['North', 'South'] })])).toMatchObject({
      ok: true,
      value: [{ choices: [] }],
    })
  })
})

describe('answers', () => {
  const form = [
    field({ required: true }),
    field({ key: 'plan', label: 'Plan', kind: 'choice', choices: ['Small', 'Large'] }),
    field({ key: 'seats', label: 'Seats', kind: 'number' }),
    field({ key: 'build', label: 'Build', kind: 'version' }),
  ]

  it('keep the words they were asked in, because the form may change later', () => {
    const answered = checkAnswers(form, { seats: '12', region: ' North ', plan: '' })
    expect(answered).toEqual({
      ok: true,
      value: [
        { key: 'region', label: 'Which region?', value: 'North' },
        { key: 'seats', label: 'Seats', value: '12' },
      ],
    })
  })

  it('are refused where one is missing, unasked, or not of its kind', () => {
    const problem = (given: Record<string, string>) => {
      const checked = checkAnswers(form, given)
      return checked.ok ? null : checked.error.field
    }
    expect(problem({})).toBe('/answers/region')
    expect(problem({ region: 'N', colour: 'red' })).toBe('/answers/colour')
    expect(problem({ region: 'N', plan: 'Huge' })).toBe('/answers/plan')
    expect(problem({ region: 'N', seats: 'many' })).toBe('/answers/seats')
    expect(problem({ region: 'N', build: '1\n2' })).toBe('/answers/build')
    expect(problem({ region: 'N', toString: 'x' })).toBe('/answers/toString')
  })

  it('to the version are the version of the request', () => {
    const answered = checkAnswers(form, { region: 'N', build: '4.2' })
    expect(versionAnswered(form, answered.ok ? answered.value : [])).toBe('4.2')
    expect(versionAnswered([], [])).toBeNull()
  })
})

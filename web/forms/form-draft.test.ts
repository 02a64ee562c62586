import { expect, it } from 'vitest'
import { draftOf, formOf, moved, newField } from './form-draft.ts'

it('makes keys out of labels and keeps those there are, because answers are known by them', () => {
  const old = draftOf([
    { key: 'region', label: 'Region', help: null, kind: 'text', required: true, choices: [] },
  ])
  const renamed = old.map((field) => ({ ...field, label: 'Where?' }))
  const added = { ...newField(renamed), label: 'Region' }
  const odd = { ...newField([...renamed, added]), label: '地域' }
  expect(formOf([...renamed, added, odd]).map(({ key }) => key)).toEqual(['region', 'region-2', 'question'])
})

it('reads choices line by line, and only where there is one to make', () => {
  const field = { ...newField([]), label: 'Plan', kind: 'choice', choices: ' Small \n\nLarge' } as const
  expect(formOf([field])[0]?.choices).toEqual(['Small', 'Large'])
  expect(formOf([{ ...field, kind: 'text' }])[0]?.choices).toEqual([])
})

it('moves a question by one, and not beyond the ends', () => {
  const a = { ...newField([]), label: 'A' }
  const b = { ...newField([a]), label: 'B' }
  expect(moved([a, b], 0, 1)).toEqual([b, a])
  expect(moved([a, b], 0, -1)).toEqual([a, b])
})

import { expect, it } from 'vitest'
import { refusal } from './refusal.ts'

it.each([
  ['a record that is not valid', { message: { title: ["can't be blank"] } }, ['title', 'due'], 'title'],
  ['a parameter that is not', { error: 'due_date is invalid' }, ['title', 'due'], 'due'],
  [
    'several at once, by one that was written',
    { error: 'iid is empty, issue_type does not have a valid value' },
    ['type'],
    'type',
  ],
  ['a sentence, where one field was written', { message: '400 Bad request' }, ['release'], 'release'],
  ['a sentence, where several were', { message: '400 Bad request' }, ['release', 'due'], null],
  ['nothing at all', null, ['title', 'due'], null],
  ['a name that is in every object', { message: { constructor: ['x'] } }, ['title', 'due'], null],
] as const)('names the field of a refusal that tells of %s', (_, body, written, field) => {
  const fault = refusal(body, written)
  expect([fault.kind, fault.field]).toEqual(['invalid', field])
})

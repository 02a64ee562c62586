import { expect, it } from 'vitest'
import { factsOf, isPassing, isUnauthenticated, Problem, readProblem } from './problem.ts'

it('takes over what the server says, with the record that stands in the way', () => {
  const facts = readProblem(
    409,
    {
      type: '/problems/already-done',
      title: 'This was done already',
      status: 409,
      code: 'already-done',
      detail: 'T-1 is with engineering already, as W-7.',
      field: '/title',
      existing: { kind: 'work item', id: 'x', key: 'W-7' },
    },
    null,
  )
  expect(facts).toEqual({
    status: 409,
    code: 'already-done',
    title: 'This was done already',
    detail: 'T-1 is with engineering already, as W-7.',
    field: '/title',
    retryAfterS: null,
    existing: { kind: 'work item', key: 'W-7' },
    reason: null,
  })
})

it('shows nothing of a page that a proxy wrote', () => {
  for (const body of ['<html>502 Bad Gateway</html>', null, 7, { message: 'no' }])
    expect(readProblem(502, body, null)).toMatchObject({ code: 'unreadable', title: '', detail: '' })
})

it('reads how long to wait, and ignores a date there', () => {
  expect(readProblem(429, {}, '30').retryAfterS).toBe(30)
  expect(readProblem(429, {}, 'Wed, 21 Oct 2015 07:28:00 GMT').retryAfterS).toBeNull()
})

it('tells what passes from what does not', () => {
  const of = (status: number, code: string) => new Problem({ ...readProblem(status, {}, null), code })
  expect([isPassing(of(0, 'offline')), isPassing(of(503, 'too-busy')), isPassing(of(409, 'in-use'))]).toEqual(
    [true, true, false],
  )
  expect(isUnauthenticated(of(401, 'unauthenticated'))).toBe(true)
  // a wrong password is not a session that ended
  expect(isUnauthenticated(of(401, 'sign-in-refused'))).toBe(false)
})

it('calls a fault of the page what it is', () => {
  expect(factsOf(new TypeError('x is not a function'))).toMatchObject({ code: 'fault', status: 0 })
})

import { describe, expect, it } from 'vitest'
import { refusalIn } from './refusal.ts'

const now = new Date('2026-01-05T09:00:00.000Z')
const asked = { name: 'update', effect: 'write', headers: {}, now } as const
const error = (message: string, extensions: Readonly<Record<string, unknown>> = {}) => ({
  errors: [{ message, extensions }],
  data: null,
})
const input = { type: 'invalid input', code: 'INPUT_ERROR' }

describe('an answer with errors', () => {
  it('is none where it holds none', () => {
    expect(refusalIn({ data: {} }, asked)).toBeNull()
    expect(refusalIn({ errors: [] }, asked)).toBeNull()
    expect(refusalIn('text', asked)).toBeNull()
  })

  it.each([
    ['a rate limit', error('Rate limit exceeded', { code: 'RATELIMITED' }), { kind: 'rate' }],
    ['missing credentials', error('no', { code: 'AUTHENTICATION_ERROR' }), { kind: 'auth' }],
    ['an issue that is gone', error('Entity not found: Issue', input), { kind: 'gone' }],
    [
      'a person who is not there',
      error('Entity not found: User - Could not find referenced User.', input),
      { kind: 'invalid', field: 'owner' },
    ],
    [
      'a value of a field',
      error('Argument Validation Error', { ...input, validationErrors: [{ property: 'estimate' }] }),
      { kind: 'invalid', field: 'cf:Estimate' },
    ],
    [
      'its own mistake, after which a write may be done',
      error('oops', { type: 'internal error' }),
      { kind: 'unknown' },
    ],
    ['a right that is missing', error('Forbidden', { type: 'forbidden' }), { kind: 'invalid', field: null }],
  ])('says %s', (_, body, expected) => {
    expect(refusalIn(body, asked)).toMatchObject(expected)
  })

  it('of a read that Linear failed at says that nothing was changed', () => {
    const body = error('oops', { type: 'internal error' })
    expect(refusalIn(body, { ...asked, effect: 'read' })).toMatchObject({ kind: 'down' })
  })

  it('waits until the budget that is spent is full again, in milliseconds', () => {
    const reset = now.getTime() + 90_000
    const headers = {
      'x-ratelimit-requests-remaining': '12',
      'x-ratelimit-requests-reset': String(now.getTime() + 1_000),
      'x-ratelimit-complexity-remaining': '0',
      'x-ratelimit-complexity-reset': String(reset),
    }
    const limited = error('Rate limit exceeded', { type: 'ratelimited' })
    expect(refusalIn(limited, { ...asked, headers })?.retryAt).toEqual(new Date(reset))
    expect(refusalIn(limited, asked)?.retryAt).toEqual(new Date(now.getTime() + 60_000))
  })

  it('is told in the words that Linear has for people', () => {
    const body = error('Argument Validation Error', {
      ...input,
      userPresentableMessage: 'The label is a group.',
    })
    expect(refusalIn(body, asked)?.detail).toBe('Linear refuses update: The label is a group.')
  })
})

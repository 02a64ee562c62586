import { expect, it } from 'vitest'
import { dateFormat } from './formatters.ts'

it('makes each way to write once, because a list asks for it in every row', () => {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const
  expect(dateFormat('en-GB', options)).toBe(dateFormat('en-GB', { ...options }))
  expect(dateFormat('de-DE', options)).not.toBe(dateFormat('en-GB', options))
  expect(dateFormat('en-GB', { ...options, timeZone: 'Asia/Tokyo' })).not.toBe(dateFormat('en-GB', options))
})

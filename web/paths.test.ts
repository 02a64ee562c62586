import { expect, it } from 'vitest'
import { paths, placeFor, safeNext, viewAddress, viewQuery } from './paths.ts'

it('keeps the filters of a view in one order, and leads back to the same list', () => {
  const query = viewQuery({ state: 'open', q: 'a&b c', text: undefined })
  expect(query).toBe(viewQuery({ q: 'a&b c', state: 'open' }))
  expect(viewAddress('tickets', query)).toBe('/tickets?q=a%26b+c&state=open')
  expect(viewQuery({})).toBe('')
})

it('leaves out filters that say nothing, so that one list has one address', () => {
  expect(paths.tickets()).toBe('/tickets')
  expect(paths.tickets({ state: '', text: undefined })).toBe('/tickets')
  expect(paths.tickets({ state: 'open', text: 'a&b' })).toBe('/tickets?state=open&text=a%26b')
})

it('writes a key as one segment, whatever is in it', () => {
  expect(paths.ticket('T-1')).toBe('/tickets/T-1')
  expect(paths.workItem('a/b?c')).toBe('/work-items/a%2Fb%3Fc')
})

it('goes nowhere but to places of ours after signing in', () => {
  expect(safeNext('/tickets?state=open')).toBe('/tickets?state=open')
  for (const elsewhere of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:x',
    undefined,
  ])
    expect(safeNext(elsewhere)).toBe('/')
})

it('does not ask to come back to the first screen, where one comes anyway', () => {
  expect(paths.signIn('/')).toBe('/sign-in')
  expect(paths.signIn('/tickets/T-1')).toBe('/sign-in?next=%2Ftickets%2FT-1')
})

it('leads who opens a link that was made for the other kind of reader to the same record', () => {
  expect(placeFor('customer', '/tickets/T-1')).toBe('/requests/T-1')
  expect(placeFor('customer', '/tickets/new')).toBe('/requests/new')
  expect(placeFor('customer', '/work-items/W-1')).toBe('/requests')
  expect(placeFor('customer', '/people')).toBe('/requests')
  expect(placeFor('colleague', '/requests/T-1')).toBe('/tickets/T-1')
  expect(placeFor('colleague', '/requests')).toBe('/tickets')
  for (const path of ['/', '/profile', '/requests/T-1']) expect(placeFor('customer', path)).toBeNull()
  for (const path of ['/', '/profile', '/tickets/T-1', '/nothing'])
    expect(placeFor('colleague', path)).toBeNull()
})

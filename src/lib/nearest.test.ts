import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

it('finds the word that was meant behind a slip of the finger', () => {
  const known = ['adopt', 'types', 'containers', 'hub wins', 'tool wins']
  expect(nearest('adoptt', known)).toBe('adopt')
  expect(nearest('tpyes', known)).toBe('types')
  expect(nearest('Container', known)).toBe('containers')
  expect(nearest('hubwins', known)).toBe('hub wins')
})

it('says nothing rather than guess far', () => {
  expect(nearest('priority', ['adopt', 'types'])).toBeNull()
  expect(nearest('x', [])).toBeNull()
  expect(nearest('a'.repeat(10_000), ['adopt'])).toBeNull()
})

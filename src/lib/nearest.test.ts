import { expect, it } from 'vitest'
import { distance, nearest } from './nearest.ts'

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

it('counts every kind of slip as one edit, and says only that there are too many where there are', () => {
  expect(distance('export', 'export', 2)).toBe(0)
  expect(distance('export', 'exprot', 2)).toBe(1)
  expect(distance('export', 'xport', 2)).toBe(1)
  expect(distance('export', 'exxport', 2)).toBe(1)
  expect(distance('export', 'xeprots', 3)).toBe(3)
  expect(distance('export', 'import', 1)).toBe(2)
  expect(distance('export', 'harbour', 2)).toBe(3)
  expect(distance('', 'ab', 2)).toBe(2)
})

it('compares long texts in the time of their length, because anybody may send them', () => {
  const long = 'x'.repeat(20_000)
  const before = performance.now()
  expect(distance(`${long}abc`, `${long}def`, 2)).toBe(3)
  expect(performance.now() - before).toBeLessThan(500)
})

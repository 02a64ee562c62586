import { expect, it } from 'vitest'
import { headsText, readHeads } from './repository-heads.ts'

it('planned releases are read as they are written, and empty lines mean nothing', () => {
  const heads = [
    { ref: 'main', release: '4.4' },
    { ref: 'release/4.3', release: '4.3 patch 2' },
  ]
  expect(readHeads(headsText(heads))).toEqual(heads)
  expect(readHeads('\n  main   4.4 \n\n')).toEqual([heads[0]])
  expect(readHeads('')).toEqual([])
})

it('a branch without its release is nothing to save', () => {
  expect(readHeads('main 4.4\nrelease/4.3')).toBeNull()
})

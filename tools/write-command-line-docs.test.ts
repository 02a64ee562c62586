import { expect, it } from 'vitest'
import { isCommandLineUpToDate } from './write-command-line-docs.ts'

it('finds docs/operating/command-line.md up to date; else run `node tools/write-command-line-docs.ts`', () => {
  expect(isCommandLineUpToDate()).toBe(true)
})

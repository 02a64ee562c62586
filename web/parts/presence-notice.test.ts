import { expect, it } from 'vitest'
import type { Present } from '../api/desk.ts'
import { en } from '../texts/en.ts'
import { presenceWords } from './presence-notice.tsx'

const person = (name: string, isTyping = false): Present => ({
  id: name,
  name,
  isTyping,
  at: '2026-01-01T00:00:00Z',
})

it('says first who writes, because that is where two answers would meet', () => {
  expect(presenceWords([person('Ada'), person('Ben', true), person('Eve')], en)).toEqual([
    'Ben is writing a reply.',
    'Ada and Eve look at this ticket too.',
  ])
  expect(presenceWords([person('Ada')], en)).toEqual(['Ada looks at this ticket too.'])
  expect(presenceWords([], en)).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { audienceOfAttachment } from './attachment-audience.ts'
import type { WireJournal } from './schema.ts'

const FILE = { property: 'attachment', name: '7', old_value: null, new_value: 'core.txt' }
const journal = (id: number, more: Partial<WireJournal>): WireJournal => ({
  id,
  user: { id: 6, name: 'Dora' },
  notes: '',
  private_notes: false,
  created_on: '2026-03-02T08:00:00Z',
  details: [],
  ...more,
})
const withFile = journal(1, { details: [FILE] })
const secret = journal(2, { notes: 'for engineers', private_notes: true })

describe('who is meant to see a file of Redmine', () => {
  it('is everybody for a file with a public note, and for one that came with the issue', () => {
    expect(audienceOfAttachment(7, [journal(1, { notes: 'see this', details: [FILE] })], true)).toEqual({
      visibility: 'public',
      commentId: '1',
    })
    expect(audienceOfAttachment(7, [], true)).toEqual({ visibility: 'public', commentId: null })
    expect(audienceOfAttachment(7, [withFile], true)).toEqual({ visibility: 'public', commentId: null })
  })

  it('is the readers of the private note it came with, because Redmine splits the two in a moment', () => {
    expect(audienceOfAttachment(7, [withFile, secret], true)).toEqual({
      visibility: 'internal',
      commentId: '2',
    })
  })

  it('is everybody when the private note is another one: later, of somebody else, or with changes of its own', () => {
    const others = [
      { ...secret, created_on: '2026-03-02T08:01:00Z' },
      { ...secret, user: { id: 9, name: 'Erik' } },
      { ...secret, details: [{ property: 'attr', name: 'status_id', old_value: '1', new_value: '2' }] },
      { ...secret, private_notes: false },
    ]
    for (const other of others)
      expect(audienceOfAttachment(7, [withFile, other], true).visibility).toBe('public')
  })

  it('is not known, and so held, where the notes are not shown or not to this account', () => {
    expect(audienceOfAttachment(7, undefined, true).visibility).toBe('unknown')
    expect(audienceOfAttachment(7, [withFile], false).visibility).toBe('unknown')
    const { private_notes: _, ...silent } = withFile
    expect(audienceOfAttachment(7, [silent], true).visibility).toBe('unknown')
  })

  it('is internal when the journal that names it is private itself', () => {
    expect(audienceOfAttachment(7, [{ ...withFile, private_notes: true }], true).visibility).toBe('internal')
  })
})

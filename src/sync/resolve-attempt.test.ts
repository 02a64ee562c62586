import { describe, expect, it } from 'vitest'
import type { Operation } from './connector.ts'
import type { PlannedOperation } from './plan.ts'
import { resolveCreate, resolveOnItem } from './resolve-attempt.ts'
import { ABLE, EMPTY_SNAPSHOT } from './sample-merges.ts'
import type { Snapshot, SnapshotComment } from './snapshot.ts'

const start = new Date('2026-03-02T08:00:00Z')
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000)
const ref = { id: '1' }
const plannedOf = (operation: Operation, fields: PlannedOperation['fields'] = []) => ({ operation, fields })
const verdict = (
  operation: Operation,
  shown: Partial<Snapshot>,
  more: { misses?: number; at?: number; fields?: PlannedOperation['fields'] } = {},
) =>
  resolveOnItem(
    { planned: plannedOf(operation, more.fields), startedAt: start, misses: more.misses ?? 0 },
    { ...EMPTY_SNAPSHOT, ...shown },
    [],
    later(more.at ?? 0),
  ).verdict
const comment = (id: string, text: string, byUs = true): SnapshotComment => ({
  id,
  author: null,
  byUs,
  visibility: 'public',
  text,
  at: '',
  editedAt: null,
})

describe('a lost comment', () => {
  const add: Operation = {
    op: 'comment.add',
    ref,
    visibility: 'public',
    text: 'Since the update of Monday nobody can log in.',
  }
  it('that is there happened, also trimmed or re-cased', () => {
    expect(verdict(add, { comments: [comment('c', 'since the update of monday nobody can log in')] })).toBe(
      'done',
    )
  })
  it('is not what somebody else wrote, nor a word of it under our account', () => {
    expect(verdict(add, { comments: [comment('c', add.text, false), comment('d', 'Since')] })).toBe('wait')
  })
  it('is only made again after two looks, the second when nothing can be under way any more', () => {
    expect(verdict(add, {}, { at: 30 })).toBe('wait')
    expect(verdict(add, {}, { at: 5, misses: 1 })).toBe('wait')
    expect(verdict(add, {}, { at: 30, misses: 1 })).toBe('again')
  })
  it('is waited for while the list cannot be read, and asked about when it never comes', () => {
    expect(verdict(add, { comments: null }, { at: 900, misses: 2 })).toBe('wait')
    expect(verdict(add, { comments: null }, { at: 900, misses: 3 })).toBe('ask')
  })
})

describe('a lost change of fields', () => {
  const update: Operation = { op: 'update', ref, fields: { title: 'Login fails since noon' }, version: null }
  const fields: PlannedOperation['fields'] = [
    {
      pair: 'title~title',
      tool: 'title',
      hub: 'Login fails since noon',
      sent: 'Login fails since noon',
      before: 'Login fails',
    },
  ]
  it('happened when the tool shows it', () => {
    expect(verdict(update, { fields: { title: 'Login fails since noon' } }, { fields })).toBe('done')
  })
  it('did not happen while the old value stands, though the old is part of the new', () => {
    expect(verdict(update, { fields: { title: 'Login fails' } }, { fields })).toBe('again')
  })
})

describe('a lost create', () => {
  const attempt = { startedAt: start, misses: 0 }
  const made = (id: string, createdAt: string, createdByUs = true): Snapshot => ({
    ...EMPTY_SNAPSHOT,
    ref: { id },
    createdAt,
    createdByUs,
  })
  it('is the item that our account made first: a clone is younger, or somebody else’s', () => {
    const found = [
      made('clone', '2026-03-02T09:00:00Z'),
      made('ours', '2026-03-02T08:00:01Z'),
      made('theirs', '2026-03-02T07:00:00Z', false),
    ]
    expect(resolveCreate(attempt, found, ABLE, start)).toMatchObject({
      verdict: 'done',
      item: { ref: { id: 'ours' } },
    })
  })
  it('is waited for as long as the search may lag', () => {
    const lagging = { ...ABLE, findLagSeconds: 60 }
    expect(resolveCreate({ ...attempt, misses: 5 }, [], lagging, later(59)).verdict).toBe('wait')
    expect(resolveCreate(attempt, [], lagging, later(61)).verdict).toBe('wait')
    expect(resolveCreate({ ...attempt, misses: 1 }, [], lagging, later(61)).verdict).toBe('again')
  })
  it('is repeated where the tool knows keys, and asked about where it knows nothing', () => {
    expect(resolveCreate(attempt, [], { ...ABLE, idempotency: 'key' }, start).verdict).toBe('again')
    expect(resolveCreate(attempt, [], { ...ABLE, idempotency: 'none' }, later(9_999)).verdict).toBe('ask')
  })
})

import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../api/administration.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { auditActor, auditDetails, auditPlace, auditWords, dayBound } from './audit-words.ts'

const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  id: 'e',
  at: '2026-11-22T10:00:00Z',
  kind: 'person.changed',
  actor: { kind: 'person', id: 'p', name: 'Ada' },
  record: null,
  connection: null,
  address: null,
  data: {},
  ...more,
})

describe('an entry of the log', () => {
  it('names who signed in, since nobody was in yet who could do something', () => {
    const system = { kind: 'system', id: 'system', name: 'Causeway' }
    const record = { kind: 'account', id: 'a', key: 'ada@x.example', name: 'Ada' }
    expect(auditActor(entry({ kind: 'account.signed-in', actor: system, record }), en)).toBe('Ada')
    expect(auditActor(entry({ kind: 'account.refused', actor: system }), en)).toBe('Somebody')
    expect(auditActor(entry({ kind: 'mirror.synced', actor: system }), en)).toBe('Causeway itself')
  })

  it('reads in words in both languages, and shows a kind it does not know as it is', () => {
    expect(auditWords({ kind: 'settings.changed' }, en)).toBe('changed the settings')
    expect(auditWords({ kind: 'settings.changed' }, de)).toBe('änderte die Einstellungen')
    expect(auditWords({ kind: 'ticket.resolved' }, en)).toBe('resolved the ticket')
    expect(auditWords({ kind: 'toString' }, en)).toBe('toString')
  })

  it('tells what was changed from what to what, and no tree of a text', () => {
    const data = {
      changes: {
        component: { from: null, to: '01a203db-f70f-780c-a919-ddb70fc73ca2' },
        name: { from: 'A', to: 'B' },
        tier: { from: null, to: 'gold' },
        body: { from: {}, to: {} },
      },
      reason: 'lost phone',
    }
    expect(auditDetails(entry({ data }), en)).toEqual([
      // an id says nothing to people
      'Component',
      'Name: A → B',
      'tier: nothing → gold',
      'body',
      'reason: lost phone',
    ])
  })

  it('tells the name of what it is about once', () => {
    const record = { kind: 'partner', id: 'p', key: null, name: 'Acme' }
    expect(auditDetails(entry({ record, data: { name: 'Acme', reason: 'new' } }), en)).toEqual([
      'reason: new',
    ])
  })

  it('leads to what it is about, if that is still there', () => {
    expect(auditPlace({ record: { kind: 'ticket', id: 'x', key: 'T-1', name: null } })).toBe('/tickets/T-1')
    expect(auditPlace({ record: { kind: 'ticket', id: 'x', key: null, name: null } })).toBeNull()
    expect(auditPlace({ record: { kind: 'account', id: 'x', key: 'a@b.c', name: 'A' } })).toBe(
      '/people?text=a%40b.c',
    )
  })
})

it('takes a day from its first moment to that of the next one', () => {
  expect(dayBound('2026-11-22', 'start')).toBe(new Date(2026, 10, 22).toISOString())
  expect(dayBound('2026-11-30', 'end')).toBe(new Date(2026, 11, 1).toISOString())
  expect(dayBound('yesterday', 'start')).toBeUndefined()
})

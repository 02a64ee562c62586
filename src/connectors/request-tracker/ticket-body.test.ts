import { describe, expect, it } from 'vitest'
import type { ToolFields } from '../../sync/snapshot.ts'
import { toSnapshot } from './convert.ts'
import { readTicket } from './schema.ts'
import { notTaken, ticketBody } from './ticket-body.ts'

const MULTIPLE = new Set(['Areas'])
const refusedField = (fields: ToolFields): unknown => {
  try {
    return ticketBody(fields, MULTIPLE)
  } catch (thrown) {
    return thrown
  }
}

describe('ticketBody', () => {
  it('writes every field in RT’s words', () => {
    const fields = {
      title: 'Line\r\n break',
      status: 'open',
      container: 'Support',
      priority: '20',
      owner: null,
      requester: 'customer',
      due: '2026-12-24T11:00:00.000+01:00',
      'cf:Severity': 'High',
      'cf:Areas': ['import'],
    }
    expect(ticketBody(fields, MULTIPLE)).toEqual({
      Subject: 'Line break',
      Status: 'open',
      Queue: 'Support',
      Priority: '20',
      Owner: 'Nobody',
      Requestor: ['customer'],
      Due: '2026-12-24T10:00:00Z',
      CustomFields: { Severity: 'High', Areas: ['import'] },
    })
  })

  it('empties a field of one value with null and one of several with a list, as each wants it', () => {
    const emptied = ticketBody({ 'cf:Severity': null, 'cf:Areas': null, due: null }, MULTIPLE)
    expect(emptied).toEqual({ CustomFields: { Severity: null, Areas: [] }, Due: '1970-01-01T00:00:00Z' })
  })

  it.each<[string, ToolFields]>([
    ['title', { title: 'x'.repeat(201) }],
    ['title', { title: ' \n ' }],
    ['due', { due: 'soon' }],
    ['priority', { priority: 'high' }],
    ['container', { container: null }],
    ['labels', { labels: ['a'] }],
    ['cf:Severity', { 'cf:Severity': ['a', 'b'] }],
  ])('refuses what RT would cut, drop or has no place for, and names %s', (field, fields) => {
    expect(refusedField(fields)).toMatchObject({ kind: 'invalid', field })
  })
})

describe('notTaken', () => {
  const ticket = readTicket({
    id: 1,
    Status: 'open',
    Queue: 'Support',
    Subject: 'Title',
    Priority: '20',
    Due: '2026-12-24T10:00:00Z',
    Owner: { type: 'user', id: 'agent', EmailAddress: 'agent@helpdesk.example' },
    CustomFields: [{ id: '2', name: 'Severity', values: ['High'] }],
  })
  const shown = toSnapshot(ticket, null, null, {
    web: 'https://rt',
    account: null,
    format: 'plain',
    multiple: null,
  })

  it('finds the fields that do not show what was asked', () => {
    expect(
      notTaken({ title: 'Other', status: 'stalled', 'cf:Severity': null, 'cf:None': 'x' }, shown),
    ).toEqual(['title', 'status', 'cf:Severity', 'cf:None'])
  })

  it('takes RT’s own writing of a value for the value', () => {
    const asked = {
      title: ' TITLE ',
      priority: '020',
      due: '2026-12-24T10:00:00.400Z',
      owner: 'Agent@helpdesk.example',
      'cf:Empty': null,
    }
    expect(notTaken(asked, shown)).toEqual([])
  })
})

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWebhook } from './webhook.ts'

const SECRET = 'a secret'
const NOW = new Date('2026-11-22T10:00:00Z')
const settings = { webhookSecret: SECRET }

const sound = {
  event: 'ticket.transactions',
  ticket: 12,
  lastUpdated: '2026-11-22T09:59:59Z',
  transactions: [
    { id: 61, type: 'Status', created: '2026-11-22T09:59:59Z' },
    { id: 62, type: 'Comment', created: '2026-11-22T09:59:59Z' },
  ],
}

const sign = (bytes: Uint8Array, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`

const delivery = (body: unknown, headers: Record<string, string> = {}) => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const signed = {
    'x-rt-signature': sign(bytes),
    'x-rt-timestamp': String(NOW.getTime() / 1000),
    'x-rt-delivery': '12-61.62',
    ...headers,
  }
  return { bytes, headers: signed, now: NOW }
}

const outcome = (body: unknown, headers?: Record<string, string>): string =>
  readWebhook(delivery(body, headers), settings).outcome

describe('readWebhook', () => {
  it('hints at the ticket and names the delivery by its transactions', () => {
    expect(readWebhook(delivery(sound), settings)).toEqual({
      outcome: 'hints',
      refs: [{ id: '12' }],
      deliveryId: '12-61.62',
    })
  })

  it('does not believe a delivery id that is not signed, because a forged one could hide a later delivery', () => {
    const reading = readWebhook(delivery(sound, { 'x-rt-delivery': '99-1' }), settings)
    expect(reading).toMatchObject({ deliveryId: '12-61.62' })
  })

  it.each([
    ['no signature', { 'x-rt-signature': '' }],
    [
      'a signature with another secret',
      { 'x-rt-signature': sign(Buffer.from(JSON.stringify(sound)), 'other') },
    ],
    ['a signature of another length', { 'x-rt-signature': 'sha256=abcd' }],
    ['a signature of another kind', { 'x-rt-signature': sign(Buffer.from('x')).replace('sha256', 'sha1') }],
    ['an old time of sending', { 'x-rt-timestamp': String(NOW.getTime() / 1000 - 301) }],
    ['a time of sending in the future', { 'x-rt-timestamp': String(NOW.getTime() / 1000 + 301) }],
    ['a time of sending that is none', { 'x-rt-timestamp': 'yesterday' }],
    ['an endless time of sending', { 'x-rt-timestamp': '9'.repeat(400) }],
  ])('rejects %s', (_what, headers) => {
    expect(readWebhook(delivery(sound, headers), settings)).toMatchObject({
      outcome: 'rejected',
      status: 401,
    })
  })

  it('rejects a replayed body under a new time, because the signed transactions are old', () => {
    const old = { ...sound, transactions: [{ id: 61, created: '2026-11-22T09:50:00Z' }] }
    expect(readWebhook(delivery(old), settings)).toMatchObject({ outcome: 'rejected', status: 401 })
  })

  it('rejects everything while no secret is set, rather than believing anybody', () => {
    const bytes = Buffer.from(JSON.stringify(sound))
    const headers = { ...delivery(sound).headers, 'x-rt-signature': sign(bytes, '') }
    expect(readWebhook({ bytes, headers, now: NOW }, {})).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(readWebhook({ bytes, headers, now: NOW }, { webhookSecret: '' })).toMatchObject({
      outcome: 'rejected',
    })
  })

  it.each([
    ['no JSON', 'not json'],
    ['a list', []],
    ['null', null],
    ['a ticket without a number', { ...sound, ticket: 'twelve' }],
    ['a ticket that is a path', { ...sound, ticket: '../user/1' }],
    ['a ticket of a huge number', { ...sound, ticket: 1e30 }],
  ])('rejects a signed body that is %s', (_what, body) => {
    expect(readWebhook(delivery(body), settings)).toMatchObject({ outcome: 'rejected', status: 400 })
  })

  it('rejects 10 MB before hashing or parsing it', () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024, 0x5b)
    const headers = {
      'x-rt-signature': 'sha256='.padEnd(71, '0'),
      'x-rt-timestamp': String(NOW.getTime() / 1000),
    }
    expect(readWebhook({ bytes, headers, now: NOW }, settings)).toMatchObject({
      outcome: 'rejected',
      status: 400,
    })
  })

  it('ignores another event, with the reason', () => {
    expect(outcome({ ...sound, event: 'queue.changed' })).toBe('ignored')
  })

  it('survives a signed body nested as deep as it fits', () => {
    expect(['rejected', 'ignored']).toContain(outcome('['.repeat(500_000)))
  })

  it('never throws and never hints without a right signature, whatever arrives', () => {
    const header = fc.option(fc.string(), { nil: undefined })
    fc.assert(
      fc.property(fc.uint8Array(), header, header, header, (bytes, signature, sentAt, id) => {
        const headers = {
          ...(signature === undefined ? {} : { 'x-rt-signature': signature }),
          ...(sentAt === undefined ? {} : { 'x-rt-timestamp': sentAt }),
          ...(id === undefined ? {} : { 'x-rt-delivery': id }),
        }
        expect(readWebhook({ bytes, headers, now: NOW }, settings).outcome).toBe('rejected')
      }),
    )
  })

  it('never throws on any signed JSON, and hints at numbers only', () => {
    const member = fc.oneof(fc.jsonValue(), fc.constant('ticket.transactions'), fc.integer())
    const body = fc.record({ event: member, ticket: member, transactions: member }, { requiredKeys: [] })
    fc.assert(
      fc.property(body, (value) => {
        const reading = readWebhook(delivery(value), settings)
        if (reading.outcome === 'hints') expect(reading.refs[0]?.id).toMatch(/^[1-9]\d*$/)
      }),
    )
  })
})

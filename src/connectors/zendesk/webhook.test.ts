import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signed } from './fake/webhooks.ts'
import { readWebhook } from './webhook.ts'

const SECRET = 'a signing secret'
const NOW = new Date('2026-01-05T09:00:00Z')

const event = { type: 'zen:event-type:ticket.created', detail: { id: '5158' }, id: 'event-1' }

const delivery = (body: unknown, more: { sentMs?: number; invocation?: string } = {}) => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return { ...signed(bytes, SECRET, more.sentMs ?? NOW.getTime(), more.invocation ?? '8350'), now: NOW }
}

const reading = (body: unknown, more?: Parameters<typeof delivery>[1]) =>
  readWebhook(delivery(body, more), { webhookSecret: SECRET })

describe('readWebhook', () => {
  it('reads an event, and names the delivery by the id that is signed with it', () => {
    const hint = { outcome: 'hints', refs: [{ id: '5158' }], deliveryId: 'event-1' }
    expect(reading(event, { invocation: 'forged' })).toEqual(hint)
  })

  it('reads what a trigger posts, of which each counts though all look alike', () => {
    const post = { ticket_id: '5158' }
    const first = reading(post, { invocation: '1' })
    expect(first).toMatchObject({ outcome: 'hints', refs: [{ id: '5158' }], deliveryId: '1' })
    expect(reading(post, { invocation: '2' })).not.toEqual(first)
    expect(reading(post, { invocation: '' })).toMatchObject({ deliveryId: '5158-2026-01-05T09:00:00Z' })
  })

  it('takes nothing without a secret in the settings, even what is signed with none', () => {
    const unsigned = { ...signed(Buffer.from('{}'), '', NOW.getTime(), '1'), now: NOW }
    expect(readWebhook(unsigned, {})).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(readWebhook(unsigned, { webhookSecret: ' ' })).toMatchObject({ status: 401 })
  })

  it('takes a signature in one spelling only, because base64 has several for the same bytes', () => {
    const { headers, bytes } = delivery(event)
    const signature = headers['x-zendesk-webhook-signature'] ?? ''
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const at = letters.indexOf(signature.charAt(42))
    const twin = `${signature.slice(0, 42)}${letters.charAt(at ^ 1)}=`
    expect(Buffer.from(twin, 'base64')).toEqual(Buffer.from(signature, 'base64'))
    const forged = { ...headers, 'x-zendesk-webhook-signature': twin }
    expect(readWebhook({ bytes, headers: forged, now: NOW }, { webhookSecret: SECRET })).toMatchObject({
      outcome: 'rejected',
    })
  })

  it.each([
    ['five minutes and a second ago', -301_000],
    ['five minutes and a second ahead', 301_000],
  ])('refuses what was sent %s', (_when, by) => {
    expect(reading(event, { sentMs: NOW.getTime() + by })).toMatchObject({ outcome: 'rejected', status: 401 })
  })

  it('refuses another time than the signed one, so that an old post cannot be made young', () => {
    const old = delivery(event, { sentMs: NOW.getTime() - 3_600_000 })
    const headers = { ...old.headers, 'x-zendesk-webhook-signature-timestamp': '2026-01-05T09:00:00Z' }
    expect(readWebhook({ ...old, headers }, { webhookSecret: SECRET })).toMatchObject({ status: 401 })
  })

  it.each([
    ['of a user', { type: 'zen:event-type:user.created', detail: { id: '1' } }],
    ['without a ticket', { type: 'zen:event-type:ticket.created' }],
    ['with a number beyond all numbers', { ticket_id: '9'.repeat(16) }],
    ['with another address', { ticket_id: '../users/me' }],
  ])('ignores a post %s', (_what, body) => {
    expect(reading(body)).toMatchObject({ outcome: 'ignored' })
  })

  it('never throws, whatever is signed well', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), (body) => {
        const read = reading(body)
        expect(read.outcome === 'hints' ? read.refs.length : 1).toBe(1)
      }),
    )
  })
})

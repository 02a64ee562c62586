import { expect, it } from 'vitest'
import { signedRing } from './fake.ts'
import { readWebhook } from './webhook.ts'

const ITEM = '0190d9a0-0000-7000-8000-000000000001'
const DELIVERY = '0190d9a0-0000-7000-8000-0000000000ff'
const settings = { url: 'https://beta.example', token: 'cw_x', webhookSecret: 'a secret of sixteen' }
const now = new Date('2026-01-05T09:00:00Z')
const ring = (body: unknown, at = now) =>
  signedRing(Buffer.from(JSON.stringify(body)), settings.webhookSecret, at, DELIVERY)

it('hints once at each item, and at nothing that is no id', () => {
  const sent = ring({ items: [ITEM, ITEM, '../about', ''] })
  expect(readWebhook({ ...sent, now }, settings)).toEqual({
    outcome: 'hints',
    refs: [{ id: ITEM }],
    deliveryId: DELIVERY,
  })
  expect(readWebhook({ ...ring({ items: ['x'] }), now }, settings).outcome).toBe('ignored')
})

it('does not believe a time that was not signed along, or a connection without a secret', () => {
  const old = ring({ items: [ITEM] }, new Date(now.getTime() - 600_000))
  const fresh = ring({ items: [ITEM] }).headers['x-causeway-timestamp']
  const moved = { ...old, headers: { ...old.headers, 'x-causeway-timestamp': fresh }, now }
  expect(readWebhook(moved, settings)).toMatchObject({ outcome: 'rejected', status: 401 })
  const { webhookSecret: _, ...without } = settings
  const unsigned = signedRing(Buffer.from('{"items":[]}'), '', now, DELIVERY)
  expect(readWebhook({ ...unsigned, now }, without)).toMatchObject({ outcome: 'rejected', status: 401 })
})

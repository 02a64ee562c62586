import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readWebhook } from './webhook.ts'

const SECRET = 'a-secret-of-the-hook-0001'
const settings = { webhookSecret: SECRET }
const NOW = new Date('2026-11-22T10:00:00Z')

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url))

const delivery = (body: unknown, headers: Record<string, string> = { 'x-causeway-secret': SECRET }) => ({
  bytes:
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers,
  now: NOW,
})

describe('a service hook', () => {
  it.each(['hook-created', 'hook-deleted'])(
    'as Microsoft publishes it hints at the work item: %s',
    (name) => {
      const reading = readWebhook(delivery(fixture(name)), settings)
      expect(reading).toMatchObject({ outcome: 'hints', refs: [{ id: '5' }] })
    },
  )

  it('of an update hints at the item, not at the number that the update itself has', () => {
    const body = { id: 'e-1', eventType: 'workitem.updated', resource: { id: 2, workItemId: 77, rev: 3 } }
    expect(readWebhook(delivery(body), settings)).toEqual({
      outcome: 'hints',
      refs: [{ id: '77' }],
      deliveryId: 'e-1',
    })
  })

  it('of two subscriptions has two ids, because both tell the same event', () => {
    const body = { id: 'e-1', eventType: 'workitem.commented', resource: { id: 7 } }
    const ids = ['s-1', 's-2'].map((subscriptionId) => {
      const reading = readWebhook(delivery({ ...body, subscriptionId }), settings)
      return reading.outcome === 'hints' ? reading.deliveryId : reading.reason
    })
    expect(ids).toEqual(['s-1:e-1', 's-2:e-1'])
  })

  it.each([
    ['without the header', {}],
    ['with an empty one', { 'x-causeway-secret': '' }],
    ['with another secret', { 'x-causeway-secret': 'another-secret-0001' }],
    ['with the secret and more', { 'x-causeway-secret': `${SECRET}x` }],
    [
      'with the secret as basic auth',
      { authorization: `Basic ${Buffer.from(`:${SECRET}`).toString('base64')}` },
    ],
  ])('is rejected %s', (_what, headers) => {
    expect(readWebhook(delivery(fixture('hook-created'), headers), settings)).toMatchObject({
      outcome: 'rejected',
      status: 401,
    })
  })

  it('is rejected while no secret is set, rather than believed', () => {
    expect(readWebhook(delivery(fixture('hook-created'), { 'x-causeway-secret': '' }), {})).toMatchObject({
      outcome: 'rejected',
      status: 401,
    })
  })

  it('about something else is ignored', () => {
    const body = { eventType: 'git.push', resource: { id: 5 } }
    expect(readWebhook(delivery(body), settings)).toMatchObject({ outcome: 'ignored' })
  })

  it.each([
    ['no number', { eventType: 'workitem.created', resource: {} }],
    ['a path for a number', { eventType: 'workitem.created', resource: { id: '../5' } }],
    ['a number too large', { eventType: 'workitem.created', resource: { id: 1e12 } }],
    ['only the update’s own number', { eventType: 'workitem.updated', resource: { id: 5 } }],
    ['a list', []],
  ])('with %s is rejected', (_what, body) => {
    expect(readWebhook(delivery(body), settings)).toMatchObject({ outcome: 'rejected', status: 400 })
  })
})

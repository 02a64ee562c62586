import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWebhook, SECRET_HEADER } from './webhook.ts'

const NOW = new Date('2026-01-05T09:00:00.000Z')
const settings = { webhookSecret: 'a secret' }

const reading = (
  body: unknown,
  headers: Record<string, string> = { [SECRET_HEADER]: 'a secret' },
  now = NOW,
) =>
  readWebhook(
    { bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), headers, now },
    settings,
  )

describe('the post of a workflow', () => {
  it.each([
    ['12', 'ticket:12'],
    ['INC-12', 'ticket:12'],
    [' #SR-12 ', 'ticket:12'],
    [12, 'ticket:12'],
  ])('names its record by %s, in each form that a placeholder may take', (id, ref) => {
    expect(reading({ record: 'ticket', id })).toMatchObject({ outcome: 'hints', refs: [{ id: ref }] })
  })

  it('counts each time, because two of them look alike', () => {
    const post = { record: 'ticket', id: '12' }
    const later = new Date(NOW.getTime() + 5)
    expect(reading(post)).toEqual(reading(post))
    expect(reading(post)).not.toEqual(reading(post, undefined, later))
  })

  it('is taken from nobody where no secret is set, even with an empty one', () => {
    const delivery = { bytes: Buffer.from('{}'), headers: { [SECRET_HEADER]: '' }, now: NOW }
    expect(readWebhook(delivery, {})).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(readWebhook(delivery, { webhookSecret: ' ' })).toMatchObject({ status: 401 })
  })

  it('is looked at only after its secret, so that strangers learn nothing of what we read', () => {
    expect(reading('<xml/>', {})).toMatchObject({ status: 401 })
    expect(reading('<xml/>')).toMatchObject({ status: 400 })
  })

  it.each([
    ['without a record', { id: '12' }],
    ['about what is not followed', { record: 'change', id: '12' }],
    ['with another address', { record: 'ticket', id: '12/../13' }],
    ['with a number beyond all numbers', { record: 'ticket', id: '9'.repeat(16) }],
  ])('is ignored %s', (_what, body) => {
    expect(reading(body)).toMatchObject({ outcome: 'ignored' })
  })

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), (body) => {
        expect(['hints', 'ignored', 'rejected']).toContain(reading(body).outcome)
      }),
    )
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { appToken } from './fake/hooks.ts'
import { readWebhook } from './webhook.ts'

const now = new Date('2026-01-05T09:00:00Z')
const SECRETS = { webhookSecret: 'secret-of-the-webhooks', clientSecret: 'secret-of-the-client' }
const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body))
const read = (body: unknown, headers: Record<string, string>, secrets = SECRETS) =>
  readWebhook({ bytes: bytesOf(body), headers, now }, secrets)
const signed = (body: unknown) => ({
  'x-hub-signature': `sha256=${createHmac('sha256', SECRETS.webhookSecret).update(bytesOf(body)).digest('hex')}`,
})
const seconds = now.getTime() / 1000

describe('a webhook of Jira', () => {
  it('hints at its issue or its version, by numbers alone', () => {
    const cases: readonly [unknown, string | null][] = [
      [{ webhookEvent: 'jira:issue_updated', issue: { id: '10001', key: 'A-1' } }, '10001'],
      [{ webhookEvent: 'comment_created', comment: {}, issue: { id: 10002 } }, '10002'],
      [{ webhookEvent: 'jira:version_released', version: { id: '10200' } }, 'version:10200'],
      [{ webhookEvent: 'user_created', user: {} }, null],
      [{ issue: { id: '../1' } }, null],
    ]
    for (const [body, id] of cases) {
      const reading = read(body, signed(body))
      expect(reading.outcome === 'hints' ? reading.refs[0]?.id : null).toBe(id)
    }
  })

  it('has Jira’s own id of the delivery, which stays the same when it is sent again', () => {
    const body = { issue: { id: '1' } }
    const reading = read(body, { ...signed(body), 'x-atlassian-webhook-identifier': 'abc-1' })
    expect(reading).toMatchObject({ deliveryId: 'abc-1' })
    expect(read(body, { ...signed(body), 'x-atlassian-webhook-identifier': 'a b' })).toMatchObject({
      deliveryId: null,
    })
  })

  it('of an app is known by a token of its client secret that has not expired', () => {
    const body = { issue: { id: '1' } }
    const outcome = (authorization: string, secrets = SECRETS) =>
      read(body, { authorization }, secrets).outcome
    expect(outcome(appToken(SECRETS.clientSecret, seconds + 60))).toBe('hints')
    expect(outcome(appToken(SECRETS.clientSecret, seconds - 3_600))).toBe('rejected')
    expect(outcome(appToken('another secret', seconds + 60))).toBe('rejected')
    expect(outcome(appToken('', seconds + 60), { ...SECRETS, clientSecret: '' })).toBe('rejected')
    expect(outcome(appToken(SECRETS.clientSecret, seconds + 60).replace(/\.[^.]+$/, '.'))).toBe('rejected')
  })

  it('without any secret in the settings is refused, whatever it is signed with', () => {
    const body = { issue: { id: '1' } }
    const empty = `sha256=${createHmac('sha256', '').update(bytesOf(body)).digest('hex')}`
    const none = { webhookSecret: '', clientSecret: '' }
    expect(read(body, { 'x-hub-signature': empty }, none)).toMatchObject({ outcome: 'rejected', status: 401 })
  })

  it('that claims another way of signing is refused', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${part({ alg: 'none' })}.${part({ exp: seconds + 60 })}`
    const signature = createHmac('sha256', SECRETS.clientSecret).update(text).digest('base64url')
    expect(read({ issue: { id: '1' } }, { authorization: `Bearer ${text}.${signature}` }).outcome).toBe(
      'rejected',
    )
  })
})

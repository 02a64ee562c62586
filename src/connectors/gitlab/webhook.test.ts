import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hookHeaders } from './fake/hooks.ts'
import { readWebhook } from './webhook.ts'

const NOW = new Date('2026-01-05T09:00:00.000Z')
const TOKEN = 'a-plain-secret'
const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const read = (body: unknown, headers: Readonly<Record<string, string>>, webhookSecret = TOKEN) =>
  readWebhook({ bytes: Buffer.from(JSON.stringify(body)), headers, now: NOW }, { webhookSecret })
const plain = (body: unknown, more = {}) => read(body, { 'x-gitlab-token': TOKEN, ...more })

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))

describe('a webhook with the secret token', () => {
  it.each([
    ['webhook-issue', [{ id: '14:23' }]],
    ['webhook-note-on-issue', [{ id: '5:17' }]],
  ])('hints at the item, as GitLab documents it: %s', (name, refs) => {
    expect(plain(recorded(name))).toEqual({ outcome: 'hints', refs, deliveryId: null })
  })

  it.each([
    [
      'a task',
      { object_kind: 'work_item', object_attributes: { iid: 3, project_id: 4, type: 'Task' } },
      '4:3',
    ],
    [
      'a milestone',
      { object_kind: 'milestone', object_attributes: { id: 31, project_id: 4 } },
      'milestone:p4:31',
    ],
    [
      'a group’s milestone',
      { object_kind: 'milestone', object_attributes: { id: 3, group_id: 8 } },
      'milestone:g8:3',
    ],
    [
      'a release',
      { object_kind: 'release', tag: 'v1.0 (β)', project: { id: 4 } },
      'release:4:v1.0%20%28%CE%B2%29',
    ],
  ])('hints at %s', (_, body, id) => {
    expect(plain(body)).toMatchObject({ refs: [{ id }] })
  })

  it('leaves alone what is not kept in step', () => {
    for (const body of [
      { object_kind: 'push', project_id: 4 },
      {
        object_kind: 'note',
        project: { id: 4 },
        object_attributes: { noteable_type: 'MergeRequest' },
        merge_request: { iid: 1 },
      },
      { object_kind: 'issue', object_attributes: { iid: '3', project_id: 4 } },
      { event_name: 'project_create' },
    ])
      expect(plain(body).outcome).toBe('ignored')
  })

  it('names the delivery by the key that a resent one keeps', () => {
    const body = recorded('webhook-issue')
    expect(plain(body, { 'idempotency-key': 'k-1', 'x-gitlab-event-uuid': 'u-1' })).toMatchObject({
      deliveryId: 'k-1',
    })
    expect(plain(body, { 'x-gitlab-event-uuid': 'u-1' })).toMatchObject({ deliveryId: 'u-1' })
  })

  it('is refused with another token, none, or when no secret is set', () => {
    const body = recorded('webhook-issue')
    for (const headers of [{}, { 'x-gitlab-token': '' }, { 'x-gitlab-token': `${TOKEN}x` }])
      expect(read(body, headers)).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(read(body, { 'x-gitlab-token': '' }, '')).toMatchObject({ outcome: 'rejected', status: 401 })
  })
})

describe('a signed webhook', () => {
  const bytes = Buffer.from(JSON.stringify(recorded('webhook-issue')))
  const signed = hookHeaders(bytes, SIGNING, NOW.getTime(), 'msg-1')
  const readSigned = (headers: Readonly<Record<string, string>>) =>
    readWebhook({ bytes, headers, now: NOW }, { webhookSecret: SIGNING })

  it('is believed, also beside a signature by an older secret', () => {
    const [, old] = [0, `v1,${Buffer.alloc(32).toString('base64')}`]
    const both = { ...signed, 'webhook-signature': `${old} ${signed['webhook-signature']}` }
    for (const headers of [signed, both])
      expect(readSigned(headers)).toEqual({ outcome: 'hints', refs: [{ id: '14:23' }], deliveryId: 'msg-1' })
  })

  it('is not believed for the secret token alone: that would make the signature worth nothing', () => {
    expect(readSigned({ 'x-gitlab-token': SIGNING })).toMatchObject({ outcome: 'rejected', status: 401 })
  })

  it('covers the id and the time too', () => {
    for (const changed of [
      { 'webhook-id': 'msg-2' },
      { 'webhook-timestamp': String(NOW.getTime() / 1000 + 1) },
    ])
      expect(readSigned({ ...signed, ...changed })).toMatchObject({ outcome: 'rejected', status: 401 })
  })
})

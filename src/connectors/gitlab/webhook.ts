import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import { issueRef, releaseRef } from './convert.ts'
import type { Settings } from './settings.ts'
import { signingKey } from './signing.ts'

/** Reads what GitLab posts. Verifies on the raw bytes first; a hint is all that is taken from it. */

/** A description holds up to a million characters, and an update tells it three times. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
const TOLERANCE_MS = 5 * 60_000
const MAX_SIGNATURES = 5

const rejected = (reason: string, status: 400 | 401): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Of digests, which are of one length whatever was sent. */
const isToken = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret))

const SIGNATURE = /^v1,([A-Za-z0-9+/]{43}=)$/

/** null: it is signed well. */
const wrongSignature = ({ bytes, headers, now }: WebhookDelivery, key: Buffer): string | null => {
  const id = headers['webhook-id'] ?? ''
  const sentAt = headers['webhook-timestamp'] ?? ''
  const given = (headers['webhook-signature'] ?? '').split(' ').slice(0, MAX_SIGNATURES)
  const signatures = given.flatMap((each) => SIGNATURE.exec(each)?.[1] ?? [])
  if (id === '' || signatures.length === 0) return 'the signature is missing or is none'
  if (!/^\d{1,12}$/.test(sentAt)) return 'the time of sending is missing'
  const expected = createHmac('sha256', key).update(`${id}.${sentAt}.`).update(bytes).digest()
  if (!signatures.some((each) => timingSafeEqual(expected, Buffer.from(each, 'base64'))))
    return 'the signature is wrong'
  const isNear = Math.abs(now.getTime() - Number(sentAt) * 1000) <= TOLERANCE_MS
  return isNear ? null : 'the time of sending is more than 5 minutes off'
}

const untrusted = (delivery: WebhookDelivery, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  const key = signingKey(secret)
  if (key !== null) return wrongSignature(delivery, key)
  const token = delivery.headers['x-gitlab-token']
  if (token === undefined) return 'the secret token is missing'
  return isToken(token, secret) ? null : 'the secret token is wrong'
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const inside = (body: Members, name: string): Members => {
  const value = body[name]
  return isMembers(value) ? value : {}
}

const idOf = (...values: readonly unknown[]): number | null => {
  const value = values.find((each) => each !== undefined && each !== null)
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 1e15 ? value : null
}

const issueIn = (body: Members, issue: Members): RemoteRef | null => {
  const project = idOf(issue['project_id'], inside(body, 'project')['id'], body['project_id'])
  const iid = idOf(issue['iid'])
  return project === null || iid === null ? null : issueRef(project, iid)
}

const ISSUES: readonly unknown[] = ['Issue', 'WorkItem']

/** null: not about what is kept in step. */
const refOf = (body: Members): RemoteRef | null => {
  const attributes = inside(body, 'object_attributes')
  switch (body['object_kind']) {
    case 'issue':
    case 'work_item':
      return issueIn(body, attributes)
    case 'note':
      return ISSUES.includes(attributes['noteable_type'])
        ? issueIn(body, 'issue' in body ? inside(body, 'issue') : inside(body, 'work_item'))
        : null
    case 'milestone': {
      const id = idOf(attributes['id'])
      const project = idOf(attributes['project_id'])
      const group = idOf(attributes['group_id'])
      const parent = project === null ? (group === null ? null : `g${group}`) : `p${project}`
      return id === null || parent === null ? null : { id: `milestone:${parent}:${id}` }
    }
    case 'release': {
      const project = idOf(inside(body, 'project')['id'])
      const tag = body['tag']
      return project !== null && typeof tag === 'string' && tag !== '' && tag.length <= 200
        ? releaseRef(project, tag)
        : null
    }
    default:
      return null
  }
}

const DELIVERY_ID = /^[\w.-]{1,200}$/

/** The signed id first. The same event sent again keeps its key. */
const deliveryIdOf = (headers: WebhookDelivery['headers']): string | null =>
  [headers['webhook-id'], headers['idempotency-key'], headers['x-gitlab-event-uuid']].find((each) =>
    DELIVERY_ID.test(each ?? ''),
  ) ?? null

export const readWebhook = (
  delivery: WebhookDelivery,
  settings: Pick<Settings, 'webhookSecret'>,
): WebhookReading => {
  const { bytes, headers } = delivery
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 8 MiB', 400)
  const wrong = untrusted(delivery, settings.webhookSecret ?? '')
  if (wrong !== null) return rejected(wrong, 401)
  const body = parseBoundedJson(bytes)
  if (!body.ok || !isMembers(body.value)) return rejected('the body is not a JSON object', 400)
  const ref = refOf(body.value)
  if (ref === null)
    return { outcome: 'ignored', reason: 'not about an issue, a comment on one, or a version' }
  return { outcome: 'hints', refs: [ref], deliveryId: deliveryIdOf(headers) }
}

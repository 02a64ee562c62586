import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import { issueRef, versionRef } from './convert.ts'
import { isMembers, type Members } from './values.ts'

/**
 * Reads what Jira posts. A webhook of an administrator is signed over its raw bytes (`X-Hub-Signature`); one of an
 * OAuth app carries a token signed with the client secret, which says who sends but not what. Either way a hint is all
 * that is taken: the item is read from Jira itself.
 */

const MAX_BODY_BYTES = 4 * 1024 * 1024
const BOUNDS = { depth: 100, values: 200_000 }
const DIGEST_BYTES = 32
const CLOCK_SLACK_S = 5 * 60

interface Secrets {
  readonly webhookSecret?: string
  readonly clientSecret?: string
}

const rejected = (reason: string, status: 400 | 401): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i

/** null: the signature is right. */
const wrongSignature = (bytes: Uint8Array, header: string, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  const given = SIGNATURE.exec(header)?.[1]
  if (given === undefined) return 'the signature is not a sha256 digest'
  const expected = createHmac('sha256', secret).update(bytes).digest()
  // Both are 32 bytes: SIGNATURE has let nothing else through.
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? null : 'the signature is wrong'
}

const TOKEN = /^(?:Bearer|JWT) ([\w-]{1,2000})\.([\w-]{1,4000})\.([\w-]{43})$/

const decoded = (part: string): Members | null => {
  const parsed = parseBoundedJson(Buffer.from(part, 'base64url'), { depth: 10, values: 100 })
  return parsed.ok && isMembers(parsed.value) ? parsed.value : null
}

/** null: the token is ours and of now. */
const wrongToken = (header: string, secret: string, now: Date): string | null => {
  if (secret === '') return 'no client secret is set for this connection'
  const [, head = '', claims = '', signature = ''] = TOKEN.exec(header) ?? []
  if (signature === '' || decoded(head)?.['alg'] !== 'HS256') return 'the token is not one signed with HS256'
  const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== DIGEST_BYTES || !timingSafeEqual(given, expected)) return 'the token is wrong'
  const until = decoded(claims)?.['exp']
  const isOver = typeof until !== 'number' || until + CLOCK_SLACK_S < now.getTime() / 1000
  return isOver ? 'the token has expired' : null
}

const numericId = (value: unknown): string | null => {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return /^[1-9]\d{0,17}$/.test(text) ? text : null
}

const refIn = (body: Members): RemoteRef | null => {
  const issue = isMembers(body['issue']) ? numericId(body['issue']['id']) : null
  if (issue !== null) return issueRef(issue)
  const version = isMembers(body['version']) ? numericId(body['version']['id']) : null
  return version === null ? null : versionRef(version)
}

const DELIVERY_ID = /^[\w.:-]{1,200}$/

export const readWebhook = (delivery: WebhookDelivery, secrets: Secrets): WebhookReading => {
  const { bytes, headers, now } = delivery
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 4 MiB', 400)
  const signature = headers['x-hub-signature']
  const token = headers['authorization']
  if (signature === undefined && token === undefined) return rejected('the signature is missing', 401)
  const wrong =
    signature === undefined
      ? wrongToken(token ?? '', secrets.clientSecret ?? '', now)
      : wrongSignature(bytes, signature, secrets.webhookSecret ?? '')
  if (wrong !== null) return rejected(wrong, 401)
  const parsed = parseBoundedJson(bytes, BOUNDS)
  if (!parsed.ok) return rejected('the body is not JSON', 400)
  const body = isMembers(parsed.value) ? parsed.value : {}
  const ref = refIn(body)
  if (ref === null) return { outcome: 'ignored', reason: 'it names no issue and no version' }
  const id = headers['x-atlassian-webhook-identifier'] ?? ''
  return { outcome: 'hints', refs: [ref], deliveryId: DELIVERY_ID.test(id) ? id : null }
}

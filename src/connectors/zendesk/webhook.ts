import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { type Settings, webhookSecretOf } from './settings.ts'

/**
 * What Zendesk posts, of both kinds: an event of a subscription (`{type: "zen:event-type:ticket.created", detail: {id}}`),
 * or what a trigger was told to post (`{"ticket_id": "{{ticket.id}}"}`, see README.md). Verified on the raw bytes first; of
 * the body nothing counts but the ticket's number.
 */

/** Zendesk tries again within minutes; the time that is signed with the body bounds a replay. */
const TOLERANCE_MS = 5 * 60_000
const MAX_BODY_BYTES = 1024 * 1024

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>
const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

/** null: the signature is right. */
const wrongSignature = ({ bytes, headers }: WebhookDelivery, secret: string): string | null => {
  if (secret === '') return 'no signing secret is set for this connection'
  const header = headers['x-zendesk-webhook-signature']
  if (header === undefined) return 'the signature is missing'
  if (!/^[A-Za-z0-9+/]{43}=$/.test(header)) return 'the signature is not a SHA-256 digest in base64'
  const expected = createHmac('sha256', secret)
    .update(headers['x-zendesk-webhook-signature-timestamp'] ?? '')
    .update(bytes)
    .digest('base64')
  // As texts, so that one signature has one spelling.
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(header)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs) ? null : 'the signature is wrong'
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const ticketNumber = (value: unknown): string | null => {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? text : null
}

const EVENT = /^zen:event-type:(\w{1,50})\./
const DELIVERY_ID = /^[\w.-]{1,100}$/

/** An event's id is signed with it; a trigger's post has none, and each of them counts, though all look alike. */
const deliveryIdOf = (
  body: Readonly<Record<string, unknown>>,
  headers: WebhookDelivery['headers'],
  id: string,
): string => {
  if (typeof body['id'] === 'string' && DELIVERY_ID.test(body['id'])) return body['id']
  const invocation = headers['x-zendesk-webhook-invocation-id'] ?? ''
  return DELIVERY_ID.test(invocation)
    ? invocation
    : `${id}-${headers['x-zendesk-webhook-signature-timestamp'] ?? ''}`
}

export const readWebhook = (
  delivery: WebhookDelivery,
  settings: Pick<Settings, 'webhookSecret'>,
): WebhookReading => {
  const { bytes, headers, now } = delivery
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 1 MiB', 400)
  const wrong = wrongSignature(delivery, webhookSecretOf(settings))
  if (wrong !== null) return rejected(wrong, 401)
  const sentAt = Date.parse(headers['x-zendesk-webhook-signature-timestamp'] ?? '')
  if (!(Math.abs(now.getTime() - sentAt) <= TOLERANCE_MS))
    return rejected('the time of sending is missing or more than 5 minutes off', 401)
  const parsed = parseBoundedJson(bytes)
  if (!parsed.ok || !isMembers(parsed.value)) return rejected('the body is not a JSON object', 400)
  const body = parsed.value
  const event = typeof body['type'] === 'string' ? EVENT.exec(body['type']) : null
  if (event !== null && event[1] !== 'ticket') return { outcome: 'ignored', reason: 'not about a ticket' }
  const detail = isMembers(body['detail']) ? body['detail'] : {}
  const id = ticketNumber(event === null ? body['ticket_id'] : detail['id'])
  if (id === null) return { outcome: 'ignored', reason: 'names no ticket' }
  return { outcome: 'hints', refs: [{ id }], deliveryId: deliveryIdOf(body, headers, id) }
}

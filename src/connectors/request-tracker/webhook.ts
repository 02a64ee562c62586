import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'

/**
 * Reads what the scrip (webhook-scrip.pl) posts. Verifies on the raw bytes first; a hint is all that is taken from it.
 *
 * The signature covers the body only, so a replayed body could carry a new X-RT-Timestamp. The body holds the time of
 * its newest transaction too, and the transactions' ids: both count, the headers alone do not.
 */

const TOLERANCE_MS = 5 * 60_000
const MAX_BODY_BYTES = 1024 * 1024

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>

const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i

/** null: the signature is right. */
const wrongSignature = (bytes: Uint8Array, header: string | undefined, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  if (header === undefined) return 'the signature is missing'
  const given = SIGNATURE.exec(header)?.[1]
  if (given === undefined) return 'the signature is not a sha256 digest'
  const expected = createHmac('sha256', secret).update(bytes).digest()
  // Both are 32 bytes: SIGNATURE has let nothing else through.
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? null : 'the signature is wrong'
}

const isNear = (time: number, now: Date): boolean => Math.abs(now.getTime() - time) <= TOLERANCE_MS

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const numericId = (value: unknown): string | null => {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return /^[1-9]\d{0,14}$/.test(text) ? text : null
}

interface Said {
  readonly ids: readonly string[]
  readonly newest: number | null
}

const transactionsIn = (body: Readonly<Record<string, unknown>>): Said => {
  const rows = Array.isArray(body['transactions']) ? body['transactions'].filter(isMembers) : []
  const ids = rows.map((row) => numericId(row['id'])).filter((id) => id !== null)
  const times = rows
    .map((row) => (typeof row['created'] === 'string' ? Date.parse(row['created']) : Number.NaN))
    .filter((time) => !Number.isNaN(time))
  return { ids, newest: times.length === 0 ? null : Math.max(...times) }
}

const DELIVERY_ID = /^[\w.-]{1,200}$/

export const readWebhook = (
  delivery: WebhookDelivery,
  settings: { readonly webhookSecret?: string },
): WebhookReading => {
  const { bytes, headers, now } = delivery
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 1 MiB', 400)
  const wrong = wrongSignature(bytes, headers['x-rt-signature'], settings.webhookSecret ?? '')
  if (wrong !== null) return rejected(wrong, 401)
  const sentAt = headers['x-rt-timestamp'] ?? ''
  if (!/^\d{1,12}$/.test(sentAt) || !isNear(Number(sentAt) * 1000, now)) {
    return rejected('the time of sending is missing or more than 5 minutes off', 401)
  }
  const body = parsed(bytes)
  if (!isMembers(body)) return rejected('the body is not a JSON object', 400)
  if (body['event'] !== 'ticket.transactions') return { outcome: 'ignored', reason: 'not about a ticket' }
  const ticket = numericId(body['ticket'])
  if (ticket === null) return rejected('the ticket has no number', 400)
  const { ids, newest } = transactionsIn(body)
  if (newest !== null && !isNear(newest, now)) return rejected('the change is more than 5 minutes old', 401)
  const header = headers['x-rt-delivery'] ?? ''
  const fallback = DELIVERY_ID.test(header) ? header : null
  const deliveryId = ids.length === 0 ? fallback : `${ticket}-${ids.join('.')}`.slice(0, 200)
  return { outcome: 'hints', refs: [{ id: ticket }], deliveryId }
}

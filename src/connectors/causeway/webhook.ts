import { createHmac, timingSafeEqual } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { isId } from '../../lib/ids.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { type Settings, secretOf } from './settings.ts'

/** Reads a ring: which items to look at. It is verified on the raw bytes first, with the time that is signed along. */

const TOLERANCE_MS = 5 * 60_000
const MAX_BODY_BYTES = 256 * 1024
const MAX_HINTS = 1_000
const Ring = Compile(Type.Object({ items: Type.Array(Type.String()) }))

const rejected = (reason: string, status: 400 | 401): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

const isSigned = ({ bytes, headers }: WebhookDelivery, timestamp: string, secret: string): boolean => {
  const hex = /^v1=([0-9a-f]{64})$/.exec(headers['x-causeway-signature'] ?? '')?.[1]
  if (hex === undefined || secret === '') return false
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export const readWebhook = (delivery: WebhookDelivery, settings: Settings): WebhookReading => {
  const { bytes, headers, now } = delivery
  const timestamp = headers['x-causeway-timestamp'] ?? ''
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 256 KiB', 400)
  if (!isSigned(delivery, timestamp, secretOf(settings)))
    return rejected('the signature is missing or wrong, or no webhook secret is set here', 401)
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN
  if (!(Math.abs(now.getTime() - sentAt) <= TOLERANCE_MS))
    return rejected('it was sent more than five minutes ago, or a clock is off', 401)
  const body = parseBoundedJson(bytes)
  if (!body.ok || !Ring.Check(body.value)) return rejected('the body does not say which items rang', 400)
  const ids = [...new Set(body.value.items.filter(isId))].slice(0, MAX_HINTS)
  if (ids.length === 0) return { outcome: 'ignored', reason: 'it names no item' }
  const deliveryId = headers['x-causeway-delivery'] ?? ''
  return {
    outcome: 'hints',
    refs: ids.map((id) => ({ id })),
    deliveryId: isId(deliveryId) ? deliveryId : null,
  }
}

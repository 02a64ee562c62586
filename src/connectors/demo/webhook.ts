import { timingSafeEqual } from 'node:crypto'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { hookShape } from './schema.ts'
import { signHook } from './tool/hooks.ts'

// Room for a tool whose clock is off; a replay within it is caught by its delivery id.
const TOLERANCE_MS = 5 * 60_000
// A doorbell has under 200 bytes.
const MAX_BYTES = 65_536

/** Verifies `x-demo-signature` over time stamp and body, then reads which item rang. */
export const readHook = (delivery: WebhookDelivery, secret: string | null): WebhookReading => {
  const { bytes, headers, now } = delivery
  const stamp = headers['x-demo-timestamp'] ?? ''
  if (secret === null) return rejected(401, 'The connection has no webhook secret.')
  if (bytes.length > MAX_BYTES) return rejected(400, 'The body is too large for a webhook of this tool.')
  if (!isEqual(signHook(secret, stamp, bytes), headers['x-demo-signature'] ?? ''))
    return rejected(401, 'The signature does not fit.')
  const ageMs = now.getTime() - Number(stamp) * 1000
  if (!(Math.abs(ageMs) <= TOLERANCE_MS)) return rejected(401, 'The time stamp is too old or in the future.')
  const body = parsed(bytes)
  if (!hookShape.Check(body)) return rejected(400, 'The body is not a webhook of this tool.')
  return { outcome: 'hints', refs: [{ id: body.item.id }], deliveryId: headers['x-demo-delivery'] ?? null }
}

const rejected = (status: 400 | 401, reason: string): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

const isEqual = (ours: string, theirs: string): boolean => {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return null
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { isUuid, releaseRef } from './convert.ts'

/** Reads what Linear posts. Verifies on the raw bytes first; a hint is all that is taken from it. */

/** Linear's own advice: within a minute of the time in the body, which is signed. */
const TOLERANCE_MS = 60_000
const MAX_BODY_BYTES = 5 * 1024 * 1024

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>
type Members = Readonly<Record<string, unknown>>

const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

/** null: the signature is right. */
const wrongSignature = (bytes: Uint8Array, header: string | undefined, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  if (header === undefined) return 'the signature is missing'
  if (!/^[0-9a-f]{64}$/i.test(header)) return 'the signature is not a sha256 digest'
  const given = Buffer.from(header, 'hex')
  const expected = createHmac('sha256', secret).update(bytes).digest()
  const isRight = given.length === expected.length && timingSafeEqual(expected, given)
  return isRight ? null : 'the signature is wrong'
}

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const uuid = (value: unknown): string | null => (typeof value === 'string' && isUuid(value) ? value : null)

/** Which item an event is about; null: none of ours. */
const refOf = (type: unknown, data: Members): string | null => {
  const id = uuid(data['id'])
  const issue = isMembers(data['issue']) ? uuid(data['issue']['id']) : null
  switch (type) {
    case 'Issue':
      return id
    case 'Release':
      return id === null ? null : releaseRef(id).id
    case 'Comment':
    case 'Attachment':
    case 'CustomerNeed':
      return uuid(data['issueId']) ?? issue
    default:
      return null
  }
}

export const readWebhook = (
  { bytes, headers, now }: WebhookDelivery,
  settings: { readonly webhookSecret?: string },
): WebhookReading => {
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 5 MiB', 400)
  const wrong = wrongSignature(bytes, headers['linear-signature'], settings.webhookSecret?.trim() ?? '')
  if (wrong !== null) return rejected(wrong, 401)
  const parsed = parseBoundedJson(bytes)
  if (!parsed.ok || !isMembers(parsed.value)) return rejected('the body is not a JSON object', 400)
  const { webhookTimestamp: sentAt, type, data } = parsed.value
  if (typeof sentAt !== 'number' || Math.abs(now.getTime() - sentAt) > TOLERANCE_MS)
    return rejected('the time of sending is missing or more than a minute off', 401)
  const id = isMembers(data) ? refOf(type, data) : null
  if (id === null) return { outcome: 'ignored', reason: 'it is about nothing that is followed' }
  return { outcome: 'hints', refs: [{ id }], deliveryId: uuid(headers['linear-delivery']) }
}

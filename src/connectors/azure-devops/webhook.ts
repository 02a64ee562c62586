import { createHash, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'

/**
 * Reads what a service hook posts. Azure DevOps does not sign: it can only send a header with a secret along. So whoever
 * reads the secret on its way could write the body; TLS guards it, and of the body only an item's number is taken, which is
 * then looked up there.
 */

const MAX_BODY_BYTES = 4 * 1024 * 1024
export const SECRET_HEADER = 'x-causeway-secret'

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>
const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

type Members = Readonly<Record<string, unknown>>
const membersOf = (value: unknown): Members | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : null

const numericId = (value: unknown): string | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 2_147_483_647
    ? String(value)
    : null

const plainId = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'number') && /^[\w-]{1,64}$/.test(String(value))
    ? String(value)
    : ''

export const readWebhook = (
  { bytes, headers }: WebhookDelivery,
  settings: { readonly webhookSecret?: string },
): WebhookReading => {
  const secret = settings.webhookSecret ?? ''
  if (secret === '') return rejected('no webhook secret is set for this connection', 401)
  const given = headers[SECRET_HEADER]
  if (given === undefined) return rejected(`the header ${SECRET_HEADER} is missing`, 401)
  // both are hashed first, so that they have one length
  if (!timingSafeEqual(digest(given), digest(secret)))
    return rejected(`the secret in the header ${SECRET_HEADER} is wrong`, 401)
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 4 MiB', 400)
  const parsed = parseBoundedJson(bytes)
  const body = parsed.ok ? membersOf(parsed.value) : null
  if (body === null) return rejected('the body is not a JSON object', 400)
  const event = body['eventType']
  if (typeof event !== 'string' || !event.startsWith('workitem.'))
    return { outcome: 'ignored', reason: 'not about a work item' }
  const resource = membersOf(body['resource'])
  // The `id` of an update is the update's own number.
  const id = numericId(event === 'workitem.updated' ? resource?.['workItemId'] : resource?.['id'])
  if (id === null) return rejected('the work item has no number', 400)
  const event_ = plainId(body['id'])
  const deliveryId =
    event_ === '' ? null : [plainId(body['subscriptionId']), event_].filter((one) => one).join(':')
  return { outcome: 'hints', refs: [{ id }], deliveryId }
}

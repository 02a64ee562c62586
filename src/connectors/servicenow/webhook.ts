import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { refId } from './convert.ts'
import { isSysId } from './query.ts'
import { type Settings, tablesOf } from './settings.ts'

/**
 * Reads what the business rule (webhook-rule.js) posts: which record changed, and nothing else. Verified on the raw
 * bytes first. The time and the delivery's id stand in the signed text, so neither can be made new on a replay.
 */

const TOLERANCE_MS = 5 * 60_000
const MAX_BODY_BYTES = 64 * 1024
const SIGNATURE = /^sha256=([0-9a-f]{64})$/

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>

const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

/** null: the signature is right. */
const wrongSignature = (bytes: Uint8Array, header: string | undefined, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  if (header === undefined) return 'the signature is missing'
  const given = SIGNATURE.exec(header)?.[1]
  if (given === undefined) return 'the signature is not a sha256 digest'
  const [expected, got] = [createHmac('sha256', secret).update(bytes).digest(), Buffer.from(given, 'hex')]
  const isRight = expected.length === got.length && timingSafeEqual(expected, got)
  return isRight ? null : 'the signature is wrong'
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const textIn = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  return typeof value === 'string' ? value : ''
}

const HOSTED = /^https?:\/\/([a-z0-9-]+)\.service-now\.com\/?$/i

/** A clone of the instance for tests keeps the rule, its secret and our address. */
const isClone = (instance: string, url: string): boolean => {
  const ours = HOSTED.exec(url)?.[1]
  return ours !== undefined && instance !== '' && instance.toLowerCase() !== ours.toLowerCase()
}

export const readWebhook = ({ bytes, headers, now }: WebhookDelivery, settings: Settings): WebhookReading => {
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 64 KiB', 400)
  const wrong = wrongSignature(bytes, headers['x-causeway-signature'], settings.webhookSecret ?? '')
  if (wrong !== null) return rejected(wrong, 401)
  const parsed = parseBoundedJson(bytes)
  if (!parsed.ok || !isMembers(parsed.value)) return rejected('the body is not a JSON object', 400)
  const body = parsed.value
  if (textIn(body, 'event') !== 'record.changed')
    return { outcome: 'ignored', reason: 'not about a changed record' }
  const sentAt = body['sent_at']
  if (typeof sentAt !== 'number' || !(Math.abs(now.getTime() - sentAt) <= TOLERANCE_MS))
    return rejected('the time of sending is missing or more than 5 minutes off', 401)
  if (isClone(textIn(body, 'instance'), settings.url))
    return { outcome: 'ignored', reason: 'sent by another instance, perhaps a clone of this one' }
  const [table, id, delivery] = [textIn(body, 'table'), textIn(body, 'sys_id'), textIn(body, 'delivery')]
  if (!/^[a-z][a-z0-9_]{0,79}$/.test(table) || !isSysId(id))
    return rejected('the record has no table or no sys_id', 400)
  if (!tablesOf(settings).includes(table))
    return { outcome: 'ignored', reason: 'about a table that is not followed' }
  return {
    outcome: 'hints',
    refs: [{ id: refId(table, id) }],
    deliveryId: /^[\w-]{1,100}$/.test(delivery) ? delivery : null,
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { KINDS, refIdOf, scopesOf } from './kinds.ts'
import { type Settings, webhookSecretOf } from './settings.ts'

/**
 * Reads what the webhook of a workflow posts: which record changed, and nothing else. Freshservice signs nothing: it can only
 * send a header with a secret along. So whoever reads the secret on its way could write the body; TLS guards it, and of the
 * body only a number is taken, which is then looked up there.
 */

const MAX_BODY_BYTES = 64 * 1024
export const SECRET_HEADER = 'x-causeway-secret'

type Rejected = Extract<WebhookReading, { outcome: 'rejected' }>
const rejected = (reason: string, status: 400 | 401): Rejected => ({ outcome: 'rejected', reason, status })

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

const textIn = (body: object, name: string): string => {
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The placeholder for a number gives `12` or, in its other form, `INC-12`. */
const numberOf = (text: string): number | null => {
  const digits = /^\s*#?(?:[A-Z]{2,5}-)?([1-9]\d{0,14})\s*$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}

export const readWebhook = (
  { bytes, headers, now }: WebhookDelivery,
  settings: Pick<Settings, 'webhookSecret' | 'records' | 'workspaces'>,
): WebhookReading => {
  const secret = webhookSecretOf(settings)
  if (secret === '') return rejected('no webhook secret is set for this connection', 401)
  const given = headers[SECRET_HEADER]
  if (given === undefined) return rejected(`the header ${SECRET_HEADER} is missing`, 401)
  // Both are hashed first, so that they have one length.
  if (!timingSafeEqual(digest(given), digest(secret)))
    return rejected(`the secret in the header ${SECRET_HEADER} is wrong`, 401)
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 64 KiB', 400)
  const parsed = parseBoundedJson(bytes)
  const body: unknown = parsed.ok ? parsed.value : null
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return rejected('the body is not a JSON object', 400)
  const kind = KINDS.find((each) => each === textIn(body, 'record'))
  const id = numberOf(textIn(body, 'id'))
  if (kind === undefined || id === null)
    return { outcome: 'ignored', reason: 'names no record and its number' }
  if (!scopesOf(settings).some((each) => each.kind === kind))
    return { outcome: 'ignored', reason: 'about a kind of record that is not followed' }
  // It has no id of its own, and two posts look alike: each counts, or the second of two changes would be lost.
  const deliveryId = `${kind}-${id}-${now.toISOString()}`
  return { outcome: 'hints', refs: [{ id: refIdOf(kind, id) }], deliveryId }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import { textOf } from './convert.ts'
import type { Declaration } from './declaration.ts'
import { readPath } from './field-path.ts'
import type { WebhookShape } from './schema.ts'

/** Verifies on the raw bytes, in constant time, then takes the ids of items out of the body: a hint and nothing more. */

const MAX_BODY_BYTES = 1024 * 1024
const MAX_IDS = 200
const DIGEST_BYTES = 32
const DEFAULT_TOLERANCE_SECONDS = 300
const BOUNDS = { depth: 50, values: 50_000 }

const rejected = (reason: string, status: 400 | 401): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

/** Both sides hashed with a key of no importance have one length, so that not even that is told. */
const sameToken = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHmac('sha256', 'length').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

const signed = (shape: WebhookShape, secret: string, bytes: Uint8Array, timestamp: string): Buffer => {
  const [before, after] = (shape.signs ?? '{body}').replaceAll('{timestamp}', () => timestamp).split('{body}')
  return createHmac('sha256', secret)
    .update(before ?? '')
    .update(bytes)
    .update(after ?? '')
    .digest()
}

const isHex = /^[0-9a-f]{64}$/i
const isBase64 = /^[A-Za-z0-9+/]{43}=$/

/** null: the signature is right. */
const wrongSignature = (
  shape: WebhookShape,
  secret: string,
  { bytes, headers }: WebhookDelivery,
): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  const header = headers[shape.header.toLowerCase()]
  if (header === undefined) return 'the signature is missing'
  if (shape.scheme === 'token')
    return sameToken(header, `${shape.prefix ?? ''}${secret}`) ? null : 'the token is wrong'
  const prefix = shape.prefix ?? ''
  const text = header.slice(prefix.length)
  const encoding = shape.encoding ?? 'hex'
  if (!header.startsWith(prefix) || !(encoding === 'hex' ? isHex : isBase64).test(text))
    return 'the signature is not a sha256 digest'
  const given = Buffer.from(text, encoding)
  const timestamp = shape.timestamp === undefined ? '' : (headers[shape.timestamp.header.toLowerCase()] ?? '')
  const expected = signed(shape, secret, bytes, timestamp)
  return given.length === DIGEST_BYTES && timingSafeEqual(given, expected) ? null : 'the signature is wrong'
}

const sentAt = (text: string, format: NonNullable<WebhookShape['timestamp']>['format']): number => {
  if (format === 'iso') return Date.parse(text)
  if (!/^\d{1,16}$/.test(text)) return Number.NaN
  return format === 'epoch-ms' ? Number(text) : Number(text) * 1000
}

const isOutsideWindow = (shape: WebhookShape, { headers, now }: WebhookDelivery): boolean => {
  if (shape.timestamp === undefined) return false
  const at = sentAt(headers[shape.timestamp.header.toLowerCase()] ?? '', shape.timestamp.format)
  const toleranceMs = (shape.timestamp.tolerance ?? DEFAULT_TOLERANCE_SECONDS) * 1000
  return !(Math.abs(now.getTime() - at) <= toleranceMs)
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '')

const idsIn = (declaration: Declaration, shape: WebhookShape, body: unknown): readonly string[] => {
  const found = shape.ids.flatMap((path) => readPath(body, declaration.path(path)))
  const ids = found.map(textOf).filter((id) => id !== null && id !== '' && id.length <= 200)
  return [...new Set(ids.filter((id) => id !== null))].slice(0, MAX_IDS)
}

const deliveryIdOf = (
  declaration: Declaration,
  shape: WebhookShape,
  delivery: WebhookDelivery,
  body: unknown,
): string | null => {
  const header =
    shape.deliveryHeader === undefined ? undefined : delivery.headers[shape.deliveryHeader.toLowerCase()]
  const id =
    header ??
    (shape.deliveryPath === undefined ? null : textOf(readPath(body, declaration.path(shape.deliveryPath))))
  return id !== null && /^[\x21-\x7e]{1,200}$/.test(id) ? id : null
}

export const readWebhook = (
  delivery: WebhookDelivery,
  declaration: Declaration,
  secret: string,
): WebhookReading => {
  const shape = declaration.shape.webhook
  if (shape === undefined) return rejected('the declaration has no webhook', 400)
  if (delivery.bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 1 MiB', 400)
  const wrong = wrongSignature(shape, secret, delivery)
  if (wrong !== null) return rejected(wrong, 401)
  if (isOutsideWindow(shape, delivery))
    return rejected('the time of sending is missing, too old or in the future', 401)
  if (!isJson(delivery.headers['content-type'])) return rejected('the content type is not JSON', 400)
  const body = parseBoundedJson(delivery.bytes, BOUNDS)
  if (!body.ok) return rejected(`the body is ${body.error}`, 400)
  const ids = idsIn(declaration, shape, body.value)
  if (ids.length === 0) return { outcome: 'ignored', reason: 'it names no item where the declaration says' }
  return {
    outcome: 'hints',
    refs: ids.map((id) => ({ id })),
    deliveryId: deliveryIdOf(declaration, shape, delivery, body.value),
  }
}

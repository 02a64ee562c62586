import { createHmac, timingSafeEqual } from 'node:crypto'
import { said } from '../../lib/said.ts'
import { isSameSecret } from '../../lib/same-secret.ts'
import type { CiDelivery } from './told-deployment.ts'

/**
 * Whether a delivery comes from whoever has the secret: on the raw bytes, in constant time. Each way answers null, or
 * why it is not believed; that is shown to the people here, never to who sent it.
 */
export type Verify = (delivery: CiDelivery, secret: string) => string | null

/** Clocks differ, and a signed delivery is not believed for longer. */
export const TOLERANCE_MS = 5 * 60_000

const isNear = (seconds: string, now: Date): boolean =>
  Math.abs(now.getTime() - Number(seconds) * 1000) <= TOLERANCE_MS

const wrongDigest = (header: string | undefined, digest: Buffer): string | null => {
  if (header === undefined) return said`the signature is missing`
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1]
  if (given === undefined) return said`the signature is not sha256= and 64 hex digits`
  return timingSafeEqual(Buffer.from(given, 'hex'), digest) ? null : said`the signature is wrong`
}

/** Ours: HMAC-SHA256 of `timestamp.body`, the time in seconds in a header beside it. */
export const signedByUs: Verify = ({ bytes, headers, now }, secret) => {
  const seconds = headers['x-causeway-timestamp'] ?? ''
  if (!/^\d{1,12}$/.test(seconds)) return said`X-Causeway-Timestamp is missing, or not in seconds`
  const digest = createHmac('sha256', secret).update(`${seconds}.`).update(bytes).digest()
  const wrong = wrongDigest(headers['x-causeway-signature'], digest)
  if (wrong !== null) return wrong
  return isNear(seconds, now)
    ? null
    : said`it was signed more than 5 minutes from now: replayed, or a wrong clock`
}

/** GitHub signs the body, and no time: what comes again says the same again. */
export const signedByGithub: Verify = ({ bytes, headers }, secret) =>
  wrongDigest(headers['x-hub-signature-256'], createHmac('sha256', secret).update(bytes).digest())

const SIGNING_TOKEN = /^whsec_([A-Za-z0-9+/]{43}=)$/
const MAX_SIGNATURES = 5

/** GitLab: a signing token (`whsec_…`) signs; any other secret is sent along as it is. */
export const knownToGitlab: Verify = (delivery, secret) => {
  const { bytes, headers, now } = delivery
  const key = SIGNING_TOKEN.exec(secret)?.[1]
  if (key === undefined) {
    const token = headers['x-gitlab-token']
    if (token === undefined) return said`the secret token is missing`
    return isSameSecret(token, secret) ? null : said`the secret token is wrong`
  }
  const [id = '', seconds = ''] = [headers['webhook-id'], headers['webhook-timestamp']]
  if (id === '' || !/^\d{1,12}$/.test(seconds)) return said`the signature, or its time, is missing`
  const digest = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`${id}.${seconds}.`)
    .update(bytes)
    .digest('base64')
  const given = (headers['webhook-signature'] ?? '').split(' ').slice(0, MAX_SIGNATURES)
  if (!given.some((each) => isSameSecret(each, `v1,${digest}`))) return said`the signature is wrong`
  return isNear(seconds, now)
    ? null
    : said`it was signed more than 5 minutes from now: replayed, or a wrong clock`
}

/** What cannot sign (Argo CD) sends the secret along. */
export const bearsSecret: Verify = ({ headers }, secret) => {
  const given = /^Bearer (\S{1,500})$/i.exec(headers['authorization'] ?? '')?.[1]
  if (given === undefined) return said`the header Authorization: Bearer … is missing`
  return isSameSecret(given, secret) ? null : said`the secret is wrong`
}

import { createHmac } from 'node:crypto'
import { said } from '../../lib/said.ts'
import { isSameSecret } from '../../lib/same-secret.ts'
import type { ChatDelivery, ChatKind } from './chat-kind.ts'

/** A chat tool signs with its clock beside; what is older is not believed. */
const TOLERANCE_MS = 5 * 60_000

type Verify = (delivery: ChatDelivery, secret: string) => string | null

const hmac = (secret: string | Buffer, ...parts: readonly (string | Uint8Array)[]) => {
  const made = createHmac('sha256', secret)
  for (const part of parts) made.update(part)
  return made
}

/** https://api.slack.com/authentication/verifying-requests-from-slack */
const signedBySlack: Verify = ({ bytes, headers, now }, secret) => {
  const seconds = headers['x-slack-request-timestamp'] ?? ''
  if (!/^\d{1,12}$/.test(seconds)) return said`X-Slack-Request-Timestamp is missing, or not in seconds`
  const wanted = `v0=${hmac(secret, `v0:${seconds}:`, bytes).digest('hex')}`
  if (!isSameSecret(headers['x-slack-signature'] ?? '', wanted))
    return said`the signature is missing or wrong`
  return Math.abs(now.getTime() - Number(seconds) * 1000) <= TOLERANCE_MS
    ? null
    : said`it was signed more than 5 minutes from now: replayed, or a wrong clock`
}

/** https://developers.mattermost.com/integrate/slash-commands/custom/ : the token comes along. */
const knownToMattermost: Verify = ({ headers }, secret) =>
  isSameSecret(headers['authorization'] ?? '', `Token ${secret}`) ? null : said`the token is missing or wrong`

/** https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook */
const signedByTeams: Verify = ({ bytes, headers }, secret) => {
  const wanted = `HMAC ${hmac(Buffer.from(secret, 'base64'), bytes).digest('base64')}`
  return isSameSecret(headers['authorization'] ?? '', wanted) ? null : said`the signature is missing or wrong`
}

const VERIFY: Readonly<Record<ChatKind, Verify>> = {
  slack: signedBySlack,
  mattermost: knownToMattermost,
  teams: signedByTeams,
}

/** Whether a message comes from whoever has the secret: null, or why it is not believed, for the people here. */
export const verifyChat = (kind: ChatKind, delivery: ChatDelivery, secret: string): string | null =>
  VERIFY[kind](delivery, secret)

/**
 * Two ways to know a webhook. Any GitLab sends the webhook's secret token as it is, in `X-Gitlab-Token`. Newer ones sign
 * each body, in the way of Standard Webhooks, with a signing token: `whsec_` and 32 bytes in base64. What the secret of
 * the settings looks like says which: with a signing token nothing unsigned is believed.
 */

const SIGNING_TOKEN = /^whsec_([A-Za-z0-9+/]{43}=)$/

/** null: a plain secret token. */
export const signingKey = (secret: string): Buffer | null => {
  const encoded = SIGNING_TOKEN.exec(secret)?.[1]
  return encoded === undefined ? null : Buffer.from(encoded, 'base64')
}

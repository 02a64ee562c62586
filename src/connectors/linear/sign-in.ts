import type { SignIn } from '../../sync/connector.ts'
import { answers, readAs } from './schema.ts'
import { apiOf, type Settings } from './settings.ts'

/** An OAuth application signs in with its own credentials; the token counts for 30 days. */

const isSet = (text: string | undefined): text is string => (text ?? '').trim() !== ''

export const usesKey = ({ apiKey }: Settings): boolean => isSet(apiKey)

export const headersOf = ({ apiKey }: Settings): Readonly<Record<string, string>> =>
  // a personal key stands alone, without "Bearer"
  isSet(apiKey) ? { authorization: apiKey.trim() } : {}

export const signInOf = (settings: Settings): SignIn | null => {
  const { clientId, clientSecret } = settings
  if (usesKey(settings) || !isSet(clientId) || !isSet(clientSecret)) return null
  return {
    baseUrl: apiOf(settings),
    ask: async (http, now) => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        scope: settings.scopes?.trim() || 'read,write',
        client_id: clientId.trim(),
        client_secret: clientSecret.trim(),
      })
      const answer = await http.request({
        method: 'POST',
        path: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(form.toString()),
        effect: 'read',
      })
      const { access_token, expires_in } = readAs(answers.token, answer.json(), 'the sign-in')
      const until = expires_in === undefined ? null : new Date(now().getTime() + expires_in * 1000)
      return { headers: { authorization: `Bearer ${access_token}` }, until }
    },
  }
}

import type { SignIn } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { answers, refusalIn } from './schema.ts'
import { type Settings, webOf } from './settings.ts'

/** Tokens of OAuth, from the instance itself. A refresh token stays the same there, so none has to be kept. */

const formOf = (settings: Settings): Readonly<Record<string, string>> => {
  const client = { client_id: settings.clientId ?? '', client_secret: settings.clientSecret ?? '' }
  switch (settings.signIn) {
    case 'password':
      return {
        grant_type: 'password',
        ...client,
        username: settings.username ?? '',
        password: settings.password ?? '',
      }
    case 'refresh-token':
      return { grant_type: 'refresh_token', ...client, refresh_token: settings.refreshToken ?? '' }
    default:
      return { grant_type: 'client_credentials', ...client }
  }
}

const usesTokens = ({ signIn }: Settings): boolean => signIn !== undefined && signIn !== 'basic'

export const signInOf = (settings: Settings): SignIn | null => {
  if (!usesTokens(settings)) return null
  return {
    baseUrl: webOf(settings),
    ask: async (http, now) => {
      const response = await http.request({
        method: 'POST',
        path: '/oauth_token.do',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: Buffer.from(new URLSearchParams(formOf(settings)).toString()),
        // A token that nobody got is no harm: asking again makes another.
        effect: 'read',
        accept: [400, 401, 403],
      })
      if ((response.headers['content-type'] ?? '').includes('html') && /hibernat/i.test(response.text()))
        throw new RemoteFault(
          'down',
          'the instance is hibernating: somebody must wake it at developer.servicenow.com',
        )
      const value = response.json()
      if (response.status === 200 && answers.token.Check(value)) {
        const seconds = Number(value.expires_in ?? 1_800)
        return {
          headers: { authorization: `Bearer ${value.access_token}` },
          until: new Date(now().getTime() + seconds * 1_000),
        }
      }
      const said = refusalIn(value)?.message ?? ''
      throw new RemoteFault(
        'auth',
        `ServiceNow gives no token (${said.slice(0, 80) || response.status}): client, user or grant is wrong, or the grant is not enabled`,
      )
    },
  }
}

export const headersOf = (settings: Settings): Readonly<Record<string, string>> => {
  if (usesTokens(settings)) return {}
  const plain = `${settings.username ?? ''}:${settings.password ?? ''}`
  return { authorization: `Basic ${Buffer.from(plain, 'utf8').toString('base64')}` }
}

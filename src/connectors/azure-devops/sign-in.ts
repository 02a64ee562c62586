import type { SignIn } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { answers, readAs } from './schema.ts'
import type { Settings } from './settings.ts'

/** An app of Microsoft Entra: its secret is exchanged for a token that counts for about an hour. */

/** Azure DevOps' own application id in every tenant. */
const SCOPE = '499b84ac-1321-427f-aa17-267ca6975798/.default'

/** null: a personal access token is all. */
export const signInOf = ({ token, tenantId, clientId, clientSecret }: Settings): SignIn | null => {
  if (token || !tenantId || !clientId || !clientSecret) return null
  return {
    baseUrl: 'https://login.microsoftonline.com',
    ask: async (http, now) => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: SCOPE,
      })
      const response = await http.request({
        method: 'POST',
        path: `/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(form.toString()),
        effect: 'read',
        accept: [400, 401],
      })
      if (response.status !== 200)
        throw new RemoteFault(
          'auth',
          `Microsoft Entra refuses the app ${clientId}: its secret is wrong or expired`,
        )
      const answer = readAs(answers.token, response.json(), 'a token of Entra')
      const until = new Date(now().getTime() + Number(answer.expires_in) * 1_000)
      return { headers: { authorization: `Bearer ${answer.access_token}` }, until }
    },
  }
}

/** A personal access token is the password of nobody. */
export const headersOf = ({ token }: Settings): Readonly<Record<string, string>> =>
  token ? { authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}` } : {}

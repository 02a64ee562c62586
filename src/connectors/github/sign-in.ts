import { createPrivateKey, createSign, type KeyObject } from 'node:crypto'
import type { Http, SignIn } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { answers, readAs } from './schema.ts'
import { type Settings, trimmedUrl } from './settings.ts'

/**
 * A GitHub App signs a short-lived token of its own (JWT, RS256) with its private key, and changes it for the token of
 * one installation, which is good for an hour.
 */

/** GitHub takes at most ten minutes, and clocks differ. */
const LIFE_S = 9 * 60
const CLOCK_SLACK_S = 60

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const keyOf = (pem: string): KeyObject => {
  try {
    // Out of a form or a file of variables, line ends may come as \n in two characters.
    return createPrivateKey(pem.replaceAll('\\n', '\n').trim())
  } catch (cause) {
    throw new RemoteFault(
      'auth',
      'the private key of the GitHub App cannot be read: it is the whole .pem file',
      {
        cause,
      },
    )
  }
}

export const appToken = (appId: string, privateKey: string, now: Date): string => {
  const seconds = Math.floor(now.getTime() / 1000)
  const head = base64url({ alg: 'RS256', typ: 'JWT' })
  const claims = base64url({ iat: seconds - CLOCK_SLACK_S, exp: seconds + LIFE_S, iss: appId })
  const signature = createSign('RSA-SHA256').update(`${head}.${claims}`).sign(keyOf(privateKey), 'base64url')
  return `${head}.${claims}.${signature}`
}

const installationOf = async (
  http: Http,
  settings: Settings,
  headers: Readonly<Record<string, string>>,
): Promise<string> => {
  if (settings.installationId !== undefined) return settings.installationId
  const name = settings.repositories[0] ?? ''
  const path = `/repos/${name}/installation`
  const response = await http.request({ method: 'GET', path, headers, accept: [404] })
  if (response.status === 404)
    throw new RemoteFault('auth', `the GitHub App is not installed where ${name} is`)
  return String(readAs(answers.installation, response.json(), 'the installation of the App').id)
}

export const signInOf = (settings: Settings, common: Readonly<Record<string, string>>): SignIn | null => {
  const { appId, appPrivateKey } = settings
  if (appId === undefined || appPrivateKey === undefined) return null
  return {
    baseUrl: trimmedUrl(settings.url),
    ask: async (http, now) => {
      const token = appToken(appId, appPrivateKey, now())
      const headers = { ...common, authorization: `Bearer ${token}` }
      const installation = await installationOf(http, settings, headers)
      const path = `/app/installations/${installation}/access_tokens`
      const response = await http.request({
        method: 'POST',
        path,
        headers,
        // A token more does no harm.
        effect: 'read',
        accept: [404],
      })
      if (response.status === 404)
        throw new RemoteFault('auth', `GitHub knows no installation ${installation} of this App`)
      const given = readAs(answers.installationToken, response.json(), 'the token of the installation')
      return {
        headers: { authorization: `Bearer ${given.token}` },
        until: new Date(given.expires_at),
      }
    },
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A real OpenID Connect provider on this machine, in which somebody signs in by typing who they are. */
export interface OpenIdProvider {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** What it says of whoever signs in as this login. */
  readonly claims: Map<string, { email?: string; email_verified?: boolean; name?: string }>
  /** Walks a browser's way through it, from the address it is sent to, as `login`; answers where it is sent back to. */
  signIn(url: string, login: string): Promise<string>
  close(): Promise<void>
}

export const startOpenIdProvider = async (redirectUri: string): Promise<OpenIdProvider> => {
  const client = { id: 'causeway', secret: 'a secret of the test provider' }
  const claims: OpenIdProvider['claims'] = new Map()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...claims.get(sub) }) }),
    cookies: { keys: ['a key of the test provider'] },
    pkce: { required: () => true },
  })
  server.on('request', provider.callback())
  return {
    issuer,
    client,
    claims,
    signIn: (url, login) => walk(url, login, redirectUri),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const MOST_STEPS = 20

/** Follows redirects with a jar of cookies, and fills in the two forms that the provider shows. */
const walk = async (start: string, login: string, end: string): Promise<string> => {
  const jar = new Map<string, string>()
  let url = start
  let form: URLSearchParams | null = null
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form === null ? 'GET' : 'POST',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { body: form }),
    })
    form = null
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2)
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to !== null) {
      url = new URL(to, url).href
      if (url.startsWith(end)) return url
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined)
      throw new Error(`the provider shows no form: ${answer.status} ${page.slice(0, 300)}`)
    url = new URL(action, url).href
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? 'login'
    form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) })
  }
  throw new Error('the provider leads round in circles')
}

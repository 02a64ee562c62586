import { once } from 'node:events'
import { createServer } from 'node:http'
import { createEmulator } from 'emulate'
import { afterEach, expect, it } from 'vitest'
import { openHttp } from '../../src/connectors/http.ts'
import { documents } from '../../src/connectors/linear/documents.ts'
import { linear } from '../../src/connectors/linear/index.ts'
import type { Settings } from '../../src/connectors/linear/settings.ts'
import { bytesOf } from './case.ts'

/**
 * An emulator of Linear that others wrote. Its schema lacks much that our questions ask for (attachments, relations,
 * releases, what is archived), so a session cannot be had with it; but signing in and its signed webhooks can.
 */

const SECRET = 'secret of the emulated webhook'
const APP = { clientId: 'an-app', clientSecret: 'a-secret' } as const
const seed = {
  linear: {
    users: [{ email: 'causeway@example.com', name: 'Causeway', admin: true }],
    teams: [{ key: 'ENG', name: 'Engineering', states: [{ name: 'Todo', type: 'unstarted' }] }],
    oauth_apps: [
      {
        client_id: APP.clientId,
        client_secret: APP.clientSecret,
        name: 'Causeway',
        redirect_uris: [],
        scopes: ['read', 'write', 'admin'],
        actor: 'app',
      },
    ],
  },
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const signedIn = async (more: Partial<Settings> = {}) => {
  const emulator = await createEmulator({ service: 'linear', port: 0, seed })
  closing.push(() => emulator.close())
  const api = emulator.url.replace('localhost', '127.0.0.1')
  const settings: Settings = {
    ...{ ...APP, scopes: 'read,write,admin', teams: ['ENG'], webhookSecret: SECRET },
    ...{ causewayUrl: 'https://causeway.example.com', addresses: { api }, ...more },
  }
  const http = openHttp({
    ...{ baseUrl: api, headers: () => ({}), signIn: linear.signIn?.(settings) ?? null },
    ...{ now: () => new Date(), allowPrivate: [new URL(api).host] },
  })
  closing.push(() => http.close())
  const ask = async (query: string, variables: unknown = {}): Promise<unknown> =>
    (await http.request({ method: 'POST', path: '/graphql', json: { query, variables } })).json()
  return { settings, ask }
}

it('signs in at an emulator with the credentials of an application', async () => {
  const { ask } = await signedIn()
  expect(await ask('{ viewer { id } }')).toMatchObject({ data: { viewer: { id: expect.any(String) } } })
})

it('reads the webhook that an emulator signs and posts, and takes none of another secret', async () => {
  const { settings, ask } = await signedIn()
  const receiver = createServer().listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  closing.push(async () => receiver.close())
  const at = receiver.address()
  const url = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook`

  const teams = await ask('{ teams { nodes { id } } }')
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(teams))?.[1]
  const input = {
    url,
    teamId: id,
    resourceTypes: ['Issue'],
    secret: SECRET,
    enabled: true,
    label: 'Causeway',
  }
  expect(await ask(documents.webhookCreate, { input })).toMatchObject({
    data: { webhookCreate: { success: true } },
  })

  const posted = once(receiver, 'request')
  const creating = ask(
    'mutation($input: IssueCreateInput!) { issueCreate(input: $input) { issue { id } } }',
    {
      input: { teamId: id, title: 'From the emulator' },
    },
  )
  const [request, response] = await posted
  const bytes = await bytesOf(request)
  response.end()
  const made = /"id":"([^"]+)"/.exec(JSON.stringify(await creating))?.[1]

  const delivery = { bytes, headers: request.headers, now: new Date() }
  expect(linear.webhook?.(delivery, settings)).toMatchObject({
    outcome: 'hints',
    refs: [{ id: made }],
    deliveryId: request.headers['linear-delivery'],
  })
  expect(linear.webhook?.(delivery, { ...settings, webhookSecret: 'another' })).toMatchObject({ status: 401 })
})

import { said } from '../../lib/said.ts'
import type { HookState } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { answers, readAs, type WireAppHook } from './answers.ts'
import type { JiraClient } from './client.ts'
import { isCloud, type JiraSettings } from './settings.ts'

/**
 * The webhook that Jira keeps for us. An administrator registers one that is signed and stays (`/rest/webhooks/1.0`);
 * an OAuth app registers its own, which expire after 30 days unless they are refreshed (`/rest/api/3/webhook`). Which of
 * the two follows from the credentials. Only the webhook with our address is touched.
 */

const NAME = 'Causeway'
const ADMIN_EVENTS = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'comment_created',
  'comment_updated',
  'comment_deleted',
  'jira:version_released',
  'jira:version_unreleased',
  'jira:version_created',
  'jira:version_updated',
]
const APP_EVENTS = ADMIN_EVENTS.filter((name) => !name.startsWith('jira:version'))
const RENEW_MS = 10 * 24 * 60 * 60_000
const MAX_HOOKS = 500
const ADMIN_PATH = '/rest/webhooks/1.0/webhook'
const REFUSED = [401, 403, 404]

const jqlOf = ({ projects }: JiraSettings): string =>
  `project in (${projects.map((key) => `"${key}"`).join(', ')})`

const usesApp = (settings: JiraSettings): boolean =>
  isCloud(settings) && (settings.clientId ?? '') !== '' && (settings.clientSecret ?? '') !== ''

const rings = (did: HookState['did'], until: Date | null = null): HookState => ({ did, until, problem: null })
const refused = (problem: string): HookState => ({ did: 'nothing', until: null, problem })

// ---- of an administrator -----------------------------------------------------------------------------------

/** null: the account may not see them. */
const adminHooks = async (client: JiraClient) => {
  const response = await client.ask({ method: 'GET', path: ADMIN_PATH, accept: REFUSED })
  return response.status >= 400 ? null : readAs(answers.adminHooks, response.json(), 'webhooks')
}

/** `self` ends with its number; the rest of it is not trusted. */
const adminPath = (self: string): string => {
  const id = /\/(\d{1,18})$/.exec(self)?.[1]
  if (id === undefined) throw new RemoteFault('down', 'Jira’s webhook has an address without a number')
  return `${ADMIN_PATH}/${id}`
}

const keepAdminHook = async (
  client: JiraClient,
  settings: JiraSettings,
  address: string,
): Promise<HookState> => {
  const secret = settings.webhookSecret ?? ''
  if (secret === '') return refused(said`Without a webhook secret in the settings no webhook is registered.`)
  const hooks = await adminHooks(client)
  if (hooks === null)
    return refused(
      said`The account is no administrator of Jira, so it cannot register the webhook: an administrator does it once, as the guide says.`,
    )
  const own = hooks.find((each) => each.url === address)
  const json = {
    name: NAME,
    url: address,
    events: ADMIN_EVENTS,
    filters: { 'issue-related-events-section': jqlOf(settings) },
    excludeBody: false,
    secret,
  }
  if (own === undefined) {
    await client.change({ method: 'POST', path: ADMIN_PATH, json }, 'the webhook')
    return rings('registered')
  }
  const isComplete = ADMIN_EVENTS.every((each) => own.events?.includes(each) ?? true)
  if (own.enabled !== false && isComplete) return rings('nothing')
  const enabled = { ...json, enabled: true }
  await client.change({ method: 'PUT', path: adminPath(own.self), json: enabled }, 'the webhook')
  return rings('enabled')
}

// ---- of an OAuth app ---------------------------------------------------------------------------------------

/** null: the credentials are no app's. */
const appHooks = async (client: JiraClient, address: string): Promise<readonly WireAppHook[] | null> => {
  const found: WireAppHook[] = []
  while (found.length < MAX_HOOKS) {
    const query = { startAt: found.length, maxResults: 100 }
    const response = await client.ask({
      method: 'GET',
      path: `${client.api}/webhook`,
      query,
      accept: REFUSED,
    })
    if (response.status >= 400) return null
    const { values, isLast } = readAs(answers.appHooks, response.json(), 'webhooks')
    found.push(...values)
    if (isLast !== false || values.length === 0) break
  }
  return found.filter((each) => each.url === address)
}

const dateOf = (expires: WireAppHook['expirationDate']): Date | null => {
  const at = expires === null || expires === undefined ? null : new Date(expires)
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

const keepAppHook = async (
  client: JiraClient,
  settings: JiraSettings,
  address: string,
  now: () => Date,
): Promise<HookState> => {
  const hooks = await appHooks(client, address)
  if (hooks === null)
    return refused(
      said`Jira lets this service account register no webhook: an administrator does it once, as the guide says.`,
    )
  const own = hooks.find((each) => each.jqlFilter === jqlOf(settings))
  if (own === undefined) {
    const json = { url: address, webhooks: [{ events: APP_EVENTS, jqlFilter: jqlOf(settings) }] }
    const response = await client.write(
      { method: 'POST', path: `${client.api}/webhook`, json },
      'the webhook',
    )
    const [made] = client.readAfterWrite(
      answers.appHooksMade,
      response,
      'a webhook',
    ).webhookRegistrationResult
    if (!made?.createdWebhookId)
      throw new RemoteFault(
        'invalid',
        `Jira registers no webhook: ${made?.errors?.join('; ') ?? 'no reason'}`,
      )
    return rings('registered', (await renewed(client, [made.createdWebhookId])) ?? null)
  }
  const until = dateOf(own.expirationDate)
  if (until !== null && until.getTime() - now().getTime() > RENEW_MS) return rings('nothing', until)
  return rings('renewed', await renewed(client, [own.id]))
}

const renewed = async (client: JiraClient, webhookIds: readonly number[]): Promise<Date | null> => {
  const path = `${client.api}/webhook/refresh`
  const response = await client.write({ method: 'PUT', path, json: { webhookIds } }, 'the webhook')
  return dateOf(client.readAfterWrite(answers.refreshed, response, 'a webhook').expirationDate)
}

// ---- both --------------------------------------------------------------------------------------------------

export const keepHook = (
  client: JiraClient,
  settings: JiraSettings,
  address: string,
  now: () => Date,
): Promise<HookState> =>
  usesApp(settings) ? keepAppHook(client, settings, address, now) : keepAdminHook(client, settings, address)

export const dropHook = async (
  client: JiraClient,
  settings: JiraSettings,
  address: string,
): Promise<void> => {
  if (usesApp(settings)) {
    const webhookIds = ((await appHooks(client, address)) ?? []).map((each) => each.id)
    if (webhookIds.length === 0) return
    const path = `${client.api}/webhook`
    await client.change({ method: 'DELETE', path, json: { webhookIds } }, 'the webhook')
    return
  }
  for (const { url, self } of (await adminHooks(client)) ?? [])
    if (url === address) await client.change({ method: 'DELETE', path: adminPath(self) }, 'the webhook')
}

import { timingSafeEqual } from 'node:crypto'
import { said } from '../../lib/said.ts'
import type { HookState } from '../../sync/connector.ts'
import { afterOf, type ZendeskClient } from './client.ts'
import { answers, readAs, type WireWebhook } from './schema.ts'
import { type Settings, webhookSecretOf } from './settings.ts'

/**
 * The webhook that Zendesk keeps for us: found by its address, made when it is missing, switched on again when it is
 * `inactive`. Zendesk makes the signing secret itself and takes none of ours, so a person carries it into the settings
 * once; until then this says so.
 */

/** Everything that changes a snapshot. Each of them comes as a delivery of its own. */
const EVENTS = [
  'agent_assignment_changed',
  'attachment_linked_to_comment',
  'attachment_redacted_from_comment',
  'brand_changed',
  'comment_added',
  'comment_made_private',
  'comment_redacted',
  'created',
  'custom_field_changed',
  'custom_status_changed',
  'external_id_changed',
  'form_changed',
  'group_assignment_changed',
  'marked_as_spam',
  'merged',
  'organization_changed',
  'permanently_deleted',
  'priority_changed',
  'problem_link_changed',
  'requester_changed',
  'soft_deleted',
  'status_changed',
  'subject_changed',
  'tags_changed',
  'task_due_at_changed',
  'type_changed',
  'undeleted',
].map((name) => `zen:event-type:ticket.${name}`)

const MAX_PAGES = 10

const CLOSED_TO_US = said`The account may not manage webhooks in Zendesk: it must be an administrator.`

type Found = WireWebhook | 'none' | 'not allowed'

const find = async (client: ZendeskClient, address: string): Promise<Found> => {
  let after: string | null | undefined
  for (let page = 0; after !== null && page < MAX_PAGES; page += 1) {
    const query = { 'page[size]': 100, 'page[after]': after }
    const response = await client.send({ method: 'GET', path: '/api/v2/webhooks', query, accept: [403] })
    if (response.status === 403) return 'not allowed'
    const answer = readAs(answers.webhooks, response.json(), 'webhooks')
    const ours = answer.webhooks.find(({ endpoint }) => endpoint === address)
    if (ours !== undefined) return ours
    after = afterOf(answer.meta)
  }
  return 'none'
}

const register = async (client: ZendeskClient, address: string): Promise<WireWebhook | 'not allowed'> => {
  const webhook = {
    name: 'Causeway',
    description: 'Tells Causeway that a ticket changed.',
    endpoint: address,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: EVENTS,
  }
  const request = { method: 'POST', path: '/api/v2/webhooks', json: { webhook }, accept: [403] } as const
  const response = await client.send(request)
  if (response.status === 403) return 'not allowed'
  return readAs(answers.webhook, response.json(), 'a new webhook', 'unknown').webhook
}

const enable = async (client: ZendeskClient, id: string): Promise<void> => {
  const json = { webhook: { status: 'active' } }
  await client.send({ method: 'PATCH', path: `/api/v2/webhooks/${id}`, json })
}

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The secret is compared and forgotten: it never stands in a sentence. */
const secretProblem = async (
  client: ZendeskClient,
  settings: Settings,
  id: string,
): Promise<string | null> => {
  const path = `/api/v2/webhooks/${id}/signing_secret`
  const response = await client.send({ method: 'GET', path, accept: [403, 404] })
  if (response.status !== 200)
    return said`Zendesk does not show the signing secret of the webhook to this account, so it cannot be compared.`
  const { secret } = readAs(answers.signingSecret, response.json(), 'a signing secret').signing_secret
  const ours = webhookSecretOf(settings)
  if (ours !== '' && isSame(ours, secret)) return null
  return ours === ''
    ? said`Zendesk has made the signing secret of the webhook: copy it from Admin Center (Apps and integrations, Webhooks, Causeway, Reveal secret) into the settings of this connection.`
    : said`The signing secret in the settings is not the one of the webhook in Zendesk: copy it again from Admin Center (Apps and integrations, Webhooks, Causeway, Reveal secret).`
}

export const keepHook = async (
  client: ZendeskClient,
  settings: Settings,
  address: string,
): Promise<HookState> => {
  const found = await find(client, address)
  const hook = found === 'none' ? await register(client, address) : found
  if (hook === 'not allowed') return { did: 'nothing', until: null, problem: CLOSED_TO_US }
  const isPaused = found !== 'none' && hook.status !== 'active'
  if (isPaused) await enable(client, hook.id)
  const did = found === 'none' ? 'registered' : isPaused ? 'enabled' : 'nothing'
  return { did, until: null, problem: await secretProblem(client, settings, hook.id) }
}

export const dropHook = async (client: ZendeskClient, address: string): Promise<void> => {
  const found = await find(client, address)
  if (found === 'none' || found === 'not allowed') return
  await client.send({ method: 'DELETE', path: `/api/v2/webhooks/${found.id}`, accept: [404] })
}

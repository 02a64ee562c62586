import { createHmac } from 'node:crypto'
import type { FakeAnswer } from './faults.ts'
import type { Context } from './routes.ts'
import { showWebhook, timeOf } from './show.ts'
import { type FakeState, type FakeTicket, type FakeWebhook, nextId } from './state.ts'

/** Webhooks: Zendesk makes their secrets, signs each post with its time, and sends an id with each invocation. */

const json = (status: number, body: unknown): FakeAnswer => ({ status, json: body })

/** For administrators alone. */
const forAdmins =
  (work: (context: Context, ids: readonly string[]) => FakeAnswer) =>
  (context: Context, ids: readonly string[]): FakeAnswer =>
    context.who.role === 'admin' ? work(context, ids) : json(403, { error: 'Forbidden' })

const missing: FakeAnswer = {
  status: 404,
  json: { errors: [{ code: 'WebhookNotFound', title: 'Not found' }] },
}

type Members = Readonly<Record<string, unknown>>

const givenOf = ({ request }: Context): Members => {
  const parsed: unknown = JSON.parse(Buffer.from(request.body).toString('utf8') || '{}')
  const { webhook } = parsed as { webhook?: Members }
  return webhook ?? {}
}

const list = ({ state }: Context): FakeAnswer =>
  json(200, {
    webhooks: state.webhooks.map(showWebhook),
    meta: { has_more: false, after_cursor: null, before_cursor: null },
    links: { next: null, prev: null },
  })

const register = (context: Context): FakeAnswer => {
  const { state } = context
  const given = givenOf(context)
  const id = nextId(state)
  const hook: FakeWebhook = {
    id: `01HOOK${id}`,
    name: String(given['name']),
    endpoint: String(given['endpoint']),
    status: String(given['status']),
    subscriptions: Array.isArray(given['subscriptions']) ? given['subscriptions'].map(String) : [],
    secret: `signing-secret-${id}`,
  }
  state.webhooks.push(hook)
  context.did('webhook', 0)
  return json(201, { webhook: showWebhook(hook) })
}

const withHook =
  (work: (context: Context, hook: FakeWebhook) => FakeAnswer) =>
  (context: Context, [id]: readonly string[]): FakeAnswer => {
    const hook = context.state.webhooks.find((each) => each.id === id)
    return hook === undefined ? missing : work(context, hook)
  }

const patch = withHook((context, hook) => {
  hook.status = String(givenOf(context)['status'] ?? hook.status)
  context.did('webhook', 0)
  return { status: 204 }
})

const remove = withHook((context, hook) => {
  context.state.webhooks.splice(context.state.webhooks.indexOf(hook), 1)
  context.did('webhook', 0)
  return { status: 204 }
})

const secret = withHook((_context, hook) =>
  json(200, { signing_secret: { algorithm: 'SHA256', secret: hook.secret } }),
)

const ONE = /^\/api\/v2\/webhooks\/([\w-]+)$/

export const webhookRoutes = [
  ['GET', /^\/api\/v2\/webhooks$/, forAdmins(list)],
  ['POST', /^\/api\/v2\/webhooks$/, forAdmins(register)],
  ['PATCH', ONE, forAdmins(patch)],
  ['DELETE', ONE, forAdmins(remove)],
  ['GET', /^\/api\/v2\/webhooks\/([\w-]+)\/signing_secret$/, forAdmins(secret)],
] as const

export interface Posted {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** base64(HMAC-SHA256(secret, timestamp + body)). */
export const signed = (
  bytes: Uint8Array,
  signingSecret: string,
  nowMs: number,
  invocation: string,
): Posted => {
  const at = timeOf(nowMs)
  const signature = createHmac('sha256', signingSecret).update(at).update(bytes).digest('base64')
  return {
    bytes,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-zendesk-account-id': '123456',
      'x-zendesk-webhook-id': '01HOOK',
      'x-zendesk-webhook-invocation-id': invocation,
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': at,
    },
  }
}

/** As an event subscription posts it. Ids in it are texts. */
export const eventBody = (state: FakeState, ticket: FakeTicket, type: string, nowMs: number): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      account_id: 123456,
      detail: {
        id: String(ticket.id),
        subject: ticket.subject,
        status: ticket.status.toUpperCase(),
        external_id: ticket.externalId,
        group_id: ticket.groupId === null ? null : String(ticket.groupId),
        updated_at: timeOf(ticket.updatedMs),
      },
      event: {},
      id: `event-${nextId(state)}`,
      subject: `zen:ticket:${ticket.id}`,
      time: new Date(nowMs).toISOString(),
      type: `zen:event-type:ticket.${type}`,
      zendesk_event_version: '2022-11-06',
    }),
  )

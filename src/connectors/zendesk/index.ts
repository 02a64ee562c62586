import type { Capabilities, Connector, SignIn } from '../../sync/connector.ts'
import { CHANGES_SIZE } from './client.ts'
import { answers, readAs } from './schema.ts'
import { sessionOf } from './session.ts'
import {
  credentialsOf,
  DEFAULT_CALLS_PER_SECOND,
  DEFAULT_MAX_ATTACHMENT_MB,
  Settings,
  trimmedUrl,
  webhookSecretOf,
} from './settings.ts'
import { readWebhook } from './webhook.ts'

/** Zendesk Support as a desk, by its Support API. Groups are containers. See README.md. */

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item'],
  create: true,
  // The description is the first comment: it is written with the ticket and refused afterwards.
  writes: [
    'title',
    'description',
    'status',
    'type',
    'container',
    'priority',
    'owner',
    'requester',
    'labels',
    'due',
    'cf:*',
  ],
  comments: { public: true, internal: true, edit: false, delete: false },
  attachments: {
    read: true,
    write: true,
    delete: settings.redactFiles === true,
    maxBytes: (settings.maxAttachmentMb ?? DEFAULT_MAX_ATTACHMENT_MB) * 1024 * 1024,
  },
  links: false,
  transitions: 'workflow',
  webhooks: webhookSecretOf(settings) !== '',
  deletionsSeen: true,
  // Its idempotency keys are sent too, but they are forgotten after two hours and exist for new tickets only.
  idempotency: 'marker',
  // Listed by external id, not searched; the documentation promises nothing about how soon.
  findLagSeconds: 60,
  richText: 'html',
  pageSize: CHANGES_SIZE,
  ratePerSecond: settings.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND,
})

const headers = (settings: Settings): Readonly<Record<string, string>> => {
  const credentials = credentialsOf(settings)
  if (credentials === null || credentials.by === 'client') return {}
  if (credentials.by === 'access token') return { authorization: `Bearer ${credentials.token}` }
  const pair = Buffer.from(`${credentials.email}/token:${credentials.token}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}

const signIn = (settings: Settings): SignIn | null => {
  const credentials = credentialsOf(settings)
  if (credentials?.by !== 'client') return null
  return {
    baseUrl: trimmedUrl(settings),
    ask: async (http, now) => {
      const json = {
        grant_type: 'client_credentials',
        client_id: credentials.id,
        client_secret: credentials.secret,
        scope: 'read write',
      }
      // Asking twice makes two tokens, of which one is used: nothing is lost.
      const response = await http.request({ method: 'POST', path: '/oauth/tokens', json, effect: 'read' })
      const token = readAs(answers.token, response.json(), 'an access token')
      const seconds = token.expires_in ?? null
      return {
        headers: { authorization: `Bearer ${token.access_token}` },
        until: seconds === null ? null : new Date(now().getTime() + seconds * 1000),
      }
    },
  }
}

export const zendesk: Connector<Settings> = Object.freeze({
  id: 'zendesk',
  title: 'Zendesk',
  party: 'desk',
  settings: Settings,
  baseUrl: trimmedUrl,
  headers,
  signIn,
  // Where an attachment's address leads on to: a presigned one, which refuses any other credentials.
  fileHosts: () => [{ host: '*.zdusercontent.com', credentials: false }],
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

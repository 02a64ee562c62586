import type { Capabilities, Connector } from '../../sync/connector.ts'
import { PAGE_SIZE } from './pull.ts'
import { sessionOf } from './session.ts'
import { apiOf, filesOf, hostOf, maxAttachmentBytes, publicWordOf, Settings, uploadsOf } from './settings.ts'
import { headersOf, signInOf } from './sign-in.ts'
import { readWebhook } from './webhook.ts'

/** Linear as a tracker, by its GraphQL API. See README.md. */

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item', 'release'],
  create: true,
  writes: [
    'title',
    'description',
    'status',
    'type',
    'container',
    'priority',
    'owner',
    'component',
    'release',
    'labels',
    'due',
    'cf:*',
  ],
  comments: { public: publicWordOf(settings) !== null, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: maxAttachmentBytes(settings) },
  links: true,
  transitions: 'direct',
  webhooks: (settings.webhookSecret ?? '').trim() !== '',
  deletionsSeen: true,
  idempotency: 'key',
  findLagSeconds: 30,
  richText: 'markdown',
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? 1,
})

export const linear: Connector<Settings> = Object.freeze({
  id: 'linear',
  title: 'Linear',
  party: 'tracker',
  settings: Settings,
  baseUrl: apiOf,
  headers: headersOf,
  signIn: signInOf,
  fileHosts: (settings: Settings) => [
    { host: hostOf(filesOf(settings)), credentials: true },
    { host: hostOf(uploadsOf(settings)), credentials: false },
  ],
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

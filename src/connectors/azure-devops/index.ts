import type { Capabilities, Connector } from '../../sync/connector.ts'
import { BATCH } from './client.ts'
import { sessionOf } from './session.ts'
import { Settings, trimmedUrl } from './settings.ts'
import { headersOf, signInOf } from './sign-in.ts'
import { readWebhook } from './webhook.ts'

/** Azure DevOps Services and Server as a tracker: work items, and iterations as releases where wanted. See README.md. */

const DEFAULT_MAX_ATTACHMENT_MB = 60

const capabilities = (settings: Settings): Capabilities => ({
  records: settings.iterationsAsReleases === true ? ['item', 'release'] : ['item'],
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
    ...(settings.iterationsAsReleases === true ? (['release'] as const) : []),
    'labels',
    'due',
    'cf:*',
  ],
  comments: { public: true, internal: false, edit: true, delete: true },
  attachments: {
    read: true,
    write: true,
    delete: true,
    maxBytes: (settings.maxAttachmentMb ?? DEFAULT_MAX_ATTACHMENT_MB) * 1024 * 1024,
  },
  links: true,
  transitions: 'workflow',
  webhooks: (settings.webhookSecret ?? '') !== '',
  deletionsSeen: true,
  idempotency: 'marker',
  // a single-line text is compared in the database itself, not in the search index
  findLagSeconds: 0,
  richText: 'html',
  pageSize: BATCH,
  ratePerSecond: settings.callsPerSecond ?? 5,
})

export const azureDevops: Connector<Settings> = Object.freeze({
  id: 'azure-devops',
  title: 'Azure DevOps',
  party: 'tracker',
  settings: Settings,
  baseUrl: (settings: Settings) => trimmedUrl(settings.url),
  headers: headersOf,
  signIn: signInOf,
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

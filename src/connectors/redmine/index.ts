import type { Capabilities, Connector } from '../../sync/connector.ts'
import { Settings } from './schema.ts'
import { PAGE_SIZE, sessionOf, trimmedUrl } from './session.ts'

/** Redmine 4 and later as a tracker, by its REST API. It posts nothing, so it is polled. See README.md. */

const DEFAULT_MAX_ATTACHMENT_MB = 5

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
    'due',
    'cf:*',
  ],
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: {
    read: true,
    write: true,
    delete: true,
    maxBytes: (settings.maxAttachmentMb ?? DEFAULT_MAX_ATTACHMENT_MB) * 1024 * 1024,
  },
  links: false,
  transitions: 'workflow',
  webhooks: false,
  deletionsSeen: true,
  idempotency: 'marker',
  richText: settings.richText,
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? 5,
})

const headers = (settings: Settings): Readonly<Record<string, string>> => ({
  'x-redmine-api-key': settings.apiKey,
})

export const redmine: Connector<Settings> = Object.freeze({
  id: 'redmine',
  title: 'Redmine',
  party: 'tracker',
  settings: Settings,
  baseUrl: (settings: Settings) => trimmedUrl(settings.url),
  headers,
  capabilities,
  webhook: null,
  connect: sessionOf,
} satisfies Connector<Settings>)

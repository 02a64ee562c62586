import type { Capabilities, Connector, FileHost } from '../../sync/connector.ts'
import { sessionOf } from './session.ts'
import {
  DEFAULT_CALLS_PER_SECOND,
  maxAttachmentBytesOf,
  PAGE_SIZE,
  Settings,
  webhookSecretOf,
  webOf,
} from './settings.ts'
import { readWebhook } from './webhook.ts'

/** Freshservice as a desk, by its API version 2. Kinds of record, in workspaces where there are any, are containers. */

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item'],
  create: true,
  writes: ['title', 'description', 'status', 'priority', 'owner', 'requester', 'labels', 'due', 'cf:*'],
  // Replies can neither be edited nor taken back from a mailbox: Freshservice refuses, and says so.
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: maxAttachmentBytesOf(settings) },
  links: false,
  transitions: 'direct',
  webhooks: webhookSecretOf(settings) !== '',
  deletionsSeen: true,
  idempotency: 'marker',
  // Listed, not searched; the documentation promises nothing about how soon.
  findLagSeconds: 60,
  richText: 'html',
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND,
})

/** Where the presigned addresses of files lead, by region and age of the account. They want no other credentials. */
const FILE_HOSTS: readonly FileHost[] = [
  { host: '*.freshservice.com', credentials: false },
  { host: '*.amazonaws.com', credentials: false },
]

export const freshservice: Connector<Settings> = Object.freeze({
  id: 'freshservice',
  title: 'Freshservice',
  party: 'desk',
  settings: Settings,
  baseUrl: webOf,
  headers: ({ apiKey }) => ({ authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}` }),
  fileHosts: () => FILE_HOSTS,
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

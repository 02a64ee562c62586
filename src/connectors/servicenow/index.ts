import type { Capabilities, Connector } from '../../sync/connector.ts'
import { connect } from './session.ts'
import { maxAttachmentBytesOf, PAGE_SIZE, Settings, webOf } from './settings.ts'
import { headersOf, signInOf } from './sign-in.ts'
import { readWebhook } from './webhook.ts'

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item'],
  create: true,
  writes: ['title', 'description', 'status', 'owner', 'requester', 'due', 'cf:*'],
  comments: { public: true, internal: true, edit: false, delete: false },
  attachments: { read: true, write: true, delete: true, maxBytes: maxAttachmentBytesOf(settings) },
  links: false,
  // Rules of the table decide; only changes say beforehand what they will allow.
  transitions: 'workflow',
  webhooks: (settings.webhookSecret ?? '') !== '',
  deletionsSeen: true,
  idempotency: 'marker',
  findLagSeconds: 0,
  // Descriptions are plain; journals are plain with islands of HTML, which are read as words.
  richText: 'plain',
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? 5,
})

/** ServiceNow by its Table API: each table is a container, comments are public, work notes internal. */
export const servicenow: Connector<Settings> = Object.freeze({
  id: 'servicenow',
  title: 'ServiceNow',
  party: 'desk',
  settings: Settings,
  baseUrl: webOf,
  headers: headersOf,
  signIn: signInOf,
  capabilities,
  webhook: readWebhook,
  connect,
} satisfies Connector<Settings>)

import type { Capabilities, Connector } from '../../sync/connector.ts'
import { connect } from './client.ts'
import { LIST_SIZE } from './rest.ts'
import {
  DEFAULT_CALLS_PER_SECOND,
  DEFAULT_MAX_ATTACHMENT_BYTES,
  type RequestTrackerSettings,
  settingsSchema,
  webOf,
} from './settings.ts'
import { readWebhook } from './webhook.ts'

const capabilities = (settings: RequestTrackerSettings): Capabilities => ({
  records: ['item'],
  create: true,
  // The description is the first message: it is written at creation and refused afterwards.
  writes: ['title', 'description', 'status', 'container', 'priority', 'owner', 'requester', 'due', 'cf:*'],
  comments: { public: true, internal: true, edit: false, delete: false },
  attachments: {
    read: true,
    write: true,
    delete: false,
    maxBytes: settings.maxAttachmentBytes ?? DEFAULT_MAX_ATTACHMENT_BYTES,
  },
  links: true,
  transitions: 'workflow',
  webhooks: (settings.webhookSecret ?? '') !== '',
  deletionsSeen: true,
  idempotency: 'marker',
  richText: settings.format === 'html' ? 'html' : 'plain',
  pageSize: LIST_SIZE,
  ratePerSecond: settings.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND,
})

/** Request Tracker 5 over REST2: queues are containers, correspondence is public, comments are internal. */
export const requestTracker: Connector<RequestTrackerSettings> = Object.freeze({
  id: 'request-tracker',
  title: 'Request Tracker',
  party: 'desk',
  settings: settingsSchema,
  baseUrl: (settings: RequestTrackerSettings) => `${webOf(settings)}/REST/2.0`,
  headers: (settings: RequestTrackerSettings) => ({ authorization: `token ${settings.token}` }),
  capabilities,
  webhook: readWebhook,
  connect,
})

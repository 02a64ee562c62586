import type { Capabilities, Connector } from '../../sync/connector.ts'
import { LAG_SECONDS, PAGE_SIZE, sessionOf } from '../atlassian/session.ts'
import {
  baseUrlOf,
  DEFAULT_ATTACHMENT_MB,
  fileHostsOf,
  headersOf,
  isCloud,
  signInOf,
} from '../atlassian/settings.ts'
import { readWebhook } from '../atlassian/webhook.ts'
import { Settings } from './schema.ts'

/** Jira as a tracker: Cloud, and Data Center from 9.4. See README.md. What it shares with the desk is in `atlassian/`. */

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item', 'release'],
  create: true,
  writes: [
    'title',
    'description',
    'status',
    'type',
    'priority',
    'owner',
    'requester',
    'component',
    'release',
    'labels',
    'due',
    'cf:*',
  ],
  comments: {
    public: true,
    internal: (settings.internalRole ?? '') !== '' || (settings.internalGroup ?? '') !== '',
    edit: true,
    delete: true,
  },
  attachments: {
    read: true,
    write: true,
    delete: true,
    maxBytes: (settings.maxAttachmentMb ?? DEFAULT_ATTACHMENT_MB) * 1024 * 1024,
  },
  links: true,
  transitions: 'workflow',
  webhooks: true,
  deletionsSeen: true,
  idempotency: 'marker',
  findLagSeconds: isCloud(settings) ? LAG_SECONDS.cloud : LAG_SECONDS.dataCenter,
  richText: isCloud(settings) ? 'adf' : 'wiki',
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? 10,
})

export const jira: Connector<Settings> = Object.freeze({
  id: 'jira',
  title: 'Jira',
  party: 'tracker',
  settings: Settings,
  baseUrl: baseUrlOf,
  headers: headersOf,
  signIn: signInOf,
  fileHosts: fileHostsOf,
  capabilities,
  webhook: readWebhook,
  connect: (settings, http, now) => sessionOf(settings, http, now),
} satisfies Connector<Settings>)

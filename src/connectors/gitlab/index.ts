import type { Capabilities, Connector, FileHost } from '../../sync/connector.ts'
import { labelFieldsOf } from './labels.ts'
import { PAGE_SIZE, sessionOf } from './session.ts'
import { Settings, webOf } from './settings.ts'
import { readWebhook } from './webhook.ts'

/**
 * GitLab, gitlab.com's or one's own, by its REST API (and GraphQL where only that tells). Its issues are work items, or
 * tickets where the Service Desk makes them: the connection says which. See README.md.
 */

const capabilities = (settings: Settings): Capabilities => {
  const mapped = new Set(labelFieldsOf(settings).values())
  const isMapped = (field: 'priority' | 'component') => (mapped.has(field) ? [field] : [])
  return {
    records: settings.releases === 'none' ? ['item'] : ['item', 'release'],
    create: true,
    writes: [
      'title',
      'description',
      'status',
      'type',
      'container',
      ...isMapped('priority'),
      'owner',
      ...isMapped('component'),
      'release',
      'labels',
      'due',
      'cf:*',
    ],
    comments: { public: true, internal: true, edit: true, delete: true },
    attachments: {
      read: true,
      write: true,
      delete: true,
      maxBytes: (settings.maxAttachmentMb ?? 100) * 1024 * 1024,
    },
    links: false,
    transitions: 'direct',
    webhooks: (settings.webhookSecret ?? '') !== '',
    deletionsSeen: true,
    idempotency: 'marker',
    // Issues are listed, not searched.
    findLagSeconds: 0,
    richText: 'markdown',
    pageSize: PAGE_SIZE,
    ratePerSecond: settings.callsPerSecond ?? 3,
  }
}

export const gitlab: Connector<Settings> = Object.freeze({
  id: 'gitlab',
  title: 'GitLab',
  party: 'any',
  settings: Settings,
  baseUrl: webOf,
  headers: ({ token }: Settings) => ({ 'private-token': token }),
  /** An object storage is asked with a presigned address. */
  fileHosts: ({ fileHosts = [] }: Settings): readonly FileHost[] =>
    fileHosts.map((host) => ({ host, credentials: false })),
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

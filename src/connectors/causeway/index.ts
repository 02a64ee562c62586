import type { Capabilities, Connector } from '../../sync/connector.ts'
import { SAME } from './convert.ts'
import { PAGE_SIZE, sessionOf } from './session.ts'
import { baseOf, Settings, secretOf } from './settings.ts'
import { readWebhook } from './webhook.ts'

/** Another installation of Causeway, as far as it shares with us. See README.md. */

/** What the road can carry. What the other side allows of it, it says itself, and refuses the rest in a sentence. */
const capabilities = (settings: Settings): Capabilities => ({
  records: ['item'],
  create: true,
  writes: [...SAME.filter((field) => field !== 'url'), 'status', 'cf:*'],
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: 1024 ** 3 },
  links: false,
  transitions: 'direct',
  webhooks: secretOf(settings) !== '',
  deletionsSeen: true,
  idempotency: 'marker',
  findLagSeconds: 0,
  richText: 'markdown',
  pageSize: PAGE_SIZE,
  ratePerSecond: 10,
})

export const causeway: Connector<Settings> = Object.freeze({
  id: 'causeway',
  title: 'Causeway of another company',
  party: 'any',
  settings: Settings,
  baseUrl: baseOf,
  headers: ({ token }: Settings) => ({ authorization: `Bearer ${token}` }),
  capabilities,
  webhook: readWebhook,
  connect: sessionOf,
} satisfies Connector<Settings>)

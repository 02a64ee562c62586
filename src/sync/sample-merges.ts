import type { Capabilities } from './connector.ts'
import type { HubView } from './hub-view.ts'
import type { Mapping } from './mapping.ts'
import type { Snapshot } from './snapshot.ts'

/** Values for the tests of this folder: a mapping, a tool and the two sides, with nothing in them yet. Nothing imports it at run time. */

export const NO_MAPPING_FOR_TESTS: Mapping = {
  record: 'work item',
  containers: [],
  types: [],
  adopt: false,
  fields: [],
  status: null,
  comments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
  attachments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}

export const ABLE: Capabilities = {
  records: ['item'],
  create: true,
  writes: ['title', 'description', 'status', 'cf:*'],
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: 1_000_000 },
  links: true,
  transitions: 'direct',
  webhooks: true,
  deletionsSeen: true,
  idempotency: 'marker',
  richText: 'plain',
  pageSize: 100,
  ratePerSecond: 10,
}

export const EMPTY_VIEW: HubView = {
  kind: 'work item',
  id: 'w',
  key: 'W-1',
  version: 1,
  fields: {},
  state: 'started',
  comments: [],
  attachments: [],
  links: [],
}

export const EMPTY_SNAPSHOT: Snapshot = {
  ref: { id: '1' },
  kind: 'item',
  key: 'ENG-1',
  url: 'https://tracker.example/1',
  container: 'ENG',
  fields: {},
  statusCategory: null,
  nextStatuses: null,
  comments: [],
  attachments: [],
  links: [],
  people: [],
  createdAt: '2026-03-01T08:00:00Z',
  updatedAt: '2026-03-01T08:00:00Z',
  version: '1',
  createdByUs: true,
}

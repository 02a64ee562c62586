import { expect, it } from 'vitest'
import { makeBlastRadius, type StoredMirror } from './blast-radius.ts'
import type { Mapping } from './mapping.ts'
import { peopleOf } from './people.ts'

const MAPPING: Mapping = {
  record: 'ticket',
  containers: ['support'],
  types: [],
  adopt: true,
  fields: [
    {
      hub: 'severity',
      tool: 'cf:Severity',
      direction: 'both',
      conflict: 'ask',
      values: { High: 'high', Low: 'low' },
    },
  ],
  status: { owner: 'tool', toHub: { new: 'new', stalled: 'open' }, toTool: [] },
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}

const mirror = (status: string): StoredMirror => ({
  capabilities: {
    records: ['item'],
    create: true,
    writes: ['title', 'cf:*'],
    comments: { public: true, internal: true, edit: false, delete: false },
    attachments: { read: true, write: true, delete: false, maxBytes: 1 },
    links: false,
    transitions: 'direct',
    webhooks: false,
    deletionsSeen: true,
    idempotency: 'marker',
    richText: 'plain',
    pageSize: 100,
    ratePerSecond: 1,
  },
  people: peopleOf([], {}),
  party: 'support',
  transitions: null,
  base: {
    fields: { 'severity~cf:Severity': { hub: 'high', tool: 'High', by: 'tool', at: '' } },
    status: { hub: status === 'stalled' ? 'open' : 'new', tool: status },
    links: [],
  },
  elements: [],
  hub: {
    kind: 'ticket',
    id: '1',
    key: 'T-1',
    version: 1,
    fields: { severity: 'high' },
    state: status === 'stalled' ? 'open' : 'new',
    comments: [],
    attachments: [],
    links: [],
  },
  tool: {
    ref: { id: '1' },
    kind: 'item',
    key: '1',
    url: '',
    container: 'support',
    fields: { status, 'cf:Severity': 'High', 'cf:Key': null },
    statusCategory: null,
    nextStatuses: null,
    comments: null,
    attachments: null,
    links: null,
    people: [],
    createdAt: null,
    updatedAt: null,
    version: null,
    createdByUs: false,
  },
  first: 'ask',
  now: '2026-03-02T08:00:00.000Z',
})

it('touches nothing when the mapping says the same, so that applying a file twice is quiet', () => {
  const radius = makeBlastRadius(MAPPING, structuredClone(MAPPING))
  for (const status of ['new', 'stalled', 'new']) radius.add(mirror(status))
  expect(radius.result()).toEqual({ mirrors: 3, touched: 0, fields: [] })
})

it('counts each item whose field would newly be written, because a person decides by that number', () => {
  const more: Mapping = {
    ...MAPPING,
    fields: [...MAPPING.fields, { hub: 'key', tool: 'cf:Key', direction: 'to tool', conflict: 'hub wins' }],
  }
  const radius = makeBlastRadius(MAPPING, more)
  const shown = mirror('new')
  radius.add({ ...shown, hub: { ...shown.hub, fields: { ...shown.hub.fields, key: 'T-1' } } })
  radius.add(mirror('stalled'))
  expect(radius.result()).toEqual({
    mirrors: 2,
    touched: 1,
    fields: [{ field: 'key', here: 0, there: 1, held: 0, asked: 0 }],
  })
})

it('counts statuses that the changed map reads differently, though nobody touched the items', () => {
  const other: Mapping = {
    ...MAPPING,
    status: { owner: 'tool', toHub: { new: 'new', stalled: 'waiting customer' }, toTool: [] },
  }
  const radius = makeBlastRadius(MAPPING, other)
  for (const status of ['new', 'stalled', 'stalled']) radius.add(mirror(status))
  expect(radius.result()).toMatchObject({ mirrors: 3, touched: 2, fields: [{ field: 'state', here: 2 }] })
})

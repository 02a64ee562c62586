import { expect, it } from 'vitest'
import type { Capabilities } from './connector.ts'
import type { Mapping } from './mapping.ts'
import { peopleOf } from './people.ts'
import { emptyView, FIRST_MEETING, preview } from './preview.ts'
import type { Snapshot } from './snapshot.ts'

const CAPABILITIES: Capabilities = {
  records: ['item'],
  create: true,
  writes: ['title', 'priority', 'status'],
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: 1 },
  links: false,
  transitions: 'direct',
  webhooks: false,
  deletionsSeen: true,
  idempotency: 'marker',
  richText: 'plain',
  pageSize: 10,
  ratePerSecond: 1,
}
const MAPPING: Mapping = {
  record: 'work item',
  containers: ['atlas'],
  types: [],
  adopt: true,
  fields: [
    { hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' },
    { hub: 'priority', tool: 'priority', direction: 'both', conflict: 'ask', values: { High: 'P2' } },
    { hub: 'workaround', tool: 'cf:Workaround', direction: 'both', conflict: 'ask' },
  ],
  status: { owner: 'tool', toHub: { New: 'triage' }, toTool: [] },
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}
const shown = (fields: Snapshot['fields']): Snapshot => ({
  ref: { id: '1' },
  kind: 'item',
  key: '#1',
  url: 'https://tool.example/1',
  container: 'atlas',
  fields,
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
})
const linesOf = (fields: Snapshot['fields']) =>
  preview({
    mapping: MAPPING,
    capabilities: CAPABILITIES,
    people: peopleOf([], {}),
    party: 'engineering',
    transitions: null,
    ...FIRST_MEETING,
    hub: emptyView('work item'),
    tool: shown(fields),
    now: '2026-03-02T09:00:00Z',
  }).map(({ field, does, becomes, reason }) => [field, does, becomes, reason])

it('shows what an item that has no record yet would bring, and what of it would wait and why', () => {
  expect(linesOf({ title: 'Export fails', priority: 'Odd', status: 'New' })).toEqual([
    ['title', 'to hub', 'Export fails', null],
    ['priority', 'waits', null, 'priority “Odd” has no counterpart here in the value map of priority.'],
    ['state', 'nothing', null, null],
  ])
})

it('leaves out fields that are empty on both sides, since there is nothing to see', () => {
  expect(linesOf({ title: 'Export fails', status: 'Gone' }).map(([field, does]) => [field, does])).toEqual([
    ['title', 'to hub'],
    ['state', 'waits'],
  ])
})

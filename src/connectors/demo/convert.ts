import type { Description } from '../../sync/connector.ts'
import type { Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { WireDescription, WireItem } from './schema.ts'

/** The demo tool's format → ours. It was made to be close, so little is left to turn. */
export const snapshotOf = (item: WireItem, baseUrl: string): Snapshot => ({
  ref: { id: item.id },
  kind: item.kind,
  key: item.key,
  url: new URL(item.path, baseUrl).href,
  container: item.container,
  fields: fieldsOf(item.fields),
  statusCategory: item.category,
  nextStatuses: item.next,
  comments: item.comments?.map(({ mine, ...comment }) => ({ ...comment, byUs: mine })) ?? null,
  attachments: item.attachments?.map(({ mine, ...attachment }) => ({ ...attachment, byUs: mine })) ?? null,
  links: item.links.map(({ url, title }) => ({ kind: title, url })),
  people: item.people,
  createdAt: item.createdAt,
  updatedAt: item.updatedAt,
  version: item.version,
  createdByUs: item.mine,
})

const STANDARD: readonly string[] = [
  'title',
  'description',
  'status',
  'type',
  'container',
  'priority',
  'owner',
  'requester',
  'component',
  'release',
  'labels',
  'due',
] satisfies readonly ToolField[]

const isToolField = (name: string): name is ToolField => name.startsWith('cf:') || STANDARD.includes(name)

export const fieldsOf = (wire: WireItem['fields']): ToolFields =>
  Object.fromEntries(Object.entries(wire).filter(([name]) => isToolField(name)))

export const descriptionOf = (wire: WireDescription): Description => ({
  containers: wire.containers,
  fields: wire.fields.flatMap(({ field, kind, options }) =>
    isToolField(field) ? [{ field, title: field.replace(/^cf:/, ''), kind, options, writable: true }] : [],
  ),
  statuses: wire.statuses,
  transitions: wire.transitions,
  people: wire.people,
})

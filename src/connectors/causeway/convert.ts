import type { Description } from '../../sync/connector.ts'
import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  StandardToolField,
  ToolField,
  ToolFields,
  ToolValue,
} from '../../sync/snapshot.ts'
import type { WireAbout, WireItem } from './schema.ts'

/** The other Causeway's words ↔ neutral ones. Both sides are ours, so little is left to turn. Pure. */

type WireComment = WireItem['comments'][number]
type WireAttachment = WireItem['attachments'][number]

/** Fields that have the same name in a snapshot; all others are `cf:` and their name. */
export const SAME: readonly StandardToolField[] = [
  'title',
  'description',
  'priority',
  'owner',
  'requester',
  'component',
  'release',
  'url',
]
/** Shows our own key on what we made there, as with every tool. */
const MARKER = 'cf:CausewayKey'

export const toolFieldOf = (name: string): ToolField => SAME.find((same) => same === name) ?? `cf:${name}`

export const wireFields = (fields: ToolFields): Readonly<Record<string, ToolValue>> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field.replace(/^cf:/, ''), value ?? null]),
  )

/** An address where a name has none: a person is then known without a line in the mapping. */
const personOf = (id: string, name: string): RemotePerson => ({
  id,
  name,
  email: /^\S+@\S+$/.test(id) ? id : null,
})
const authorOf = (author: WireComment['author']): RemotePerson | null =>
  author === null ? null : personOf(author.id, author.name)

const commentOf = ({ id, visibility, text, at, editedAt, ...of }: WireComment): SnapshotComment => ({
  ...{ id, visibility, text, at, editedAt },
  ...{ author: authorOf(of.author), byUs: of.byYou },
})

const attachmentOf = ({ id, name, mediaType, size, ...of }: WireAttachment): SnapshotAttachment => ({
  ...{ id, name, mediaType, size, visibility: of.visibility, commentId: of.commentId, at: of.at },
  ...{ author: authorOf(of.author), byUs: of.byYou },
})

const plainOf = (value: WireItem['fields'][string]): ToolValue =>
  Array.isArray(value) ? [...value].sort() : (value ?? null)

export const snapshotOf = (item: WireItem): Snapshot => {
  const fields: ToolFields = {
    ...Object.fromEntries(
      Object.entries(item.fields).map(([name, value]) => [toolFieldOf(name), plainOf(value)]),
    ),
    ...(item.status === null ? {} : { status: item.status }),
    [MARKER]: item.marker,
  }
  const people = [fields.owner, fields.requester, fields['cf:assignee']].filter(
    (id) => typeof id === 'string' && id !== '',
  )
  return {
    ref: { id: item.id },
    kind: 'item',
    key: item.key,
    url: item.url,
    container: item.container,
    fields,
    statusCategory: item.statusCategory,
    nextStatuses: null,
    comments: item.comments.map(commentOf),
    attachments: item.attachments.map(attachmentOf),
    links: null,
    people: [...new Set(people)].map((id) => personOf(String(id), String(id))),
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    version: item.version,
    createdByUs: item.createdByYou,
  }
}

export const descriptionOf = ({ containers, fields, statuses }: WireAbout): Description => ({
  containers: containers.map(({ id, title }) => ({ id, title, types: [] })),
  fields: [
    ...fields.map(({ field, title, kind, options, writable }) => ({
      ...{ title, kind, options, writable },
      field: toolFieldOf(field),
    })),
    { field: MARKER, title: 'Key here', kind: 'text', options: null, writable: false },
  ],
  statuses: statuses.map(({ word, category }) => ({ word, category })),
  transitions: null,
  people: [],
})

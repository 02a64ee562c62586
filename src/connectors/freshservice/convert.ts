import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  ToolField,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import { isFileNote, isNoDescription, unwrapped } from './body-html.ts'
import type { Names } from './catalog.ts'
import { categoryOf, containerOf, INFO, type Kind, refIdOf } from './kinds.ts'
import type { WireAttachment, WireNote, WireRecord } from './schema.ts'
import { DATES, DEPARTMENT, type Field, type Form, GROUP, type Labels, TEXTS, wordOf } from './words.ts'

/** Freshservice's records as snapshots. Pure. A member that an answer leaves out is absent, never empty. */

export interface Reading {
  /** Without a slash at its end. */
  readonly web: string
  /** The agent we work under. */
  readonly accountId: string
  readonly marker: string
  /** Whether the settings name workspaces: then they are part of containers. */
  readonly byWorkspace: boolean
  readonly names: Names
  readonly form: Form
  readonly people: ReadonlyMap<number, RemotePerson>
}

const isPresent = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

export const workspaceOf = (record: WireRecord, byWorkspace: boolean): number | null =>
  byWorkspace && isPresent(record.workspace_id) && record.workspace_id > 0 ? record.workspace_id : null

const webUrl = (web: string, kind: Kind, id: number): string => `${web}/a/${INFO[kind].plural}/${id}`

/** As people say it: `#SR-12` is a service request, `#INC-12` any other ticket. */
const keyOf = (kind: Kind, record: WireRecord): string =>
  `#${record.type === 'Service Request' ? 'SR' : INFO[kind].prefix}-${record.id}`

const person = (id: number, people: Reading['people']): RemotePerson =>
  people.get(id) ?? { id: String(id), name: `User ${id}`, email: null }

/** UTC, to the second. */
export const timeOf = (text: string): string => new Date(text).toISOString().replace(/\.\d+Z$/, 'Z')

export const agentOf = (kind: Kind, record: WireRecord): number | null | undefined =>
  INFO[kind].agent === 'responder_id' ? record.responder_id : record.agent_id

/** In our words: several options sorted; numbers as text, as Freshservice shows them in some answers and not in others. */
export const customValue = (field: Field, raw: unknown): ToolValue => {
  if (/checkbox/.test(field.type)) return raw === true || raw === 'true'
  if (Array.isArray(raw)) {
    const texts = raw.flatMap((each) =>
      typeof each === 'string' || typeof each === 'number' ? [String(each)] : [],
    )
    return texts.length === 0 ? null : texts.sort()
  }
  if (typeof raw === 'boolean') return raw
  if (typeof raw !== 'string' && typeof raw !== 'number') return null
  const text = String(raw).replace(/\r\n?/g, '\n')
  if (text === '') return null
  return field.type === 'custom_date' ? (/^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? text) : text
}

const fieldsOf = (kind: Kind, record: WireRecord, reading: Reading): ToolFields => {
  const { form, names } = reading
  const fields: Partial<Record<ToolField, ToolValue>> = {
    title: record.subject ?? '',
    status: wordOf(form.choices.status, record.status),
    container: containerOf({ kind, workspace: workspaceOf(record, reading.byWorkspace) }),
    url: webUrl(reading.web, kind, record.id),
  }
  const tell = (field: ToolField, value: unknown, read: () => ToolValue): void => {
    if (value !== undefined) fields[field] = value === null ? null : read()
  }
  const word = (field: ToolField, id: number | null | undefined, labels: Labels): void =>
    tell(field, id, () => wordOf(labels, id ?? 0))
  tell('description', record.description, () => {
    const html = unwrapped(record.description ?? '')
    return isNoDescription(html) ? '' : html
  })
  if (record.description === null) fields.description = ''
  word('priority', record.priority, form.choices.priority)
  const agent = agentOf(kind, record)
  tell('owner', agent, () => String(agent))
  tell('requester', record.requester_id, () => String(record.requester_id))
  if (kind === 'ticket') {
    tell('type', record.type, () => record.type || null)
    tell('labels', record.tags, () => [...new Set(record.tags)].filter((tag) => tag !== '').sort())
    word('cf:urgency', record.urgency, form.choices.urgency)
    word('cf:source', record.source, form.choices.source)
  }
  if (kind !== 'change') tell('due', record.due_by, () => timeOf(record.due_by ?? ''))
  word('cf:impact', record.impact, form.choices.impact)
  if (kind === 'change') {
    word('cf:risk', record.risk, form.choices.risk)
    word('cf:change_type', record.change_type, form.choices.change_type)
    for (const name of DATES) tell(`cf:${name}`, record[name], () => timeOf(record[name] ?? ''))
  }
  word(`cf:${GROUP}`, record.group_id, names.groups)
  word(`cf:${DEPARTMENT}`, record.department_id, names.departments)
  for (const name of TEXTS) tell(`cf:${name}`, record[name], () => record[name] || null)
  for (const [name, value] of Object.entries(record.custom_fields ?? {})) {
    const field = form.byName.get(name)
    if (field !== undefined) fields[`cf:${field.label}`] = customValue(field, value)
  }
  return fields
}

/** Only what says that it is not private is public. Notes of problems and changes are read by agents alone. */
const visibilityOf = (kind: Kind, note: WireNote): Visibility => {
  if (kind !== 'ticket') return 'internal'
  return note.private === true ? 'internal' : note.private === false ? 'public' : 'unknown'
}

const fileOf = (
  file: WireAttachment,
  more: Pick<SnapshotAttachment, 'author' | 'byUs' | 'visibility' | 'commentId' | 'at'>,
): SnapshotAttachment => ({
  id: String(file.id),
  name: file.name || `attachment ${file.id}`,
  mediaType: file.content_type || 'application/octet-stream',
  size: file.size ?? null,
  ...more,
})

interface Told {
  readonly comments: readonly SnapshotComment[]
  readonly attachments: readonly SnapshotAttachment[]
}

const tell = (kind: Kind, record: WireRecord, notes: readonly WireNote[], reading: Reading): Told => {
  const ordered = [...new Map(notes.map((each) => [each.id, each])).values()].sort(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id,
  )
  const authorOf = ({ user_id }: WireNote): RemotePerson | null =>
    isPresent(user_id) ? person(user_id, reading.people) : null
  const byUs = ({ user_id }: WireNote): boolean => String(user_id) === reading.accountId
  const isShown = (note: WireNote): boolean => !(byUs(note) && isFileNote(note))
  const own = (record.attachments ?? []).map((file) =>
    // The requester sees what hangs on the ticket itself; who put it there is not told.
    fileOf(file, {
      author: null,
      byUs: false,
      visibility: kind === 'ticket' ? 'public' : 'internal',
      commentId: null,
      at: file.created_at ?? record.created_at,
    }),
  )
  const hanging = ordered.flatMap((note) =>
    (note.attachments ?? []).map((file) =>
      fileOf(file, {
        author: authorOf(note),
        byUs: byUs(note),
        visibility: visibilityOf(kind, note),
        commentId: isShown(note) ? String(note.id) : null,
        at: file.created_at ?? note.created_at,
      }),
    ),
  )
  return {
    comments: ordered.filter(isShown).map((note) => ({
      id: String(note.id),
      author: authorOf(note),
      byUs: byUs(note),
      visibility: visibilityOf(kind, note),
      text: unwrapped(note.body ?? ''),
      at: note.created_at,
      editedAt: note.updated_at === note.created_at ? null : note.updated_at,
    })),
    attachments: [...new Map([...own, ...hanging].map((each) => [each.id, each])).values()],
  }
}

/** Numbers of the people that a record and its notes name. */
export const peopleIn = (kind: Kind, record: WireRecord, notes: readonly WireNote[]): readonly number[] =>
  [agentOf(kind, record), record.requester_id, ...notes.map(({ user_id }) => user_id)].filter(isPresent)

export const isMarked = (record: WireRecord, marker: string): boolean => markerOf(record, marker) !== ''

export const markerOf = (record: WireRecord, marker: string): string => {
  const value = Object.entries(record.custom_fields ?? {}).find(([name]) => name === marker)?.[1]
  return typeof value === 'string' ? value.trim() : ''
}

/** `notes`: null when only listed. */
export const recordSnapshot = (
  kind: Kind,
  record: WireRecord,
  notes: readonly WireNote[] | null,
  reading: Reading,
): Snapshot => {
  const told = notes === null ? null : tell(kind, record, notes, reading)
  const named = [...new Set(peopleIn(kind, record, []))]
  return {
    ref: { id: refIdOf(kind, record.id) },
    kind: 'item',
    key: keyOf(kind, record),
    url: webUrl(reading.web, kind, record.id),
    container: containerOf({ kind, workspace: workspaceOf(record, reading.byWorkspace) }),
    fields: fieldsOf(kind, record, reading),
    statusCategory: categoryOf(kind, record.status, wordOf(reading.form.choices.status, record.status)),
    nextStatuses: null,
    comments: told?.comments ?? null,
    attachments: told?.attachments ?? null,
    links: null,
    people: named.map((id) => person(id, reading.people)),
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    version: record.updated_at,
    // Who made a record is not told; one that holds our marker is ours.
    createdByUs: isMarked(record, reading.marker),
  }
}

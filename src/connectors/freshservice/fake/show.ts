import { textOf } from './html.ts'
import type { FakeFile, FakeNote, FakePerson, FakeRecord, FakeState } from './state.ts'

/** Things as Freshservice's answers show them. */

/** To the second, in UTC. */
export const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** How long the address of a file is good. */
export const FILE_ADDRESS_MS = 5 * 60_000

/** `base`: where it can be reached; `nowMs`: files have addresses that expire. */
export interface Showing {
  readonly state: FakeState
  readonly base: string
  readonly nowMs: number
}

const showFile = ({ base, nowMs }: Showing, file: FakeFile) => ({
  id: file.id,
  content_type: file.mediaType,
  size: file.bytes.length,
  name: file.name,
  attachment_url: `${base}/files/${file.id}?expires=${nowMs + FILE_ADDRESS_MS}`,
  created_at: timeOf(file.atMs),
  updated_at: timeOf(file.atMs),
})

export const showNote = (showing: Showing, record: FakeRecord, note: FakeNote) => ({
  id: note.id,
  user_id: note.userId,
  body: note.html,
  body_text: textOf(note.html),
  created_at: timeOf(note.atMs),
  updated_at: timeOf(note.updatedMs),
  ...(record.kind === 'ticket'
    ? {
        ticket_id: record.id,
        source: note.source,
        incoming: showing.state.people.some(({ id, isAgent }) => id === note.userId && !isAgent),
        private: note.isPrivate,
        to_emails: [],
        support_email: null,
        attachments: note.files.map((file) => showFile(showing, file)),
      }
    : { notify_emails: [] }),
})

export const showAgent = (person: FakePerson) => ({
  id: person.id,
  first_name: person.first,
  last_name: person.last,
  email: person.email,
  active: true,
})

export const showRequester = (person: FakePerson) => ({
  id: person.id,
  first_name: person.first,
  last_name: person.last,
  primary_email: person.email,
  active: true,
})

const requesterOf = ({ state }: Showing, record: FakeRecord) => {
  const found = state.people.find(({ id }) => id === record.members['requester_id'])
  return found === undefined
    ? null
    : { id: found.id, name: `${found.first} ${found.last}`, email: found.email, mobile: null, phone: null }
}

const NOT_IN_LISTS = ['urgency', 'impact', 'tags']

/** `include`: what was asked for beside. Lists show less of a ticket than its own answer. */
export const showRecord = (
  showing: Showing,
  record: FakeRecord,
  include: readonly string[],
  isListed: boolean,
) => {
  const { tags, ...others } = record.members
  const members = Object.fromEntries(
    Object.entries(others).filter(
      ([name]) => !(isListed && record.kind === 'ticket' && NOT_IN_LISTS.includes(name)),
    ),
  )
  const description = String(others['description'] ?? '')
  return {
    ...members,
    id: record.id,
    workspace_id: record.workspaceId,
    description_text: textOf(description),
    custom_fields: record.custom,
    created_at: timeOf(record.createdMs),
    updated_at: timeOf(record.updatedMs),
    ...(record.isDeleted ? { deleted: true } : { deleted: false }),
    ...(isListed ? {} : { attachments: record.files.map((file) => showFile(showing, file)) }),
    ...(include.includes('tags') ? { tags } : {}),
    ...(include.includes('requester') ? { requester: requesterOf(showing, record) } : {}),
  }
}

import { INFO, KINDS, type Kind } from '../kinds.ts'
import type { FakeAnswer } from './faults.ts'
import { kept } from './html.ts'
import { listRecords, paged, refused } from './lists.ts'
import { type Showing, showAgent, showNote, showRecord, showRequester } from './show.ts'
import { type FakeFile, type FakeNote, type FakeRecord, nextId, recordOf, US } from './state.ts'
import { createRecord, type Params, updateRecord, type Written } from './write.ts'

/** The calls of version 2 of the API that a connector makes, and what Freshservice answers to them. */

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Uint8Array
  /** Of a multipart body. */
  readonly form: FormData | null
}

export type Deed = 'create' | 'update' | 'comment' | 'attach' | 'edit' | 'remove'

/** What differs from account to account. */
export interface FakeHabits {
  /** Takes `order_by` with tickets. */
  readonly listsByTime: boolean
  /** Shows tags beside listed tickets. */
  readonly listsTags: boolean
  readonly hasPriorityMatrix: boolean
  /** A workflow that turns private notes into public ones. */
  readonly publishesNotes: boolean
}

export interface Context extends Showing {
  readonly request: FakeRequest
  readonly habits: FakeHabits
  /** Notes an accepted change, and rings for it. */
  readonly did: (deed: Deed, record: FakeRecord) => void
  /** The bytes of a multipart file. */
  readonly uploads: readonly {
    readonly name: string
    readonly mediaType: string
    readonly bytes: Uint8Array
  }[]
}

const MAX_FILES_BYTES = 15 * 1024 * 1024

const json = (status: number, body: unknown): FakeAnswer => ({ status, json: body })
const notFound: FakeAnswer = { status: 404 }
const done: FakeAnswer = { status: 204 }
/** What lies in the trash can be read, and nothing else. */
const inTrash: FakeAnswer = { status: 405, json: { message: 'PUT method is not allowed.' } }

const bodyOf = ({ body }: FakeRequest): Params => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

// ---- records ------------------------------------------------------------------------------------------------

const INCLUDES = ['tags', 'conversations', 'requester', 'stats', 'problem', 'assets', 'change', 'department']

const show = (context: Context, record: FakeRecord): FakeAnswer => {
  const include = (context.request.query.get('include') ?? '').split(',').filter((each) => each !== '')
  if (include.some((each) => !INCLUDES.includes(each)))
    return refused([
      {
        field: 'include',
        message: `It should be one of these values: '${INCLUDES.join(', ')}'`,
        code: 'invalid_value',
      },
    ])
  return json(200, { [record.kind]: showRecord(context, record, include, false) })
}

const written = (context: Context, result: Written, deed: Deed): FakeAnswer => {
  if (!result.ok) return refused(result.errors)
  context.did(deed, result.record)
  const status = deed === 'create' ? 201 : 200
  return json(status, { [result.record.kind]: showRecord(context, result.record, [], false) })
}

// ---- notes --------------------------------------------------------------------------------------------------

const noteAnswer = (context: Context, record: FakeRecord, note: FakeNote, status: number): FakeAnswer =>
  json(status, {
    [record.kind === 'ticket' ? 'conversation' : 'note']: showNote(context, record, note),
  })

const filesOf = (record: FakeRecord): readonly FakeFile[] => [
  ...record.files,
  ...record.notes.flatMap(({ files }) => files),
]

const addNote = (context: Context, record: FakeRecord, source: 0 | 2): FakeAnswer => {
  const { state, request, nowMs, uploads, habits } = context
  const given = request.form === null ? bodyOf(request) : Object.fromEntries(request.form)
  const html = String(given['body'] ?? '')
  if (html.trim() === '')
    return refused([{ field: 'body', message: 'It should not be blank', code: 'invalid_value' }])
  const sizes = [...uploads.map(({ bytes }) => bytes), ...filesOf(record).map(({ bytes }) => bytes)]
  if (sizes.reduce((sum, { length }) => sum + length, 0) > MAX_FILES_BYTES)
    return refused([
      { field: 'attachments', message: 'The total size should not exceed 15 MB', code: 'invalid_size' },
    ])
  const files = uploads.map((upload): FakeFile => {
    const file = { id: nextId(state), atMs: nowMs, ...upload }
    state.files.set(file.id, file)
    return file
  })
  const wantsPrivate = String(given['private'] ?? 'true') !== 'false'
  const note: FakeNote = {
    ...{ id: nextId(state), userId: US, html: kept(html), source, files },
    // A note is private unless it is called public; a reply never is.
    isPrivate: source === 2 && wantsPrivate && !habits.publishesNotes,
    ...{ atMs: nowMs, updatedMs: nowMs },
  }
  record.notes.push(note)
  record.updatedMs = nowMs
  context.did(files.length > 0 ? 'attach' : 'comment', record)
  return noteAnswer(context, record, note, 201)
}

const changeNote = (context: Context, record: FakeRecord, note: FakeNote): FakeAnswer => {
  const { request, nowMs } = context
  if (request.method === 'DELETE') {
    record.notes = record.notes.filter((each) => each !== note)
    record.updatedMs = nowMs
    context.did('remove', record)
    return done
  }
  if (note.source === 0)
    return refused([{ field: 'body', message: 'Only notes can be edited', code: 'invalid_value' }])
  note.html = kept(String(bodyOf(request)['body'] ?? ''))
  note.updatedMs = nowMs
  record.updatedMs = nowMs
  context.did('edit', record)
  return noteAnswer(context, record, note, 200)
}

const conversation = (context: Context, id: number): { record: FakeRecord; note: FakeNote } | null => {
  for (const record of context.state.records)
    for (const note of record.notes) if (record.kind === 'ticket' && note.id === id) return { record, note }
  return null
}

const conversationRoute = (context: Context, id: number, fileId: number | null): FakeAnswer => {
  const found = conversation(context, id)
  if (found === null) return notFound
  if (found.record.isDeleted) return inTrash
  if (fileId === null) return changeNote(context, found.record, found.note)
  const left = found.note.files.filter((file) => file.id !== fileId)
  if (left.length === found.note.files.length) return notFound
  found.note.files = left
  found.record.updatedMs = context.nowMs
  context.did('remove', found.record)
  return done
}

const belowRecord = (context: Context, record: FakeRecord, what: string, id: number | null): FakeAnswer => {
  const { method } = context.request
  const list = record.kind === 'ticket' ? 'conversations' : 'notes'
  if (method === 'GET' && what === list && id === null) {
    const { rows, headers } = paged(context, record.notes)
    return {
      ...json(200, { [list]: rows.map((note) => showNote(context, record, note)) }),
      headers,
    }
  }
  if (record.isDeleted) return inTrash
  if (method === 'POST' && what === 'notes' && id === null) return addNote(context, record, 2)
  if (method === 'POST' && what === 'reply' && record.kind === 'ticket') return addNote(context, record, 0)
  if (what === 'notes' && id !== null && record.kind !== 'ticket') {
    const note = record.notes.find((each) => each.id === id)
    return note === undefined ? notFound : changeNote(context, record, note)
  }
  if (method === 'DELETE' && what === 'attachments' && record.files.some((file) => file.id === id)) {
    record.files = record.files.filter((file) => file.id !== id)
    record.updatedMs = context.nowMs
    context.did('remove', record)
    return done
  }
  return notFound
}

// ---- all ----------------------------------------------------------------------------------------------------

const names = (context: Context, plural: string, rows: readonly unknown[]): FakeAnswer => {
  const { rows: shown, headers } = paged(context, rows)
  return { ...json(200, { [plural]: shown }), headers }
}

const catalog = (context: Context): FakeAnswer | null => {
  const { state, request } = context
  switch (request.path) {
    case '/api/v2/agents': {
      const email = request.query.get('email')
      const agents = state.people.filter((each) => each.isAgent && (email === null || each.email === email))
      return names(context, 'agents', agents.map(showAgent))
    }
    case '/api/v2/groups':
      return names(context, 'groups', state.groups)
    case '/api/v2/departments':
      return names(context, 'departments', state.departments)
    case '/api/v2/workspaces':
      return names(context, 'workspaces', state.workspaces)
    default:
      return null
  }
}

const byKind = (kind: Kind, context: Context): FakeAnswer | null => {
  const { state, request, nowMs } = context
  const { plural } = INFO[kind]
  if (request.path === `/api/v2/${kind}_form_fields`)
    return json(200, { [`${kind}_fields`]: state.forms[kind].map((each, at) => ({ id: 600 + at, ...each })) })
  const [, found, what, below] =
    new RegExp(`^/api/v2/${plural}(?:/(\\d+)(?:/(\\w+)(?:/(\\d+))?)?)?$`).exec(request.path) ?? []
  if (!new RegExp(`^/api/v2/${plural}(?:/|$)`).test(request.path)) return null
  if (found === undefined) {
    if (request.path !== `/api/v2/${plural}`) return notFound
    return request.method === 'POST'
      ? written(context, createRecord(state, kind, bodyOf(request), nowMs), 'create')
      : listRecords(context, kind, plural)
  }
  const record = recordOf(state, kind, Number(found))
  if (record === null) return notFound
  if (what !== undefined)
    return belowRecord(context, record, what, below === undefined ? null : Number(below))
  if (request.method === 'GET') return show(context, record)
  if (record.isDeleted) return inTrash
  return written(context, updateRecord(state, record, bodyOf(request), nowMs, context.habits), 'update')
}

/** Presigned: good for a while, for whoever has it. */
const fileRoute = ({ state, request, nowMs }: Context): FakeAnswer => {
  const file = state.files.get(Number(request.path.split('/').at(-1)))
  if (Number(request.query.get('expires')) < nowMs)
    return { status: 403, bytes: Buffer.from('<Error><Code>AccessDenied</Code></Error>') }
  if (file === undefined) return notFound
  return { status: 200, bytes: file.bytes, headers: { 'content-type': file.mediaType } }
}

export const answer = (context: Context): FakeAnswer => {
  const { path } = context.request
  if (path.startsWith('/files/')) return fileRoute(context)
  const found = /^\/api\/v2\/conversations\/(\d+)(?:\/attachments\/(\d+))?$/.exec(path)
  if (found !== null)
    return conversationRoute(context, Number(found[1]), found[2] === undefined ? null : Number(found[2]))
  const requester = /^\/api\/v2\/requesters\/(\d+)$/.exec(path)
  if (requester !== null) {
    const person = context.state.people.find(({ id, isAgent }) => id === Number(requester[1]) && !isAgent)
    return person === undefined ? notFound : json(200, { requester: showRequester(person) })
  }
  const named = catalog(context)
  if (named !== null) return named
  for (const kind of KINDS) {
    const given = byKind(kind, context)
    if (given !== null) return given
  }
  return notFound
}

import type { Kind } from '../kinds.ts'
import { kept } from './html.ts'
import {
  AGENT,
  type FakeFile,
  type FakeRecord,
  type FakeState,
  nextId,
  REQUESTER,
  recordOf,
  WORKSPACE,
} from './state.ts'
import { createRecord, type Params, updateRecord, type Written } from './write.ts'

/** What agents and requesters do in Freshservice's own screens. An impossible deed throws: it is a mistake of the test. */
export interface FakePeople {
  /** Answers the record's number. */
  create(kind: Kind, subject: string, more?: Params): number
  edit(kind: Kind, id: number, params: Params): void
  note(kind: Kind, id: number, html: string, isPublic: boolean, by?: number): void
  attach(id: number, name: string, bytes: Uint8Array): void
  /** Onto the ticket itself. */
  attachToTicket(id: number, name: string, bytes: Uint8Array): void
  move(kind: Kind, id: number, workspaceId: number): void
  remove(kind: Kind, id: number): void
}

const NEEDED: Readonly<Record<Kind, Params>> = {
  ticket: { status: 2, priority: 1 },
  problem: { status: 1, priority: 1, impact: 1, due_by: '2026-02-01T09:00:00Z' },
  change: {
    ...{ status: 1, priority: 1, impact: 1, risk: 1, change_type: 1 },
    planned_start_date: '2026-02-01T09:00:00Z',
    planned_end_date: '2026-02-01T11:00:00Z',
  },
}

export const peopleOf = (
  state: FakeState,
  nowMs: () => number,
  changed: (record: FakeRecord) => void,
): FakePeople => {
  const the = (kind: Kind, id: number): FakeRecord => {
    const found = recordOf(state, kind, id)
    if (found === null) throw new Error(`there is no ${kind} ${id}`)
    return found
  }
  const must = (written: Written): FakeRecord => {
    if (written.ok) return written.record
    throw new Error(`Freshservice would refuse this: ${JSON.stringify(written.errors)}`)
  }
  const touch = (record: FakeRecord): void => {
    record.updatedMs = nowMs()
    changed(record)
  }
  const fileOf = (name: string, bytes: Uint8Array): FakeFile => {
    const id = nextId(state)
    const file = { id, name, mediaType: 'application/octet-stream', bytes, atMs: nowMs() }
    state.files.set(id, file)
    return file
  }
  const note = (
    record: FakeRecord,
    html: string,
    isPublic: boolean,
    userId: number,
    files: FakeFile[],
  ): void => {
    const [id, atMs] = [nextId(state), nowMs()]
    record.notes.push({
      ...{ id, userId, atMs, updatedMs: atMs, source: 2, files },
      html: kept(html),
      isPrivate: !isPublic,
    })
    touch(record)
  }
  return {
    create: (kind, subject, more = {}) => {
      const params = {
        subject,
        description: `<p>${subject}</p>`,
        requester_id: REQUESTER,
        workspace_id: WORKSPACE,
        ...NEEDED[kind],
        ...more,
      }
      const made = must(createRecord(state, kind, params, nowMs()))
      changed(made)
      return made.id
    },
    edit: (kind, id, params) => changed(must(updateRecord(state, the(kind, id), params, nowMs()))),
    note: (kind, id, html, isPublic, by = AGENT) => note(the(kind, id), html, isPublic, by, []),
    attach: (id, name, bytes) => note(the('ticket', id), 'See the file', true, AGENT, [fileOf(name, bytes)]),
    attachToTicket: (id, name, bytes) => {
      const record = the('ticket', id)
      record.files.push(fileOf(name, bytes))
      touch(record)
    },
    move: (kind, id, workspaceId) => {
      const record = the(kind, id)
      record.workspaceId = workspaceId
      touch(record)
    },
    remove: (kind, id) => {
      const record = the(kind, id)
      record.isDeleted = true
      touch(record)
    },
  }
}

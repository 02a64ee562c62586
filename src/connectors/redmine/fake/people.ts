import type { FakeIssue, FakeState, FakeUser } from './state.ts'
import {
  addUpload,
  createIssue,
  editNote,
  type Params,
  updateIssue,
  updateVersion,
  type Written,
} from './write.ts'

/**
 * What people do in the pretended Redmine's own screens, in Redmine's own parameters. `by` is a login; default: the
 * developer. An impossible deed throws: it is a mistake of the test.
 */
export interface FakePeople {
  /** Answers the id of the new issue; default project atlas. */
  create(params: Params, by?: string): number
  edit(issueId: number, params: Params, by?: string): void
  comment(issueId: number, notes: string, more?: { readonly isPrivate?: boolean; readonly by?: string }): void
  editNote(issueId: number, journalId: number, notes: string): void
  attach(issueId: number, filename: string, bytes: Uint8Array, by?: string): void
  move(issueId: number, identifier: string, by?: string): void
  relate(fromId: number, toId: number, type: string): void
  /** A copy with all its custom fields, our marker among them. */
  clone(issueId: number, by?: string): number
  delete(issueId: number): void
  editVersion(versionId: number, params: Params): void
  createVersion(name: string, dueDate: string | null): number
}

const must = <T>(written: Written<T>): T => {
  if (written.ok) return written.value
  throw new Error(`Redmine would refuse this: ${written.errors.join('; ')}`)
}

export const peopleOf = (state: FakeState, nowMs: () => number): FakePeople => {
  const user = (login: string): FakeUser => {
    const found = state.users.find((each) => each.login === login)
    if (found === undefined) throw new Error(`nobody is called ${login}`)
    return found
  }
  const issue = (id: number): FakeIssue => {
    const found = state.issues.get(id)
    if (found === undefined) throw new Error(`there is no issue ${id}`)
    return found
  }
  const edit = (id: number, params: Params, by = 'dora'): void => {
    must(updateIssue(state, issue(id), params, user(by), nowMs()))
  }
  const create = (params: Params, by = 'dora'): number =>
    must(createIssue(state, { project_id: 'atlas', ...params }, user(by), nowMs())).id

  return {
    create,
    edit,
    comment: (id, notes, more = {}) => edit(id, { notes, private_notes: more.isPrivate ?? false }, more.by),
    editNote: (id, journalId, notes) => editNote(issue(id), journalId, notes),
    attach: (id, filename, bytes, by = 'dora') => {
      const { token } = addUpload(state, filename, bytes, user(by), nowMs())
      edit(id, { uploads: [{ token, filename }] }, by)
    },
    move: (id, identifier, by) => edit(id, { project_id: identifier }, by),
    relate: (fromId, toId, type) => {
      state.relations.push({ id: state.relations.length + 1, fromId, toId, type })
    },
    clone: (id, by) => {
      const { subject, description, custom } = issue(id)
      return create(
        { subject, description, custom_fields: [...custom].map(([field, value]) => ({ id: field, value })) },
        by,
      )
    },
    delete: (id) => {
      state.issues.delete(issue(id).id)
    },
    editVersion: (id, params) => {
      const version = state.versions.get(id)
      if (version === undefined) throw new Error(`there is no version ${id}`)
      must(updateVersion(version, params, nowMs()))
    },
    createVersion: (name, dueDate) => {
      state.lastId.version += 1
      const id = state.lastId.version
      state.versions.set(id, {
        id,
        projectId: 1,
        name,
        description: '',
        status: 'open',
        dueDate,
        createdMs: nowMs(),
        updatedMs: nowMs(),
      })
      return id
    },
  }
}

import type { FakeIssue, FakeProject, FakeState, FakeUser } from './state.ts'
import { issueAt, newId, SUPPORT_BOT_ID, userOf } from './state.ts'
import { addNote, addUpload, createIssue, moveIssue, newNote, type Params, updateIssue } from './write.ts'

/** What people do in the pretended GitLab's own screens. `by` is a user name. An impossible deed throws. */
export interface FakePeople {
  /** Answers `<project>:<number>`. */
  create(params: Params, more?: { readonly by?: string; readonly project?: string }): string
  edit(ref: string, params: Params): void
  comment(ref: string, body: string, more?: { readonly by?: string; readonly internal?: boolean }): void
  attach(ref: string, name: string, bytes: Uint8Array): void
  /** Answers where it is now. */
  move(ref: string, path: string): string
  link(from: string, to: string): void
  remove(ref: string): void
  /** A mail to the Service Desk. */
  mail(from: string, title: string, body: string): string
  reply(ref: string, from: string, body: string): void
}

export const peopleOf = (state: FakeState, nowMs: () => number): FakePeople => {
  const user = (name: string): FakeUser => {
    const found = state.users.find((each) => each.username === name)
    if (found === undefined) throw new Error(`nobody is called ${name}`)
    return found
  }
  const projectAt = (path: string): FakeProject => {
    const found = state.projects.find((each) => each.path === path)
    if (found === undefined) throw new Error(`there is no project ${path}`)
    return found
  }
  const issueOf = (ref: string): FakeIssue => {
    const [project, iid] = ref.split(':').map(Number)
    const found = issueAt(state, project ?? 0, iid ?? 0)
    if (found === undefined) throw new Error(`there is no issue ${ref}`)
    // people edit an issue where it is
    return found.movedToId === null ? found : (state.issues.get(found.movedToId) ?? found)
  }
  const projectOf = (issue: FakeIssue): FakeProject => {
    const found = state.projects.find((each) => each.id === issue.projectId)
    if (found === undefined) throw new Error(`issue ${issue.iid} is in no project`)
    return found
  }
  const refOf = (issue: FakeIssue): string => `${issue.projectId}:${issue.iid}`
  const supportBot = (): FakeUser => userOf(state, SUPPORT_BOT_ID) ?? user('root')

  return {
    create: (params, { by = 'dora', project = 'northwind/atlas' } = {}) =>
      refOf(createIssue(state, projectAt(project), params, user(by), nowMs())),
    edit: (ref, params) => {
      const issue = issueOf(ref)
      updateIssue(state, projectOf(issue), issue, params, nowMs())
    },
    comment: (ref, body, { by = 'dora', internal = false } = {}) => {
      addNote(state, issueOf(ref), user(by), { body, internal }, nowMs())
    },
    attach: (ref, name, bytes) => {
      const issue = issueOf(ref)
      const { secret, filename } = addUpload(state, projectOf(issue), name, bytes)
      addNote(state, issue, user('dora'), { body: `See [${name}](/uploads/${secret}/${filename})` }, nowMs())
    },
    move: (ref, path) => refOf(moveIssue(state, issueOf(ref), projectAt(path), user('dora'), nowMs())),
    link: (from, to) => {
      state.links.push({
        id: newId(state),
        fromId: issueOf(from).id,
        toId: issueOf(to).id,
        type: 'relates_to',
      })
    },
    remove: (ref) => {
      state.issues.delete(issueOf(ref).id)
    },
    mail: (from, title, body) =>
      refOf(
        createIssue(
          state,
          projectAt('northwind/atlas'),
          { title, description: body },
          supportBot(),
          nowMs(),
          { serviceDeskReplyTo: from, confidential: true },
        ),
      ),
    reply: (ref, from, body) => {
      newNote(state, issueOf(ref), supportBot(), body, nowMs(), { external: from })
    },
  }
}

import { type FakeState, live } from './state.ts'
import { addComment, addFile, createIssue, type Done, type Params, touch, updateIssue } from './writes.ts'

/** What people do in the pretended Jira's own screens. An impossible deed throws: it is a mistake of the test. */
export type FakePeople = ReturnType<typeof peopleOf>

const DORA = 'account-of-dora'

const must = <T>(done: Done<T>): T => {
  if (done.ok) return done.value
  throw new Error(`Jira would refuse this: ${JSON.stringify(done.errors)}`)
}

export const peopleOf = (state: FakeState, nowMs: () => number) => {
  const issueOf = (id: string) => {
    const found = live(state, id)
    if (found === null) throw new Error(`there is no issue ${id}`)
    return found
  }
  const document = (text: string) => ({
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  })
  return {
    create: (fields: Params, by = DORA): string => {
      const whole = { project: { key: 'ATLAS' }, issuetype: { name: 'Task' }, ...fields }
      return String(must(createIssue(state, { fields: whole }, by, nowMs())).id)
    },
    edit: (id: string, fields: Params, by = DORA): void => {
      must(updateIssue(state, issueOf(id), fields, by, nowMs()))
    },
    comment: (id: string, text: string, isInternal: boolean, by = DORA): void => {
      const limits = !isInternal
        ? {}
        : state.desk
          ? { properties: [{ key: 'sd.public.comment', value: { internal: true } }] }
          : { visibility: { type: 'role', value: 'Developers' } }
      const body = { body: state.cloud ? document(text) : text, ...limits }
      must(addComment(state, issueOf(id), body, by, nowMs()))
    },
    attach: (id: string, filename: string, bytes: Uint8Array, by = DORA): void => {
      addFile(state, issueOf(id), { filename, mimeType: 'application/octet-stream', bytes }, by, nowMs())
    },
    link: (id: string, url: string): void => {
      state.last.element += 1
      issueOf(id).remoteLinks.push({ id: state.last.element, globalId: null, url, title: 'A page' })
    },
    move: (id: string, projectKey: string): void => {
      const issue = issueOf(id)
      issue.projectKey = projectKey
      state.last.number += 1
      issue.number = state.last.number
      // versions and components of the old project do not come along
      for (const each of ['fixVersions', 'components']) issue.values.set(each, [])
      touch(state, issue, nowMs())
    },
    delete: (id: string): void => {
      const issue = issueOf(id)
      issue.isDeleted = true
      touch(state, issue, nowMs())
    },
  }
}

import { randomUUID } from 'node:crypto'
import { DEVELOPER, type FakeItem, type FakeState, type FakeUser } from './state.ts'
import { createItem, type Op, patchItem, touchComments } from './write.ts'

/** What people do in the pretended tool’s own screens, as the developer. An impossible deed throws: a mistake of the test. */
export interface FakePeople {
  create(fields: Readonly<Record<string, unknown>>, project?: string, type?: string): number
  edit(id: number, fields: Readonly<Record<string, unknown>>): void
  comment(id: number, text: string, format?: 'html' | 'markdown'): number
  editComment(id: number, commentId: number, text: string): void
  attach(id: number, name: string, bytes: Uint8Array): string
  link(id: number, url: string): void
  move(id: number, project: string): void
  /** Into the recycle bin. */
  delete(id: number): void
  restore(id: number): void
  /** A field that people keep in Markdown. */
  writeMarkdown(id: number, reference: string, text: string): void
}

const opsOf = (fields: Readonly<Record<string, unknown>>): readonly Op[] =>
  Object.entries(fields).map(([name, value]) => ({ op: 'replace', path: `/fields/${name}`, value }))

export const peopleOf = (
  state: FakeState,
  nowMs: () => number,
  rang: (event: string, item: FakeItem) => void,
  by: FakeUser = DEVELOPER,
): FakePeople => {
  const item = (id: number): FakeItem => {
    const found = state.items.get(id)
    if (found === undefined) throw new Error(`there is no work item ${id}`)
    return found
  }
  const patch = (id: number, ops: readonly Op[]): void => {
    patchItem(state, item(id), ops, by, nowMs())
    rang('workitem.updated', item(id))
  }
  return {
    create: (fields, project = state.projects[0]?.name ?? '', type = 'Bug') => {
      const made = createItem(state, project, type, opsOf(fields), by, nowMs())
      rang('workitem.created', made)
      return made.id
    },
    edit: (id, fields) => patch(id, opsOf(fields)),
    comment: (id, text, format = 'html') => {
      state.last.comment += 1
      const commentId = state.last.comment
      const at = nowMs()
      item(id).comments.push({ id: commentId, text, format, by, atMs: at, editedMs: at, isDeleted: false })
      touchComments(state, item(id), by, at, text)
      rang('workitem.commented', item(id))
      return commentId
    },
    editComment: (id, commentId, text) => {
      const found = item(id).comments.find((one) => one.id === commentId)
      if (found === undefined) throw new Error(`there is no comment ${commentId}`)
      found.text = text
      found.editedMs = nowMs()
      touchComments(state, item(id), by, nowMs(), text)
    },
    attach: (id, name, bytes) => {
      const guid = randomUUID()
      state.uploads.set(guid, { name, expected: null, bytes, by, atMs: nowMs() })
      const url = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guid}`
      patch(id, [{ op: 'add', path: '/relations/-', value: { rel: 'AttachedFile', url } }])
      return guid
    },
    link: (id, url) => patch(id, [{ op: 'add', path: '/relations/-', value: { rel: 'Hyperlink', url } }]),
    move: (id, project) =>
      patch(
        id,
        opsOf({ 'System.TeamProject': project, 'System.AreaPath': project, 'System.IterationPath': project }),
      ),
    delete: (id) => {
      item(id).isDeleted = true
      rang('workitem.deleted', item(id))
    },
    restore: (id) => {
      item(id).isDeleted = false
      rang('workitem.restored', item(id))
    },
    writeMarkdown: (id, reference, text) =>
      patch(id, [
        { op: 'add', path: `/fields/${reference}`, value: text },
        { op: 'add', path: `/multilineFieldsFormat/${reference}`, value: 'markdown' },
      ]),
  }
}

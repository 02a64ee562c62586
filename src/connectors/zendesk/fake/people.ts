import {
  CUSTOMER_ID,
  type FakeAttachment,
  type FakeState,
  type FakeTicket,
  type FakeUser,
  nextId,
} from './state.ts'
import { createTicket, type Params, updateTicket, type Written } from './write.ts'

/** What agents and customers do in Zendesk's own screens. An impossible deed throws: it is a mistake of the test. */
export interface FakePeople {
  /** A customer writes in; answers the ticket's number. */
  create(subject: string, more?: Params): number
  edit(id: number, params: Params, by?: number): void
  comment(id: number, html: string, isPublic: boolean): void
  attach(id: number, name: string, bytes: Uint8Array, isPublic: boolean): void
  remove(id: number): void
  restore(id: number): void
  /** As Zendesk merges: the source is closed, with a tag and a comment that names the target. */
  merge(sourceId: number, targetId: number): void
}

export const AGENT_ID = 900_002

export const peopleOf = (
  state: FakeState,
  nowMs: () => number,
  changed: (ticket: FakeTicket, what: string) => void,
): FakePeople => {
  const user = (id: number): FakeUser => {
    const found = state.users.find((each) => each.id === id)
    if (found === undefined) throw new Error(`there is no user ${id}`)
    return found
  }
  const ticket = (id: number): FakeTicket => {
    const found = state.tickets.get(id)
    if (found === undefined) throw new Error(`there is no ticket ${id}`)
    return found
  }
  const must = (written: Written): FakeTicket => {
    if (written.ok) return written.ticket
    throw new Error(`Zendesk would refuse this: ${JSON.stringify(written.problems)}`)
  }
  const edit = (id: number, params: Params, by = AGENT_ID): void => {
    const now = must(updateTicket(state, ticket(id), params, user(by), nowMs()))
    changed(now, 'comment' in params ? 'comment_added' : 'subject_changed')
  }
  const setDeleted = (id: number, isDeleted: boolean): void => {
    const found = ticket(id)
    found.isDeleted = isDeleted
    found.updatedMs = nowMs()
    changed(found, isDeleted ? 'soft_deleted' : 'undeleted')
  }

  return {
    create: (subject, more = {}) => {
      const params = {
        subject,
        comment: { html_body: `<p>${subject}</p>`, public: true },
        group_id: 500_001,
        ...more,
      }
      const made = must(createTicket(state, params, user(CUSTOMER_ID), nowMs()))
      changed(made, 'created')
      return made.id
    },
    edit,
    comment: (id, html, isPublic) => edit(id, { comment: { html_body: html, public: isPublic } }),
    attach: (id, name, bytes, isPublic) => {
      const mediaType = 'application/octet-stream'
      const upload: FakeAttachment = { id: nextId(state), name, mediaType, bytes, malware: false }
      state.uploads.set(`hand-${upload.id}`, upload)
      const comment = { html_body: '<p>See the file</p>', public: isPublic, uploads: [`hand-${upload.id}`] }
      edit(id, { comment })
    },
    remove: (id) => setDeleted(id, true),
    restore: (id) => setDeleted(id, false),
    merge: (sourceId, targetId) => {
      const words = `<p>This request was closed and merged into request #${targetId} "merged".</p>`
      edit(sourceId, { comment: { html_body: words, public: false } })
      const source = ticket(sourceId)
      source.tags = [...source.tags, 'closed_by_merge']
      source.status = 'closed'
      edit(targetId, {
        comment: {
          html_body: `<p>Request #${sourceId} was closed and merged into this request.</p>`,
          public: false,
        },
      })
      changed(source, 'merged')
    },
  }
}

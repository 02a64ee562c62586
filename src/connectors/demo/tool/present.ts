import type { ToolFields } from '../../../sync/snapshot.ts'
import { fieldsOf, nextStatuses } from './field-check.ts'
import type { DemoItem, DemoUser } from './model.ts'
import type { ToolState } from './state.ts'

/** What the tool's API shows of an item: its own format, which `schema.ts` and `convert.ts` read on our side. */

export const presentUser = (user: DemoUser): DemoUser => user

const emptyFields = (state: ToolState): ToolFields =>
  Object.fromEntries(fieldsOf(state).map(({ field }) => [field, null]))

export const presentItem = (state: ToolState, item: DemoItem, without: readonly string[] = []) => {
  const mine = (user: string): boolean => user === state.account.id
  const person = (id: string) => {
    const user = [...state.setup.users, state.account].find((one) => one.id === id)
    return user === undefined ? null : presentUser(user)
  }
  const named = [item.fields.owner, item.fields.requester].flatMap((id) =>
    typeof id === 'string' ? (person(id) ?? []) : [],
  )
  return {
    id: item.id,
    seq: item.seq,
    kind: item.kind,
    key: item.key,
    container: item.container,
    path: `/items/${encodeURIComponent(item.key)}`,
    fields: item.kind === 'item' ? { ...emptyFields(state), ...item.fields } : item.fields,
    marker: item.marker,
    category: state.setup.statuses.find(({ word }) => word === item.fields.status)?.category ?? null,
    next: nextStatuses(state, item),
    comments: without.includes('comments')
      ? null
      : item.comments.map(({ author, ...comment }) => ({
          ...comment,
          author: person(author),
          mine: mine(author),
        })),
    attachments: without.includes('attachments')
      ? null
      : item.attachments.map(({ author, pattern: _pattern, sha256: _sha256, ...attachment }) => ({
          ...attachment,
          author: person(author),
          mine: mine(author),
        })),
    links: item.links,
    people: named,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    version: String(item.version),
    mine: mine(item.createdBy),
  }
}

import type {
  FakeComment,
  FakeItem,
  FakeNode,
  FakeProject,
  FakeState,
  FakeType,
  FakeUpdate,
} from './state.ts'
import { identity, iso } from './state.ts'

/** What the API shows of it. Empty fields are left out. */

export const showItem = (item: FakeItem, base: string, withRelations: boolean) => ({
  id: item.id,
  rev: item.rev,
  fields: item.fields,
  ...(Object.keys(item.formats).length === 0 ? {} : { multilineFieldsFormat: item.formats }),
  ...(withRelations && item.relations.length > 0 ? { relations: item.relations } : {}),
  url: `${base}/_apis/wit/workItems/${item.id}`,
})

export const showComment = (comment: FakeComment, item: FakeItem, base: string) => ({
  workItemId: item.id,
  id: comment.id,
  version: comment.editedMs > comment.atMs ? 2 : 1,
  text: comment.text,
  format: comment.format,
  createdBy: identity(comment.by),
  createdDate: iso(comment.atMs),
  modifiedBy: identity(comment.by),
  modifiedDate: iso(comment.editedMs),
  isDeleted: comment.isDeleted,
  url: `${base}/_apis/wit/workItems/${item.id}/comments/${comment.id}`,
})

export const showUpdate = (update: FakeUpdate, index: number, item: FakeItem, base: string) => ({
  id: index + 1,
  workItemId: item.id,
  rev: update.rev,
  revisedBy: identity(update.by),
  revisedDate: iso(update.atMs),
  fields: update.fields,
  ...(update.added.length + update.removed.length === 0
    ? {}
    : { relations: { added: update.added, removed: update.removed } }),
  url: `${base}/_apis/wit/workItems/${item.id}/updates/${index + 1}`,
})

export const showNode = (node: FakeNode, type: 'area' | 'iteration'): Record<string, unknown> => ({
  id: node.id,
  identifier: node.identifier,
  name: node.name,
  structureType: type,
  hasChildren: node.children.length > 0,
  ...(node.attributes === null ? {} : { attributes: node.attributes }),
  ...(node.children.length === 0 ? {} : { children: node.children.map((child) => showNode(child, type)) }),
})

const fieldRef = (state: FakeState, referenceName: string) => ({
  referenceName,
  name: state.fields.find((one) => one.referenceName === referenceName)?.name ?? referenceName,
})

export const showType = (state: FakeState, type: FakeType) => ({
  name: type.name,
  referenceName: `Microsoft.VSTS.WorkItemTypes.${type.name.replaceAll(' ', '')}`,
  description: '',
  isDisabled: false,
  states: type.states,
  fieldInstances: type.fields.map((name) => ({
    alwaysRequired: name === 'System.Title',
    ...fieldRef(state, name),
  })),
  transitions: Object.fromEntries(
    Object.entries(type.transitions).map(([from, to]) => [from, to.map((name) => ({ to: name }))]),
  ),
})

export const showTypeField = (state: FakeState, referenceName: string) => ({
  ...fieldRef(state, referenceName),
  alwaysRequired: referenceName === 'System.Title',
  defaultValue: null,
  allowedValues: state.fields.find((one) => one.referenceName === referenceName)?.allowed ?? [],
})

export const showProject = ({ id, name }: FakeProject) => ({
  id,
  name,
  state: 'wellFormed',
  visibility: 'private',
})

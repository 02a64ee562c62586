import { Type } from 'typebox'
import { MOST_PINNED } from '../../domain/saved-view.ts'
import { Named, Ref } from '../record-shapes.ts'
import { closed, Id, line, nullable, oneOf } from '../shapes.ts'

const VIEW_LISTS = ['tickets', 'work-items', 'search'] as const
const SHARED_WITH = ['me', 'team', 'everyone'] as const

const Query = Type.String({
  maxLength: 1_000,
  description: 'The filters, as the address of the list has them.',
})

export const NewView = closed({
  list: oneOf(VIEW_LISTS),
  name: line(100),
  query: Query,
  sharedWith: oneOf(SHARED_WITH),
  team: Type.Optional(nullable(Ref)),
})
export const ViewChange = closed({
  name: Type.Optional(line(100)),
  query: Type.Optional(Query),
  sharedWith: Type.Optional(oneOf(SHARED_WITH)),
  team: Type.Optional(nullable(Ref)),
  archived: Type.Optional(Type.Boolean({ description: 'True deletes it, false brings it back.' })),
})
export const View = Type.Object({
  id: Id,
  list: oneOf(VIEW_LISTS),
  name: Type.String(),
  query: Type.String(),
  sharedWith: oneOf(SHARED_WITH),
  team: nullable(Named),
  owner: Named,
  isMine: Type.Boolean(),
  position: nullable(
    Type.Integer({ description: 'Among those the reader keeps in sight; null: it is not one of them.' }),
  ),
})
export const Pins = closed({
  views: Type.Array(Id, {
    maxItems: MOST_PINNED,
    uniqueItems: true,
    description: 'All that are kept in sight, in their order.',
  }),
})
export const Views = Type.Object({ items: Type.Array(View) })

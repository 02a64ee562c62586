import { Type } from 'typebox'
import { closed, Id, Instant, nullable, oneOf, QueryText } from '../shapes.ts'

export const SEARCH_KINDS = [
  'ticket',
  'work item',
  'customer',
  'contact',
  'person',
  'team',
  'product',
  'component',
  'release',
] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

export const SearchQuery = closed({
  q: QueryText,
  kind: Type.Optional(oneOf(SEARCH_KINDS, 'Only this kind.')),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 6, description: 'Of each kind.' })),
})

export const Found = Type.Object({
  groups: Type.Array(
    Type.Object({
      kind: oneOf(SEARCH_KINDS),
      total: Type.Integer({ description: 'How many there are, as far as they are counted.' }),
      isMore: Type.Boolean({ description: 'More than `total`.' }),
      items: Type.Array(
        Type.Object({
          id: Id,
          key: nullable(Type.String()),
          title: Type.String(),
          state: nullable(Type.String()),
          about: nullable(Type.String({ description: 'Customer, team, product or address it belongs to.' })),
          excerpt: nullable(Type.String({ description: 'Where the words stand, when not in the title.' })),
          updatedAt: nullable(Instant),
        }),
      ),
    }),
  ),
})

import type { Readable } from 'node:stream'
import { type Static, type TSchema, Type } from 'typebox'
import { HOLD_WORDS, type HoldCause } from '../domain/hold-words.ts'
import { MAX_QUERY } from '../domain/query/tokens.ts'
import { ROLES, STAFF_ROLES } from '../domain/words.ts'

/** Shapes that many nouns share. Bodies are closed: a member nobody knows is an error, not ignored. */

export const Id = Type.String({ format: 'uuid' })
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' })
export const Day = Type.String({ format: 'date' })
/** One of fixed words. */
export const oneOf = <const T extends readonly string[]>(words: T, description?: string) =>
  Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...words],
    ...(description === undefined ? {} : { description }),
  })

/** `T | null`, written as OpenAPI 3.1 has it and as the serialiser likes it. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Why a field waits, as a cause with values, for who has words of their own; null: it waits since before causes were told. */
export const ToldHold = nullable(
  Type.Object({
    code: oneOf(Object.keys(HOLD_WORDS) as HoldCause[]),
    values: Type.Record(Type.String(), Type.String()),
  }),
)

/** A line of text; `max` in characters. */
export const line = (max: number, description?: string) =>
  Type.String({ minLength: 1, maxLength: max, ...(description === undefined ? {} : { description }) })

export const closed = <P extends Record<string, TSchema>>(members: P) =>
  Type.Object(members, { additionalProperties: false })

export const ById = closed({ id: Id })

export const PageQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the page before.' })),
})
export type PageQuery = Static<typeof PageQuery>

/** What is written into a search field. Whatever it is, it is no error. */
export const QueryText = Type.Optional(
  Type.String({
    maxLength: MAX_QUERY,
    description: 'Words and filters: `printer status:open "exact words" -word` (docs/searching.md).',
  }),
)

/** A page of a list; `next` is null on the last one. */
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String()) })

export const NoContent = Type.Null({ description: 'Done.' })

/** What was made; ask for it by its id. */
export const Created = Type.Object({ id: Id })

/** A file, streamed. */
export const Bytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' })

export const StaffRoles = Type.Array(oneOf(STAFF_ROLES), {
  minItems: 1,
  maxItems: STAFF_ROLES.length,
  uniqueItems: true,
})
export const Roles = Type.Array(oneOf(ROLES), { minItems: 1, maxItems: ROLES.length, uniqueItems: true })

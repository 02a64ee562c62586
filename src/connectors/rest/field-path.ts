import { err, ok, type Result } from '../../lib/result.ts'

/**
 * Where a value stands in a tool's JSON: `fields.assignee.name`, `labels.0`, or a JSON Pointer (RFC 6901) such as
 * `/fields/a.b/name` for names that hold dots. `/` alone, or an empty text, is the whole value.
 */
export interface FieldPath {
  readonly text: string
  readonly segments: readonly string[]
}

const MAX_SEGMENTS = 12
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The error is half a sentence. */
export const fieldPath = (text: string): Result<FieldPath, string> => {
  if (text === '' || text === '/') return ok({ text, segments: [] })
  const segments = text.startsWith('/')
    ? text
        .slice(1)
        .split('/')
        .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
    : text.split('.')
  if (segments.length > MAX_SEGMENTS) return err(`has more than ${MAX_SEGMENTS} steps`)
  if (segments.includes('')) return err('has an empty step: write names with dots between them')
  if (segments.some((each) => FORBIDDEN.has(each))) return err('holds a name that is not allowed')
  return ok({ text, segments })
}

const hasMember = <K extends string>(value: unknown, name: K): value is Readonly<Record<K, unknown>> =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, name)

/**
 * The value there. null on the way is null (`assignee.name` of an item without assignee); a step that is missing gives
 * undefined. Own members only.
 */
export const readPath = (value: unknown, path: FieldPath): unknown => {
  let at = value
  for (const segment of path.segments) {
    if (at === null) return null
    if (!hasMember(at, segment)) return undefined
    at = at[segment]
  }
  return at
}

export type JsonObject = { [key: string]: unknown }

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Sets a value in an object that is being built, making the objects on the way. An empty path is not written to. */
export const writePath = (into: JsonObject, path: FieldPath, value: unknown): void => {
  const last = path.segments.at(-1)
  if (last === undefined) return
  let at = into
  for (const segment of path.segments.slice(0, -1)) {
    const inner = Object.hasOwn(at, segment) ? at[segment] : undefined
    const next: JsonObject = isObject(inner) ? inner : {}
    at[segment] = next
    at = next
  }
  at[last] = value
}

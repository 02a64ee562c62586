import { type Bound, ELEMENT_SIZE } from './expression-cost.ts'
import { err, ok, type Result } from './result.ts'
import type { Json } from './stable.ts'

/** What goes into an expression and what comes out of it: plain data only, bounded, copied. */

const MAX_DEPTH = 64
/** Characters, an element counting eight. */
export const MAX_INPUT_SIZE = 1_000_000

export interface Input {
  readonly values: Readonly<Record<string, unknown>>
  /** Holds for each of the values. */
  readonly bound: Bound
}

class TooLarge extends Error {}

/**
 * Copies own enumerable members into objects without a prototype, so that no expression reaches a getter, a class or a
 * host object. Whole numbers become CEL's `int`. What is not data (functions, symbols) becomes null.
 */
export const expressionInput = (vars: Readonly<Record<string, unknown>>): Result<Input, string> => {
  let size = 0
  let count = 0
  let listSize = 0

  const spend = (amount: number): void => {
    size += amount
    if (size > MAX_INPUT_SIZE) throw new TooLarge('the values are too large for an expression')
  }

  const copy = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new TooLarge(`the values are nested deeper than ${MAX_DEPTH} levels`)
    spend(1)
    switch (typeof value) {
      case 'string':
        spend(value.length)
        return value
      case 'number':
        return Number.isSafeInteger(value) ? BigInt(value) : value
      case 'boolean':
        return value
      case 'object':
        return value === null ? null : copyObject(value, depth)
      default:
        return null
    }
  }

  const copyObject = (value: object, depth: number): unknown => {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
    if (Array.isArray(value)) {
      const before = size
      spend(value.length * ELEMENT_SIZE)
      count = Math.max(count, value.length)
      const copied = value.map((each) => copy(each, depth + 1))
      listSize = Math.max(listSize, size - before)
      return copied
    }
    return copyMembers(value, depth)
  }

  const copyMembers = (value: object, depth: number): Record<string, unknown> => {
    const members = Object.keys(value)
    const namesSize = members.reduce((sum, key) => sum + key.length + ELEMENT_SIZE, 0)
    spend(namesSize)
    listSize = Math.max(listSize, namesSize)
    count = Math.max(count, members.length)
    const made: Record<string, unknown> = Object.create(null)
    for (const key of members) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key)
      if (key === '__proto__' || descriptor === undefined || !('value' in descriptor)) continue
      made[key] = copy(descriptor.value, depth + 1)
    }
    return made
  }

  try {
    const values = copyMembers(vars, 0)
    return ok({ values, bound: { size, count, listSize } })
  } catch (error) {
    if (error instanceof TooLarge) return err(error.message)
    return err('the values cannot be read')
  }
}

/** A result as JSON; null when it is something else (bytes, a type, a function). Durations become seconds. */
export const expressionOutput = (value: unknown, depth = 0): { readonly json: Json } | null => {
  if (depth > MAX_DEPTH) return null
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return { json: value }
    case 'number':
      return Number.isFinite(value) ? { json: value } : null
    case 'bigint':
      return { json: Number.isSafeInteger(Number(value)) ? Number(value) : value.toString() }
    case 'object':
      return value === null ? { json: null } : objectOutput(value, depth)
    default:
      return null
  }
}

const objectOutput = (value: object, depth: number): { readonly json: Json } | null => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : { json: value.toISOString() }
  if (Array.isArray(value)) {
    const items = value.map((each) => expressionOutput(each, depth + 1))
    return items.every((each) => each !== null) ? { json: items.map((each) => each?.json ?? null) } : null
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (value instanceof Map) return membersOutput([...value.entries()], depth)
  if (prototype === null || prototype === Object.prototype) return membersOutput(Object.entries(value), depth)
  if ('seconds' in value && typeof value.seconds === 'bigint') return { json: Number(value.seconds) }
  return null
}

const membersOutput = (
  members: readonly (readonly [unknown, unknown])[],
  depth: number,
): { readonly json: Json } | null => {
  const made: [string, Json][] = []
  for (const [key, inner] of members) {
    const out = expressionOutput(inner, depth + 1)
    if (out === null) return null
    if (String(key) !== '__proto__') made.push([String(key), out.json])
  }
  return { json: Object.fromEntries(made) }
}

import { createHash } from 'node:crypto'

/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/** JSON with sorted keys and no `undefined`: equal values give equal text. */
export const stableJson = (value: unknown): string => JSON.stringify(ordered(value)) ?? 'null'

/** Deep equality of JSON-shaped values; key order and `undefined` members do not count. */
export const sameValue = (a: unknown, b: unknown): boolean => a === b || stableJson(a) === stableJson(b)

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** A short fingerprint of a JSON-shaped value (16 hex digits), to notice change, not to prove identity. */
export const fingerprint = (value: unknown): string => sha256(stableJson(value)).slice(0, 16)

/** A value as JSON has it: moments are texts. */
export type AsJson<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? AsJson<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: AsJson<T[K]> }
      : T

/** The same value with moments as ISO 8601 texts, at any depth. */
export const asJson = <T>(value: T): AsJson<T> => convert(value) as AsJson<T>

const convert = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(convert)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]))
}

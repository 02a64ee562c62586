import { err, ok, type Result } from './result.ts'

/**
 * JSON from outside. Before anything is parsed, one pass over the bytes counts nesting and values: `JSON.parse` of
 * 100,000 open brackets overflows the stack, and 16 MiB of `[],[],…` become hundreds of MiB of objects.
 */
export interface JsonBounds {
  /** Levels of arrays and objects. */
  readonly depth: number
  /** Members and elements in the whole text. */
  readonly values: number
}

export const DEFAULT_JSON_BOUNDS: JsonBounds = { depth: 200, values: 1_000_000 }

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** `__proto__`, plainly or with letters of it written as `\u00XX`. */
const MAY_HOLD_PROTO = /__proto__|\\u00[567]/i

const decoder = new TextDecoder('utf-8')

const exceeded = (bytes: Uint8Array, bounds: JsonBounds): string | null => {
  let depth = 0
  let values = 0
  let inString = false
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]
    if (inString) {
      if (byte === BACKSLASH) index += 1
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) {
      inString = true
    } else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1
      values += 1
      if (depth > bounds.depth) return `JSON nested deeper than ${bounds.depth} levels`
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
      depth -= 1
    } else if (byte === COMMA) {
      values += 1
    }
  }
  return values > bounds.values ? `JSON with more than ${bounds.values} values` : null
}

/** PostgreSQL stores U+0000 nowhere: one in a title would stop its item for ever. */
const MAY_HOLD_NUL = /\\u0000/

const withoutTraps = (key: string, value: unknown): unknown => {
  if (key === '__proto__') return undefined
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value
}

/**
 * Parses within bounds; members called `__proto__` are left out, at any depth, and U+0000 becomes U+FFFD. The error is half a sentence that says
 * what is wrong and holds nothing of the text.
 */
export const parseBoundedJson = (
  bytes: Uint8Array,
  bounds: JsonBounds = DEFAULT_JSON_BOUNDS,
): Result<unknown, string> => {
  const excess = exceeded(bytes, bounds)
  if (excess !== null) return err(excess)
  const text = decoder.decode(bytes)
  try {
    const mayHoldTraps = MAY_HOLD_PROTO.test(text) || MAY_HOLD_NUL.test(text)
    return ok(mayHoldTraps ? JSON.parse(text, withoutTraps) : JSON.parse(text))
  } catch {
    return err(bytes.length === 0 ? 'empty where JSON was expected' : 'not valid JSON')
  }
}

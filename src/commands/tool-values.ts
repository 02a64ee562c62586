import type { Refusal } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { HubFields, HubValue } from '../sync/hub-view.ts'
import type { RichText } from '../sync/rich-text/index.ts'

/**
 * Values that came from a tool, on their way into a record. Each field is taken or refused by itself: one bad value
 * must not stop the others. The refusal is a sentence and becomes a hold of that field.
 */
export interface ApplyFields {
  readonly id: string
  /** The version the merge saw; null: whatever it is now. */
  readonly version: number | null
  /** By the names of sync/mapping.ts (`root cause`, `custom.x`). Null clears. */
  readonly set: HubFields
  /** One of our state words, with what it waits for (`waiting customer`); null: the state stays. */
  readonly state: string | null
  /** E-mail → name of people the tool shows, for contacts that have to be made. */
  readonly names?: Readonly<Record<string, string>>
}

export interface AppliedFields {
  readonly version: number
  /** Fields taken, whether or not they changed anything; `state` is one of them. */
  readonly applied: readonly string[]
  readonly refused: readonly { readonly field: string; readonly detail: string }[]
}

/** Reads one value into columns, given the columns read so far. */
export type FieldReader<P> = (value: HubValue, soFar: P) => Promise<Result<P, string>>

/** Reads every field there is a reader for, in the readers' order (a component needs its product first). */
export const readFields = async <P extends object>(
  set: HubFields,
  readers: Readonly<Record<string, FieldReader<P>>>,
  customReader: (name: string, value: string | null) => Result<P, string>,
): Promise<
  { readonly patch: P; readonly custom: readonly P[] } & Pick<AppliedFields, 'applied' | 'refused'>
> => {
  const applied: string[] = []
  const refused: { field: string; detail: string }[] = []
  const custom: P[] = []
  let patch = {} as P
  const values = new Map<string, HubValue>(
    Object.entries(set).flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const])),
  )
  const take = (field: string, result: Result<P, string>): P | null => {
    if (result.ok) applied.push(field)
    else refused.push({ field, detail: result.error })
    return result.ok ? result.value : null
  }
  for (const [field, reader] of Object.entries(readers)) {
    const value = values.get(field)
    if (value === undefined) continue
    values.delete(field)
    patch = { ...patch, ...take(field, await reader(value, patch)) }
  }
  for (const [field, value] of values) {
    if (field.startsWith('custom.')) {
      const read = take(field, customReader(field.slice('custom.'.length), lineOf(value)))
      if (read !== null) custom.push(read)
    } else {
      refused.push({
        field,
        detail: `“${field}” follows from other records here and is never set from a tool.`,
      })
    }
  }
  return { patch, custom, applied, refused }
}

const isRichText = (value: HubValue): value is RichText =>
  value !== null && typeof value === 'object' && 'type' in value

/** A value as one text; several are joined by commas. Rich text is none. */
export const lineOf = (value: HubValue): string | null => {
  if (value === null || isRichText(value)) return null
  const text = typeof value === 'object' ? value.join(', ') : String(value)
  return text === '' ? null : text
}

export const richOf = (value: HubValue): Result<RichText, string> => {
  if (isRichText(value)) return ok(value)
  return value === null ? ok({ type: 'root', children: [] }) : err('This is not rich text.')
}

/** A check's refusal as the sentence a hold shows. */
export const sentence = <T>(checked: Result<T, Refusal>): Result<T, string> =>
  checked.ok ? checked : err(checked.error.detail)

/** One of a list of words, or nothing. */
export const oneOf = <W extends string>(value: HubValue, words: readonly W[]): Result<W | null, string> => {
  const text = lineOf(value)
  if (text === null) return ok(null)
  const word = words.find((candidate) => candidate === text)
  return word === undefined ? err(`“${text.slice(0, 100)}” is none of: ${words.join(', ')}.`) : ok(word)
}

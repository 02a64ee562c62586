import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { sameValue } from '../lib/stable.ts'

/** Limits of what a record takes, for people and tools alike: everything that grows has an end. */
const MAX_TITLE = 1_000
const MAX_LINE = 500
const MAX_TEXT = 100_000
const MAX_CUSTOM_FIELDS = 200

export const checkTitle = (text: string, field = '/title'): Result<string, Refusal> => {
  const title = text.replace(/\s+/gu, ' ').trim()
  if (title === '')
    return err(refuse('invalid', 'A title is needed: one line that says what it is about.', { field }))
  if (title.length > MAX_TITLE) {
    return err(
      refuse('invalid', `The title has ${title.length} characters; ${MAX_TITLE} are the most.`, { field }),
    )
  }
  return ok(title)
}

/** A short value: a name, a version, an environment. */
export const checkLine = (text: string, field: string): Result<string, Refusal> => {
  const line = text.trim()
  if (line === '') return err(refuse('invalid', 'This must not be empty.', { field }))
  if (line.length > MAX_LINE || line.includes('\n')) {
    return err(refuse('invalid', `This must be one line of at most ${MAX_LINE} characters.`, { field }))
  }
  return ok(line)
}

/** A long value. */
export const checkText = (text: string, field: string): Result<string, Refusal> =>
  text.length > MAX_TEXT
    ? err(refuse('invalid', `This has ${text.length} characters; ${MAX_TEXT} are the most.`, { field }))
    : ok(text)

const KEY = /^[a-z0-9][a-z0-9._-]{0,99}$/i

export const checkKey = (key: string, field = '/key'): Result<string, Refusal> =>
  KEY.test(key)
    ? ok(key)
    : err(
        refuse(
          'invalid',
          'A key is 1 to 100 letters, digits, dots, hyphens and underscores, and starts with a letter or digit.',
          {
            field,
          },
        ),
      )

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/

export const checkEmail = (email: string, field = '/email'): Result<string, Refusal> => {
  const trimmed = email.trim()
  return EMAIL.test(trimmed)
    ? ok(trimmed)
    : err(refuse('invalid', 'This is not an e-mail address.', { field }))
}

export const checkCustom = (
  custom: Readonly<Record<string, string>>,
): Result<Readonly<Record<string, string>>, Refusal> => {
  const entries = Object.entries(custom)
  if (entries.length > MAX_CUSTOM_FIELDS) {
    return err(refuse('invalid', `At most ${MAX_CUSTOM_FIELDS} fields of your own.`, { field: '/custom' }))
  }
  for (const [name, value] of entries) {
    if (name.length > MAX_LINE || value.length > MAX_TEXT) {
      return err(refuse('invalid', `The field “${name.slice(0, 50)}” is too long.`, { field: '/custom' }))
    }
  }
  return ok(custom)
}

export type Change = { readonly from: unknown; readonly to: unknown }

/**
 * What a patch really changes, by the names people know (`columns` gives the column of each). Kept in the event, so
 * that every value that was there can be found again.
 */
export const changesOf = <F extends string>(
  columns: Readonly<Record<F, string>>,
  row: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Readonly<Partial<Record<F, Change>>> => {
  const changes: Partial<Record<F, Change>> = {}
  for (const field in columns) {
    const column = columns[field]
    if (!Object.hasOwn(patch, column)) continue
    const from = row[column] ?? null
    const to = patch[column] ?? null
    if (!sameValue(from, to)) changes[field] = { from, to }
  }
  return changes
}

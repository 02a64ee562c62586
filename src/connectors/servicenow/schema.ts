import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/** The shapes of ServiceNow's answers: only what is used, checked at once. Everything in a record is a string there. */

const MAX_ROWS = 10_000

const Plain = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
/** With `sysparm_display_value=all`. An answer may hold a plain value for a column that is no real one. */
const Cell = Type.Union([
  Type.Object({ value: Type.Optional(Plain), display_value: Type.Optional(Plain) }),
  Plain,
])
const Row = Type.Record(Type.String(), Cell)
const Rows = Type.Object({ result: Type.Array(Row, { maxItems: MAX_ROWS }) })
const One = Type.Object({ result: Row })

const Refused = Type.Object({
  error: Type.Union([
    Type.Object({
      message: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      detail: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
    Type.String(),
  ]),
})

const Token = Type.Object({
  access_token: Type.String({ minLength: 1, maxLength: 20_000, pattern: '^[\\u0021-\\u007e]+$' }),
  expires_in: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: '^\\d{1,12}$' })])),
})

/** Of the Change Management API. */
const NextStates = Type.Object({
  result: Type.Object({
    available_states: Type.Array(Type.Union([Type.String(), Type.Number()]), { maxItems: 100 }),
  }),
})

export const answers = {
  rows: Compile(Rows),
  one: Compile(One),
  refused: Compile(Refused),
  token: Compile(Token),
  nextStates: Compile(NextStates),
} as const

export type Row = Static<typeof Row>
export type Cell = Static<typeof Cell>

interface Validator<T> {
  Check(value: unknown): value is T
}

export const readAs = <T>(validator: Validator<T>, value: unknown, what: string): T => {
  if (validator.Check(value)) return value
  throw new RemoteFault('down', `ServiceNow's answer for ${what} has an unexpected shape`)
}

const textOf = (plain: unknown): string | null =>
  plain === null || plain === undefined ? null : typeof plain === 'string' ? plain : String(plain)

/** What the database holds; `undefined`: the answer does not tell (the column is hidden or not there). */
export const valueIn = (row: Row, name: string): string | undefined => {
  const cell = Object.hasOwn(row, name) ? row[name] : undefined
  if (cell === undefined) return undefined
  if (cell !== null && typeof cell === 'object')
    return cell.value === undefined ? undefined : (textOf(cell.value) ?? '')
  return textOf(cell) ?? ''
}

/** What people see, in the account's language, zone and format: only ever a name. */
export const displayIn = (row: Row, name: string): string => {
  const cell = Object.hasOwn(row, name) ? row[name] : undefined
  if (cell === undefined || cell === null || typeof cell !== 'object') return textOf(cell) ?? ''
  return textOf(cell.display_value) ?? ''
}

export interface Refusal {
  readonly message: string
  readonly detail: string
}

/** null: the answer says nothing of an error. */
export const refusalIn = (value: unknown): Refusal | null => {
  if (!answers.refused.Check(value)) return null
  if (typeof value.error === 'string') return { message: value.error, detail: '' }
  return { message: value.error.message ?? '', detail: value.error.detail ?? '' }
}

import { RemoteFault } from '../../sync/fault.ts'

/**
 * Encoded queries. A caret parts conditions and `javascript:` is run there as a script, so no value goes into one
 * unless it is harmless. A part that ServiceNow cannot read (a column that is not there) is left out in silence, and
 * then everything matches: so what comes back is compared by those who asked.
 */

const SYS_ID = /^[0-9a-f]{32}$/

export const isSysId = (text: string): boolean => SYS_ID.test(text)

const MAX_LENGTH = 500

export const isHarmless = (value: string): boolean =>
  value.length <= MAX_LENGTH && !/\^|\p{Cc}|javascript\s*:/iu.test(value)

/** `column=value`; refuses a value that would be more than a value. */
export const equals = (column: string, value: string): string => {
  if (isHarmless(value)) return `${column}=${value}`
  throw new RemoteFault('invalid', `"${value.slice(0, 60)}" cannot stand in a query of ServiceNow`)
}

/** `columnINa,b`; what cannot stand in a list is left out. */
export const isOneOf = (column: string, values: readonly string[]): string =>
  `${column}IN${values.filter((value) => isHarmless(value) && !value.includes(',')).join(',')}`

/** All must hold. */
export const all = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('^')

/** Either must hold; sorted together. */
export const either = (first: string, second: string, ...order: readonly string[]): string =>
  all(`${first}^NQ${second}`, ...order)

import { GRANT_CODES, type GrantFault, grantSentence } from './grants.ts'

/**
 * What a command may be refused for. A refusal is a value: nothing was changed, and `detail` tells a person what to
 * do. One table (api/errors.ts) turns the code into an HTTP status.
 */
export const REFUSAL_CODES = [
  'not-found',
  'not-allowed',
  'invalid',
  'already-done',
  'wrong-state',
  'changed-meanwhile',
  'no-route',
  'in-use',
  'storage-full',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/**
 * Reasons that screens have words of their own for, in each of their languages; `detail` says the same in English. A
 * refusal without one is told by its code.
 */
export const REASON_CODES = [
  ...GRANT_CODES,
  'password-short',
  'password-long',
  'password-plain',
  'password-known',
  'wrong-password',
  'wrong-code',
  'spent-token',
  'no-account',
  'no-mail',
  'too-many-mails',
  'own-second-factor',
  'no-second-factor',
  'hub-not-empty',
  'no-sample',
  'sample-in-use',
  'undo-no-mirror',
  'undo-nothing',
  'not-escalated',
  'file-not-withheld',
  'element-taken',
  'item-taken',
  'say-which-item',
  'looked-at-now',
  'environment-booked',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

export interface Reason {
  readonly code: ReasonCode
  /** What the words have gaps for. */
  readonly values?: Readonly<Record<string, string>>
}

export interface Refusal {
  readonly code: RefusalCode
  /** A sentence: what is wrong and what to do. */
  readonly detail: string
  /** The input field it is about, as a JSON pointer (`/title`). */
  readonly field?: string
  /** Of `already-done` and the like: the record that stands in the way, so that a client can show it. */
  readonly existing?: { readonly kind: string; readonly id: string; readonly key: string }
  /** Of a file: everything that is wrong with it, in the order of its lines (lines and columns from 1). */
  readonly problems?: readonly PlaceProblem[]
  readonly reason?: Reason
}

export interface PlaceProblem {
  readonly line: number
  readonly column: number
  readonly path: string
  readonly what: string
  readonly todo: string
}

export const refuse = (
  code: RefusalCode,
  detail: string,
  more: Omit<Refusal, 'code' | 'detail'> = {},
): Refusal => ({ code, detail, ...more })

export const refuseGrant = (fault: GrantFault, field: string): Refusal =>
  refuse('not-allowed', grantSentence(fault), {
    field,
    reason: { code: fault.code, ...(fault.role === undefined ? {} : { values: { role: fault.role } }) },
  })

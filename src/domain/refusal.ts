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

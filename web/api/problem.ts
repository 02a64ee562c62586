/**
 * What a request failed with, as one kind of error: a problem the server told (RFC 9457), or that nothing came back.
 * `title` says what happened, `detail` what to do; both are fit to be shown.
 */
export interface ProblemFacts {
  /** HTTP status; 0: the server was not reached. */
  readonly status: number
  /** Stable; see src/api/errors.ts. `offline`, `unreadable`: made here. */
  readonly code: string
  readonly title: string
  readonly detail: string
  /** JSON pointer to the member it is about. */
  readonly field: string | null
  readonly retryAfterS: number | null
  /** The record that stands in the way. */
  readonly existing: { readonly kind: string; readonly key: string } | null
  /** More exact than the code, where the server knows more. */
  readonly reason: { readonly code: string; readonly values: Readonly<Record<string, string>> } | null
}

export class Problem extends Error {
  readonly facts: ProblemFacts
  constructor(facts: ProblemFacts) {
    super(`${facts.title}. ${facts.detail}`)
    this.name = 'Problem'
    this.facts = facts
  }
}

export const OFFLINE: ProblemFacts = {
  status: 0,
  code: 'offline',
  title: '',
  detail: '',
  field: null,
  retryAfterS: null,
  existing: null,
  reason: null,
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const existingOf = (value: unknown): ProblemFacts['existing'] => {
  if (typeof value !== 'object' || value === null) return null
  const { kind, key } = value as Readonly<Record<string, unknown>>
  return typeof kind === 'string' && typeof key === 'string' ? { kind, key } : null
}

const reasonOf = (value: unknown): ProblemFacts['reason'] => {
  if (typeof value !== 'object' || value === null) return null
  const { code, values } = value as Readonly<Record<string, unknown>>
  if (typeof code !== 'string') return null
  const given = typeof values === 'object' && values !== null ? Object.entries(values) : []
  return { code, values: Object.fromEntries(given.map(([name, one]) => [name, text(one)])) }
}

/** Reads the body of a refusal; one that is no problem (a proxy's page) becomes `unreadable` and shows nothing of it. */
export const readProblem = (status: number, body: unknown, retryAfter: string | null): ProblemFacts => {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
  const isProblem = typeof told['code'] === 'string' && typeof told['title'] === 'string'
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
  return {
    status,
    code: isProblem ? text(told['code']) : 'unreadable',
    title: isProblem ? text(told['title']) : '',
    detail: isProblem ? text(told['detail']) : '',
    field: typeof told['field'] === 'string' ? told['field'] : null,
    retryAfterS: Number.isFinite(seconds) ? seconds : null,
    existing: existingOf(told['existing']),
    reason: reasonOf(told['reason']),
  }
}

/** Of anything caught: what is not a problem is a fault of this page, and says so. */
export const factsOf = (error: unknown): ProblemFacts =>
  error instanceof Problem
    ? error.facts
    : { ...OFFLINE, code: 'fault', detail: error instanceof Error ? error.message : '' }

export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof Problem && error.facts.status === 401 && error.facts.code === 'unauthenticated'

/** Asking the same again may help. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.facts.status === 0 || error.facts.status === 503)

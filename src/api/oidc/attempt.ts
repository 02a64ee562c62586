import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { SignInAttempt } from '../../identity/identity.ts'
import { type MasterKey, openSecret, type SecretPlace, sealSecret } from '../../store/secrets.ts'

/**
 * What is kept while the browser is at the provider: in a cookie, sealed, so that no process has to remember it and
 * nobody can make one up. Whoever comes back without it did not begin here.
 */
export interface KeptAttempt extends SignInAttempt {
  /** Where to go afterwards; a path of ours. */
  readonly to: string
  /** The account that wants to be linked. */
  readonly linkTo: string | null
  /** ms since 1970. */
  readonly until: number
}

export const ATTEMPT_S = 600
const PLACE: SecretPlace = { connectionId: 'sign-in', field: 'attempt', origin: 'cookie' }
const Shape = Type.Object({
  state: Type.String(),
  nonce: Type.String(),
  verifier: Type.String(),
  redirectUri: Type.String(),
  to: Type.String(),
  linkTo: Type.Union([Type.String(), Type.Null()]),
  until: Type.Number(),
})

export const sealAttempt = (master: MasterKey, attempt: KeptAttempt): string =>
  sealSecret(master, PLACE, JSON.stringify(attempt))

/** Null: none, not ours, or too old. */
export const openAttempt = (master: MasterKey, sealed: string | null, now: Date): KeptAttempt | null => {
  if (sealed === null) return null
  const opened = openSecret(master, PLACE, sealed)
  if (!opened.ok) return null
  const attempt: unknown = JSON.parse(opened.value.reveal())
  return Value.Check(Shape, attempt) && attempt.until > now.getTime() ? attempt : null
}

/** A path of ours; anything else could lead whoever signs in to another site. */
export const localPath = (text: string | undefined): string =>
  text !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/'

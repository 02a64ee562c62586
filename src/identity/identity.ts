import type { Result } from '../lib/result.ts'

/** Who a provider says somebody is. `issuer` and `subject` together never change hands; an e-mail address can. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** The provider has checked that the address is theirs, or we were told to trust it. */
  readonly isEmailChecked: boolean
  readonly name: string | null
}

/** What must be known again when the browser comes back. */
export interface SignInAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
}

export interface IdentityProvider {
  readonly name: string
  /** Where the browser goes; an error is a sentence for a person. */
  begin(redirectUri: string): Promise<Result<{ readonly url: string; readonly kept: SignInAttempt }, string>>
  /** `query` is what the browser brought back, without the question mark. */
  finish(query: string, kept: SignInAttempt): Promise<Result<Identity, string>>
}

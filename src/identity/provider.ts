import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { err, ok, type Result } from '../lib/result.ts'
import type { Identity, IdentityProvider, SignInAttempt } from './identity.ts'

/**
 * One OpenID Connect provider (Keycloak, Entra, Google …): authorization code with PKCE, state and nonce. What it offers
 * is asked at the first sign-in and kept; a start never waits for it.
 */
export interface ProviderSettings {
  /** As people know it; stands on the button. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  /** Null: a public client, by PKCE alone. */
  readonly clientSecret: string | null
  /** True: its addresses count as checked although it does not say so (a directory of one's own). */
  readonly trustsEmail: boolean
}

const TIMEOUT_S = 10
const SCOPE = 'openid email profile'

export const identityProvider = (settings: ProviderSettings): IdentityProvider => {
  let known: Promise<Configuration> | null = null
  const configuration = (): Promise<Configuration> => {
    known ??= discover(settings).catch((error: unknown) => {
      // asked again by the next one who comes
      known = null
      throw error
    })
    return known
  }
  return Object.freeze({
    name: settings.name,
    begin: async (redirectUri: string): Promise<Result<Begun, string>> => {
      try {
        const kept: SignInAttempt = {
          state: randomState(),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
          redirectUri,
        }
        const url = buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope: SCOPE,
          state: kept.state,
          nonce: kept.nonce,
          code_challenge: await calculatePKCECodeChallenge(kept.verifier),
          code_challenge_method: 'S256',
        })
        return ok({ url: url.href, kept })
      } catch (error) {
        return err(`${settings.name} cannot be reached: ${wordsOf(error)}`)
      }
    },
    finish: async (query: string, kept: SignInAttempt): Promise<Result<Identity, string>> => {
      try {
        const tokens = await authorizationCodeGrant(
          await configuration(),
          new URL(`${kept.redirectUri}?${query}`),
          {
            pkceCodeVerifier: kept.verifier,
            expectedState: kept.state,
            expectedNonce: kept.nonce,
            idTokenExpected: true,
          },
        )
        const claims = tokens.claims()
        if (claims === undefined) return err(`${settings.name} sent no identity.`)
        // many tell it with the sign-in itself; the standard lets them tell it only when asked
        const told =
          claims['email'] === undefined &&
          (await configuration()).serverMetadata().userinfo_endpoint !== undefined
            ? await fetchUserInfo(await configuration(), tokens.access_token, claims.sub)
            : claims
        const { iss, sub } = claims
        const { email, name } = told
        return ok({
          issuer: iss,
          subject: sub,
          email: typeof email === 'string' ? email : null,
          isEmailChecked: settings.trustsEmail || told['email_verified'] === true,
          name: typeof name === 'string' ? name : null,
        })
      } catch (error) {
        return err(`${settings.name} did not confirm the sign-in: ${wordsOf(error)}`)
      }
    },
  })
}

interface Begun {
  readonly url: string
  readonly kept: SignInAttempt
}

const discover = (settings: ProviderSettings): Promise<Configuration> => {
  const issuer = new URL(settings.issuer)
  return discovery(issuer, settings.clientId, settings.clientSecret ?? undefined, undefined, {
    timeout: TIMEOUT_S,
    // the configuration lets only hosts through that an operator named
    ...(issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
  })
}

/** The library's own sentence, and what lies under it; neither holds a token. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message
}

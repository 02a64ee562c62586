import type { Http, SignedIn, SignIn } from '../sync/connector.ts'
import { isFault, RemoteFault } from '../sync/fault.ts'

/**
 * Credentials that expire: exchanged when first needed, again a minute before they end, and once whenever the tool refuses
 * them (it may have taken them back). Whoever calls meanwhile waits for the same exchange.
 */
export interface Credentials {
  headers(): Promise<Readonly<Record<string, string>>>
  /** The tool did not take these; true: others can be had, and the call may be made once more. */
  refused(used: Readonly<Record<string, string>>): boolean
}

const AHEAD_MS = 60_000

/** `open` opens the way to where it is asked; it is closed after each exchange, which is about once an hour. */
export const credentialsOf = (
  fixed: () => Readonly<Record<string, string>>,
  signIn: SignIn | null,
  open: (baseUrl: string) => Http & { close(): Promise<void> },
  now: () => Date,
): Credentials => {
  if (signIn === null) return { headers: async () => fixed(), refused: () => false }
  let held: SignedIn | null = null
  let asking: Promise<SignedIn> | null = null

  const ask = async (): Promise<SignedIn> => {
    const http = open(signIn.baseUrl)
    try {
      const { headers, until } = await signIn.ask(http, now)
      held = { headers: { ...fixed(), ...headers }, until }
      return held
    } catch (thrown) {
      throw asSignInFault(thrown)
    } finally {
      asking = null
      await http.close()
    }
  }
  const isGoodFor = (ms: number): boolean =>
    held !== null && (held.until === null || held.until.getTime() - now().getTime() > ms)

  return {
    headers: async () => {
      if (held !== null && isGoodFor(AHEAD_MS)) return held.headers
      asking ??= ask()
      try {
        return (await asking).headers
      } catch (thrown) {
        // where signing in is away for a moment, what still counts goes on counting
        if (held !== null && isGoodFor(0) && isFault(thrown) && thrown.kind !== 'auth') return held.headers
        throw thrown
      }
    },
    refused: (used) => {
      if (held?.headers === used) held = null
      return true
    },
  }
}

/** The call itself was never sent, so nothing of it is in doubt; and what is refused here, a person must mend. */
const asSignInFault = (thrown: unknown): unknown => {
  if (!isFault(thrown) || thrown.kind === 'rate') return thrown
  const kind = thrown.kind === 'unknown' || thrown.kind === 'down' ? 'down' : 'auth'
  return new RemoteFault(kind, `Signing in: ${thrown.detail}`, { retryAt: thrown.retryAt, cause: thrown })
}

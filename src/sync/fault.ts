/**
 * The one exception a connector may throw. What each kind means for the caller:
 *
 * - `auth`     credentials or rights are wrong: the connection waits for a person.
 * - `rate`     the tool asks us to wait until `retryAt`: nothing is sent before.
 * - `gone`     the item does not exist there (any more).
 * - `conflict` somebody changed the item since we read it: read again, merge again.
 * - `invalid`  the tool refuses this value (`field` says which, when known): that field is held, the rest flows.
 * - `down`     nothing was changed there, certainly: try later.
 * - `unknown`  the answer was lost: the write may or may not have happened. Read back before any retry.
 *
 * `down` and `unknown` must not be confused: calling an unknown write `down` makes twins; the reverse only costs a read.
 */
export type FaultKind = 'auth' | 'rate' | 'gone' | 'conflict' | 'invalid' | 'down' | 'unknown'

export class RemoteFault extends Error {
  override readonly name = 'RemoteFault'
  readonly kind: FaultKind
  /** Earliest time for another call (`rate`, sometimes `down`). */
  readonly retryAt: Date | null
  /** The tool's field the refusal is about (`invalid`), as a `ToolField`, when the tool said so. */
  readonly field: string | null
  /** One sentence for a person; never holds a secret. */
  readonly detail: string

  constructor(
    kind: FaultKind,
    detail: string,
    more: { retryAt?: Date | null; field?: string | null; cause?: unknown } = {},
  ) {
    super(`${kind}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause })
    this.kind = kind
    this.detail = detail
    this.retryAt = more.retryAt ?? null
    this.field = more.field ?? null
  }
}

export const isFault = (thrown: unknown): thrown is RemoteFault => thrown instanceof RemoteFault

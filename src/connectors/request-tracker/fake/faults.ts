/**
 * What can go wrong on the way, on a switch. A fault strikes the next `times` requests that it fits (1 unless told),
 * then it is used up.
 */
export type FaultKind =
  /** Done, then the connection breaks without an answer. */
  | 'commit then lose'
  /** Done, then half of the answer. */
  | 'half body'
  /** The connection breaks before anything is done. */
  | 'dropped'
  | 'server error'
  /** 429 with Retry-After. */
  | 'rate'
  | 'auth'
  /** A login page in place of JSON. */
  | 'html'
  | 'deep json'
  | 'huge'
  /** The answer comes `ms` later. */
  | 'latency'

export interface Fault {
  readonly kind: FaultKind
  /** e.g. `POST`; absent: any. */
  readonly method?: string
  /** Tested against the path below `/REST/2.0`; absent: any. */
  readonly path?: RegExp
  readonly times?: number
  readonly retryAfterSeconds?: number
  readonly ms?: number
}

export interface FaultScript {
  /** Replaces what was set before; `[]` heals. */
  set(faults: readonly Fault[]): void
  take(method: string, path: string): Fault | null
  /** Faults that struck. */
  readonly struck: readonly FaultKind[]
}

export const createFaultScript = (): FaultScript => {
  let waiting: { readonly fault: Fault; left: number }[] = []
  const struck: FaultKind[] = []
  return {
    set: (faults) => {
      waiting = faults.map((fault) => ({ fault, left: fault.times ?? 1 }))
    },
    take: (method, path) => {
      const found = waiting.find(
        ({ fault, left }) =>
          left > 0 && (fault.method ?? method) === method && (fault.path?.test(path) ?? true),
      )
      if (found === undefined) return null
      found.left -= 1
      struck.push(found.fault.kind)
      return found.fault
    },
    struck,
  }
}

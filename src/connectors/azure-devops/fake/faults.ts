/** What can go wrong with a pretended Azure DevOps, on order. */

export type AzureFault =
  /** Done, then the connection breaks without an answer. */
  | 'commit then drop'
  /** Done, then half of the answer. */
  | 'half body'
  /** 429 with `Retry-After`; nothing is done. */
  | 'rate'
  | 'server error'
  /** 500 after the work was done. */
  | 'server error after commit'
  /** 203 and a page to sign in at, as for a token that does not count; nothing is done. */
  | 'signed out'
  | 'html'
  | 'deep json'
  | 'huge'

export interface FaultOrder {
  readonly fault: AzureFault
  /** Calls it fits: any (default), reads, or writes (a query, a batch and an upload change nothing that is seen). */
  readonly on?: 'any' | 'read' | 'write'
}

export interface FaultScript {
  set(orders: readonly FaultOrder[]): void
  /** The fault of this call, if any: each order strikes once. */
  strike(isWrite: boolean): AzureFault | null
}

export const faultScript = (): FaultScript => {
  let orders: FaultOrder[] = []
  return {
    set: (next) => {
      orders = [...next]
    },
    strike: (isWrite) => {
      const at = orders.findIndex(({ on = 'any' }) => on === 'any' || (on === 'write') === isWrite)
      const [order] = at === -1 ? [] : orders.splice(at, 1)
      return order?.fault ?? null
    },
  }
}

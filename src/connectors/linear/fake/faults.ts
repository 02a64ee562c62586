/** What can go wrong with a pretended Linear, on order. */

export type LinearFault =
  /** Done, then the connection breaks without an answer. */
  | 'commit then drop'
  /** Done, then half of the answer. */
  | 'half body'
  /** 400 with `RATELIMITED` in the body and the budget's headers; nothing is done. */
  | 'rate'
  /** 500 after the work was done. */
  | 'server error after commit'
  /** 500; nothing is done. */
  | 'server error'
  /** 401 as Linear says it; nothing is done. */
  | 'auth'
  /** A page for people instead of JSON, as a proxy sends it. */
  | 'html'
  | 'deep json'
  | 'huge'

export interface FaultOrder {
  readonly fault: LinearFault
  /** `write`: mutations that change what is seen; `file`: downloads. Default: any question, no file. */
  readonly on?: 'any' | 'read' | 'write' | 'file'
  /** Calls it strikes; default 1. */
  readonly times?: number
}

export interface FaultSettings {
  readonly next?: readonly FaultOrder[]
  /** Refuses connections, and breaks those there are. */
  readonly down?: boolean
}

export interface FaultScript {
  readonly settings: () => FaultSettings
  readonly set: (settings: FaultSettings) => void
  /** The fault of this call, if any. */
  readonly strike: (kind: 'read' | 'write' | 'file') => LinearFault | null
}

export const faultScript = (): FaultScript => {
  let settings: FaultSettings = {}
  let orders: { readonly order: FaultOrder; left: number }[] = []
  return {
    settings: () => settings,
    set: (next) => {
      settings = next
      orders = (next.next ?? []).map((order) => ({ order, left: order.times ?? 1 }))
    },
    strike: (kind) => {
      const fits = ({ on = 'any' }: FaultOrder): boolean => (on === 'any' ? kind !== 'file' : on === kind)
      const found = orders.find(({ order, left }) => left > 0 && fits(order))
      if (found === undefined) return null
      found.left -= 1
      return found.order.fault
    },
  }
}

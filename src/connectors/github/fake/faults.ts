/** What can go wrong with a pretended GitHub, on order or by chance. */

export type GithubFault =
  /** Done, then the connection breaks without an answer. */
  | 'commit then drop'
  /** Taken in, not done, the connection breaks. */
  | 'drop'
  /** Done, then half of the answer (of an empty answer: nothing at all). */
  | 'half body'
  /** 429 with `Retry-After`; nothing is done. */
  | 'rate'
  /** 403 with a sentence about a secondary limit and no header at all; nothing is done. */
  | 'secondary limit'
  /** 500; nothing is done. */
  | 'server error'
  /** 500 after the work was done. */
  | 'server error after commit'
  /** 401; nothing is done. */
  | 'auth'
  /** A page for people instead of JSON, as a proxy sends it. */
  | 'html'
  | 'deep json'
  | 'huge'

export interface FaultOrder {
  readonly fault: GithubFault
  /** Calls it fits: any (default), reads, or writes. */
  readonly on?: 'any' | 'read' | 'write'
  /** Calls it strikes; default 1. */
  readonly times?: number
}

export interface FaultSettings {
  readonly next?: readonly FaultOrder[]
  /** Share of all calls, 0 to 1, for each fault. */
  readonly shares?: Readonly<Partial<Record<GithubFault, number>>>
  readonly latencyMs?: number
  readonly retryAfterS?: number
  /** Refuses connections, and breaks those there are. */
  readonly down?: boolean
}

export interface FaultScript {
  readonly settings: () => FaultSettings
  readonly set: (settings: FaultSettings) => void
  /** The fault of this call, if any. */
  readonly strike: (isWrite: boolean) => GithubFault | null
  /** How often each has struck. */
  readonly struck: () => Readonly<Partial<Record<GithubFault, number>>>
}

/** `random` gives numbers from 0 to below 1; asked only for faults with a share. */
export const faultScript = (random: () => number): FaultScript => {
  let settings: FaultSettings = {}
  let orders: { readonly order: FaultOrder; left: number }[] = []
  const struck: Partial<Record<GithubFault, number>> = {}

  const choose = (isWrite: boolean): GithubFault | null => {
    const fits = ({ on = 'any' }: FaultOrder): boolean => on === 'any' || (on === 'write') === isWrite
    const ordered = orders.find((each) => each.left > 0 && fits(each.order))
    if (ordered !== undefined) {
      ordered.left -= 1
      return ordered.order.fault
    }
    const chances = Object.entries(settings.shares ?? {}) as [GithubFault, number][]
    return chances.find(([, share]) => share > 0 && random() < share)?.[0] ?? null
  }

  return {
    settings: () => settings,
    set: (next) => {
      settings = next
      orders = (next.next ?? []).map((order) => ({ order, left: order.times ?? 1 }))
    },
    strike: (isWrite) => {
      const fault = choose(isWrite)
      if (fault !== null) struck[fault] = (struck[fault] ?? 0) + 1
      return fault
    },
    struck: () => ({ ...struck }),
  }
}

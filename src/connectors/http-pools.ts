import { Pool } from 'undici'
import { guardedConnector } from './address-guard.ts'

/** Connections to the tool's own origin, kept, and to the few others where it keeps files. */
export interface Pools {
  of(origin: string, allowed: boolean): Pool
  /** Waits for calls under way. */
  close(): Promise<void>
}

/** A tool that spreads its files over many hosts keeps connections to the last few. */
const MAX_OTHERS = 4
const MAX_HEADER_BYTES = 32 * 1024

export const openPools = (own: string, connections: number, connectTimeoutMs: number): Pools => {
  const open = new Map<string, Pool>()
  const make = (origin: string, allowed: boolean): Pool =>
    new Pool(origin, {
      connections,
      connect: guardedConnector(allowed, connectTimeoutMs),
      // The whole call has one deadline (see exchange); undici's own are set for streams only.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
    })
  const forgetOldest = (): void => {
    const others = [...open].filter(([origin]) => origin !== own)
    const oldest = others[0]
    if (oldest === undefined || others.length < MAX_OTHERS) return
    open.delete(oldest[0])
    void oldest[1].close()
  }
  return {
    of: (origin, allowed) => {
      const known = open.get(origin)
      if (known !== undefined) return known
      if (origin !== own) forgetOldest()
      const pool = make(origin, allowed)
      open.set(origin, pool)
      return pool
    },
    close: async () => {
      await Promise.all([...open.values()].map((pool) => pool.close()))
    },
  }
}

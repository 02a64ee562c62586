import { createHash } from 'node:crypto'
import pg from 'pg'

/**
 * Makes a connection plan each statement once instead of at every call: the loads of a reconcile join a dozen tables,
 * and planning them costs the server up to ten times what running them does (8.7 ms against 0.5 ms).
 *
 * Only for a server of one's own connection: the embedded engine serves all connections from one session, where names
 * would clash.
 */
export const prepareOnce = (client: pg.PoolClient): void => {
  const plain = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>
  // left to itself the server plans the widest joins anew at each call, for arrays shorter than it would guess
  // and to compile a plan, or to start workers for it, takes longer than anything of ours
  plain(
    'set plan_cache_mode = force_generic_plan; set jit = off; set max_parallel_workers_per_gather = 0',
  ).catch(() => {})
  const prepared = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const name = nameOf(text)
    if (name === undefined) return plain(text, values)
    try {
      return await new Promise((resolve, reject) => {
        // a query made here: one given as plain settings is copied property by property at each call
        const query = new pg.Query(text, [...values], (error: Error | null | undefined, result: unknown) =>
          error ? reject(error) : resolve(result),
        )
        plain(Object.assign(query, { name }))
      })
    } catch (error) {
      // another process upgraded the schema: what was planned here does not fit it, so this connection is given up
      if ((error as { code?: string }).code === CANNOT_USE_PLAN) void client.end().catch(() => {})
      throw error
    }
  }
  const query = (...parts: unknown[]): Promise<unknown> => {
    const [text, values, callback] = parts
    return typeof text === 'string' && Array.isArray(values) && values.length > 0 && callback === undefined
      ? prepared(text, values)
      : plain(...parts)
  }
  Object.assign(client, { query })
}

/** `feature_not_supported`: "cached plan must not change result type". */
const CANNOT_USE_PLAN = '0A000'

/** Texts with lists in them come in many lengths: the server keeps no more than this many for each connection. */
const MAX_STATEMENTS = 500
const names = new Map<string, string>()
const seenOnce = new Set<string>()

/** Undefined for a statement seen the first time: most that are never repeated are not worth a place. */
const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_STATEMENTS) return known
  if (!seenOnce.delete(text)) {
    if (seenOnce.size >= MAX_STATEMENTS) seenOnce.clear()
    seenOnce.add(text)
    return undefined
  }
  const name = createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return name
}

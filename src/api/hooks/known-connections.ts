import { findConnector } from '../../connectors/registry.ts'
import { type OpenedConnection, openConnectionSettings } from '../../store/connection-settings.ts'
import type { Database } from '../../store/database.ts'
import type { MasterKey } from '../../store/secrets.ts'
import type { Connector } from '../../sync/connector.ts'

export interface KnownConnection extends OpenedConnection {
  readonly connector: Connector
}

/**
 * The connections that can ring, in memory: a webhook must cost no query and no decryption. A refresh reads every
 * connection's version and opens again only those that changed. It happens every few seconds, and at once (but at most
 * once a second) when somebody rings whose key or signature we do not know: a connection made or a secret changed a
 * moment ago is then known, and a flood of guesses costs one query a second.
 */
export interface KnownConnections {
  find(key: string): KnownConnection | undefined
  /** True when something changed, so that looking again makes sense. */
  refreshSoon(): Promise<boolean>
  refresh(): Promise<void>
  stop(): void
}

const REFRESH_EVERY_MS = 3_000
const REFRESH_AT_MOST_EVERY_MS = 1_000

export const watchConnections = (db: Database, master: MasterKey, now: () => Date): KnownConnections => {
  let known = new Map<string, KnownConnection>()
  let refreshedAt = 0
  let running: Promise<boolean> | null = null

  const read = async (): Promise<boolean> => {
    const fresh = await db.transaction().execute(async (tx) => {
      const rows = await tx
        .selectFrom('connection')
        .select(['id', 'key', 'kind', 'version', 'settings'])
        .execute()
      const opened: KnownConnection[] = []
      for (const row of rows) {
        const before = known.get(row.key)
        const connector = findConnector(row.kind)
        if (before !== undefined && before.version === row.version && before.id === row.id) {
          opened.push(before)
          continue
        }
        if (connector?.webhook == null) continue
        const settings = await openConnectionSettings(tx, master, row, connector)
        if (settings !== null) opened.push({ ...settings, connector })
      }
      return new Map(opened.map((connection) => [connection.key, connection]))
    })
    const changed = fresh.size !== known.size || [...fresh].some(([key, one]) => known.get(key) !== one)
    known = fresh
    return changed
  }
  const refresh = (): Promise<boolean> => {
    running ??= read().finally(() => {
      refreshedAt = now().getTime()
      running = null
    })
    return running
  }
  // without the database the last known settings stay: the delivery itself will be refused then
  const timer = setInterval(() => void refresh().catch(() => false), REFRESH_EVERY_MS)
  timer.unref()
  return {
    find: (key) => known.get(key),
    refreshSoon: async () =>
      running === null && now().getTime() - refreshedAt < REFRESH_AT_MOST_EVERY_MS ? false : refresh(),
    refresh: async () => {
      await refresh()
    },
    stop: () => clearInterval(timer),
  }
}

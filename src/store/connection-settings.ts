import type { Selectable } from 'kysely'
import type { Connector } from '../sync/connector.ts'
import type { Tx } from './database.ts'
import { type MasterKey, openSecrets } from './secrets.ts'
import type { ConnectionTable } from './tables.ts'

/**
 * A connection with everything its connector needs: settings and opened secrets, as the connector's settings schema
 * has them; null when the settings name no address. Holds secrets in the clear: it is passed on to the connector and
 * to nothing else.
 */
export interface OpenedConnection {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly version: number
  readonly settings: unknown
}

export const openConnectionSettings = async (
  tx: Tx,
  master: MasterKey,
  row: Pick<Selectable<ConnectionTable>, 'id' | 'key' | 'kind' | 'version' | 'settings'>,
  connector: Connector,
): Promise<OpenedConnection | null> => {
  // whose type a connector's settings have is known to the connector alone; its schema checked them when they were saved
  const stored = row.settings as never
  const origin = URL.parse(connector.baseUrl(stored))?.origin
  if (origin === undefined) return null
  const { secrets } = await openSecrets(tx, master, row.id, origin)
  const revealed = Object.fromEntries(
    Object.entries(secrets).map(([field, secret]) => [field, secret.reveal()]),
  )
  const settings = Object.freeze({ ...row.settings, ...revealed })
  return { id: row.id, key: row.key, kind: row.kind, version: row.version, settings }
}

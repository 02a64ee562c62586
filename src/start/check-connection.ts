import type { ConnectionCheck } from '../api/deps.ts'
import { findConnection } from '../store/connections.ts'
import type { Database } from '../store/database.ts'
import { isFault } from '../sync/fault.ts'
import { type OpenOptions, openConnection } from '../worker/open-connection.ts'

/** Asks a tool now; null when there is no such connection. A fault of the tool is an answer, not ours to throw. */
export const checkConnection = async (
  db: Database,
  key: string,
  options: Pick<OpenOptions, 'masterKey' | 'clock' | 'allowPrivate'>,
): Promise<ConnectionCheck | null> => {
  const row = await findConnection(db, key)
  if (row === null) return null
  try {
    const opened = await openConnection(db, row, { ...options, connections: 1 })
    try {
      const { tool, account, problems } = await opened.session.check()
      return { ok: problems.length === 0, tool, account: account && { name: account.name }, problems }
    } finally {
      await opened.close()
    }
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return { ok: false, tool: null, account: null, problems: [thrown.detail] }
  }
}

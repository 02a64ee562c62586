import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Database } from '../store/database.ts'
import { type MasterKey, masterKeyFrom } from '../store/secrets.ts'
import { putSettingOnce } from '../store/settings.ts'

const FILE = 'key'
const KEY_BYTES = 32

/**
 * The key that seals the connections' secrets: from the environment, else from the file `key` in the data folder,
 * which is made on the first start, for our user's eyes only. A copy of the database without it opens no secret.
 */
export const loadKey = (config: Pick<Config, 'key' | 'dataDir'>): Result<MasterKey, string> => {
  if (config.key !== null) return ok(masterKeyFrom(config.key))
  const path = join(config.dataDir, FILE)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  return key.length === KEY_BYTES
    ? ok(masterKeyFrom(key))
    : err(`${path} should hold 32 bytes in base64 and does not. Put back the file from your backup.`)
}

/**
 * Refuses a key that is not the one this database was first started with: going on would seal new secrets with a
 * second key, and leave every connection with secrets nobody can open.
 */
export const checkKey = async (
  db: Database,
  key: MasterKey,
  dataDir: string,
): Promise<Result<void, string>> => {
  const mine = createHmac('sha256', key.bytes).update('causeway key check').digest('base64')
  const known = await db.transaction().execute((tx) => putSettingOnce(tx, 'key-check', mine))
  const same = known.length === mine.length && timingSafeEqual(Buffer.from(known), Buffer.from(mine))
  return same
    ? ok(undefined)
    : err(
        `The key does not belong to this database. Set CAUSEWAY_KEY, or copy the file ${join(dataDir, FILE)} from the machine that was started first.`,
      )
}

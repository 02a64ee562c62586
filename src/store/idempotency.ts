import { sql } from 'kysely'
import type { Tx } from './database.ts'

/**
 * Idempotency keys. The row is written in the transaction of the request's own effects: either both are there or
 * neither, so a crash between "done" and "noted as done" cannot happen, and a key never waits for a dead process.
 */
export interface KeyedRequest {
  readonly tokenId: string
  readonly key: string
  /** Fingerprint of method, address and body. */
  readonly requestHash: string
}

export interface KeptAnswer {
  readonly status: number
  readonly body: unknown
}

export type KeyState =
  | { readonly state: 'new' }
  /** The first request with this key has not ended. */
  | { readonly state: 'running' }
  | { readonly state: 'other request' }
  | { readonly state: 'done'; readonly answer: KeptAnswer }

/** Looks, and holds the key until the transaction ends. */
export const claimKey = async (tx: Tx, request: KeyedRequest): Promise<KeyState> => {
  const lock = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${request.tokenId} ${request.key}`}, 4600)) as got`.execute(
    tx,
  )
  if (lock.rows[0]?.got !== true) return { state: 'running' }
  const row = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'status', 'response'])
    .where('token_id', '=', request.tokenId)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (row === undefined) return { state: 'new' }
  if (row.request_hash !== request.requestHash) return { state: 'other request' }
  return { state: 'done', answer: { status: row.status ?? 200, body: row.response } }
}

export const keepAnswer = async (
  tx: Tx,
  request: KeyedRequest,
  answer: KeptAnswer,
  now: Date,
): Promise<void> => {
  await tx
    .insertInto('idempotency')
    .values({
      key: request.key,
      token_id: request.tokenId,
      request_hash: request.requestHash,
      status: answer.status,
      response: JSON.stringify(answer.body),
      created_at: now,
    })
    .execute()
}

/** Forgets keys older than a day (call it from housekeeping); returns how many. */
export const forgetKeysBefore = async (tx: Tx, before: Date): Promise<number> =>
  Number(
    (await tx.deleteFrom('idempotency').where('created_at', '<', before).executeTakeFirst()).numDeletedRows,
  )

import type { SqlBool } from 'kysely'
import { isId } from '../../lib/ids.ts'
import type { PortalTables, PortalTx } from './portal-database.ts'
import type { PortalRequest } from './request-list.ts'

export interface OneRequest extends PortalRequest {
  /** That it is fixed, and they have not said whether it works. */
  readonly was_told: SqlBool
  /** Where what they asked for stands, and what we say of it; null: it is filed nowhere. */
  readonly wish_standing: PortalTables['portal_wish']['standing'] | null
  readonly wish_words: string | null
}

/** By id or key; null when it is not there, or not within reach. */
export const findRequest = async (tx: PortalTx, ref: string): Promise<OneRequest | null> =>
  (await tx
    .selectFrom('portal_request')
    .leftJoin('portal_wish', 'portal_wish.request_id', 'portal_request.id')
    .selectAll('portal_request')
    .select(['portal_wish.standing as wish_standing', 'portal_wish.words as wish_words'])
    .select((is) =>
      is
        .exists(
          is
            .selectFrom('portal_told')
            .select('portal_told.request_id')
            .whereRef('portal_told.request_id', '=', 'portal_request.id'),
        )
        .as('was_told'),
    )
    .where(isId(ref) ? 'id' : 'key', '=', isId(ref) ? ref : ref.toUpperCase())
    .executeTakeFirst()) ?? null

/** Its id alone: before something is done to it. */
export const requestIdOf = async (tx: PortalTx, ref: string): Promise<string | null> =>
  (
    await tx
      .selectFrom('portal_request')
      .select('id')
      .where(isId(ref) ? 'id' : 'key', '=', isId(ref) ? ref : ref.toUpperCase())
      .executeTakeFirst()
  )?.id ?? null

/** Whether these words stand on this request, for everyone to read. */
export const isPublicMessage = async (tx: PortalTx, requestId: string, id: string): Promise<boolean> =>
  (await tx
    .selectFrom('portal_message')
    .select('id')
    .where('request_id', '=', requestId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined

import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Bill } from '../domain/bill/read-bill.ts'
import type { Tx } from './database.ts'

export interface NewBill extends Bill {
  readonly id: string
  readonly releaseId: string
  readonly build: string
  readonly by: Actor
  readonly at: Date
}

/** Takes the place of what was told of the same build before. */
export const replaceBill = async (tx: Tx, bill: NewBill): Promise<void> => {
  await tx
    .deleteFrom('bill')
    .where('release_id', '=', bill.releaseId)
    .where('build', '=', bill.build)
    .execute()
  await tx
    .insertInto('bill')
    .values({
      ...{ id: bill.id, release_id: bill.releaseId, build: bill.build, format: bill.format, name: bill.name },
      ...{ packages: bill.packages.length, told_by: JSON.stringify(bill.by), told_at: bill.at },
    })
    .execute()
  await sql`
    insert into bill_package (bill_id, position, name, version, purl)
    select ${bill.id}::uuid, (p.ordinality - 1)::int, p.value->>'name', p.value->>'version', p.value->>'purl'
    from jsonb_array_elements(${JSON.stringify(bill.packages)}::jsonb) with ordinality p`.execute(tx)
}

import { sql } from 'kysely'
import { done, type Effects, together, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { settleConflict } from './settle-conflict.ts'

export interface SettleAlike {
  /** One of them: the others are those of the same field on the same connection. */
  readonly conflict: string
  readonly take: 'hub' | 'tool' | 'base'
  /** Only counts. */
  readonly dryRun: boolean
}

export interface SettledAlike {
  readonly count: number
  readonly settled: readonly string[]
  /** What stays open, and why. */
  readonly refused: readonly { readonly id: string; readonly detail: string }[]
}

/** More take several goes: each is a transaction that holds its mirrors. */
export const SETTLED_AT_ONCE = 500

/** The same question asked of many records gets one answer. Words of people are each their own: comments are left out. */
export const settleAlike: Command<SettleAlike, SettledAlike> = async (tx, context, input) => {
  const { rows } = await sql<{ id: string }>`
    select other.id from conflict one join mirror m on m.id = one.mirror_id
    join conflict other on other.field = one.field and other.overwritten = one.overwritten and other.settled_at is null
    join mirror n on n.id = other.mirror_id and n.connection_id = m.connection_id
    where one.id = ${input.conflict}::uuid and (other.id = one.id or one.field not like 'comment:%')
    order by other.opened_at, other.id limit ${SETTLED_AT_ONCE}`.execute(tx)
  if (rows.length === 0) return unknown('open conflict', input.conflict, '/id')
  if (input.dryRun) return done({ count: rows.length, settled: [], refused: [] })
  const settled: string[] = []
  const refused: { id: string; detail: string }[] = []
  const effects: Effects[] = []
  for (const { id } of rows) {
    // what one of them is refused for is no reason to leave the others open
    await sql`savepoint alike`.execute(tx)
    const one = await settleConflict(tx, context, { conflict: id, take: input.take })
    if (one.ok) {
      settled.push(id)
      effects.push(one.value)
    } else {
      await sql`rollback to savepoint alike`.execute(tx)
      refused.push({ id, detail: one.error.detail })
    }
    await sql`release savepoint alike`.execute(tx)
  }
  return done({ count: rows.length, settled, refused }, together(...effects))
}

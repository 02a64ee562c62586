import type { NewEvent } from '../domain/event.ts'
import type { RecordKind } from '../domain/words.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { giveBack, openOverwritten } from '../store/overwritten.ts'
import type { Overwritten } from '../sync/overwritten.ts'
import type { CommandContext } from './run-command.ts'

interface OverwrittenMirror {
  readonly id: string
  readonly connection_id: string
  readonly record_kind: RecordKind
  readonly record_id: string | null
  readonly remote_key: string | null
}

/**
 * Writes down the edits that a write of ours replaced: a line of the log with each lost value, the questions, and what
 * the tool gets back. In the transaction that ends the write's attempt, so each is told once.
 */
export const recordOverwritten = async (
  tx: Tx,
  context: CommandContext,
  mirror: OverwrittenMirror,
  overwritten: Overwritten,
): Promise<void> => {
  const { conflicts, restore, why } = overwritten
  if (why.length === 0) return
  const record = mirror.record_id === null ? null : { kind: mirror.record_kind, id: mirror.record_id }
  const told = (kind: NewEvent['kind'], data: NewEvent['data']): NewEvent => ({
    kind,
    record,
    data: { mirror: mirror.id, ...data },
    connectionId: mirror.connection_id,
  })
  await openOverwritten(tx, mirror.id, conflicts, context.newId, context.now)
  await giveBack(tx, mirror.id, restore, context.now)
  await appendEvents(tx, context, [
    told('mirror.synced', { key: mirror.remote_key, why, calls: [], because: 'edited there while we wrote' }),
    ...conflicts.map(({ field }) => told('conflict.opened', { field, overwritten: true })),
  ])
}

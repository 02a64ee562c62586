import { knockAgain } from '../store/connections.ts'
import { LANES, PERSON_ASKED } from '../store/dirty.ts'
import { findMirrorsOf } from '../store/find-mirrors.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Looks at every mirror of a record now, ahead of everything else; `key` is ours or the item's key in a tool. */
export const requestSync: Command<
  { readonly key: string; readonly createAgain?: boolean },
  { readonly mirrors: number }
> = async (tx, context, input) => {
  const mirrors = await findMirrorsOf(tx, input.key)
  if (mirrors.length === 0) return unknown('record or item with a mirror', input.key, '/key')
  const ids = mirrors.map((mirror) => mirror.id)
  await tx
    .updateTable('mirror')
    .set((is) => ({
      dirty_seq: is('dirty_seq', '+', 1),
      dirty_lane: LANES.person,
      dirty_at: context.now,
      dirty_why: PERSON_ASKED,
      retry_at: null,
      failures: 0,
    }))
    .where('id', 'in', ids)
    .execute()
  await knockAgain(tx, ids)
  if (input.createAgain) {
    // a person looked in the tool and says that the lost create did not happen
    await tx
      .updateTable('attempt')
      .set({ state: 'abandoned', ended_at: context.now })
      .where('mirror_id', 'in', ids)
      .where('state', 'in', ['sending', 'unknown'])
      .execute()
  }
  return done({ mirrors: ids.length })
}

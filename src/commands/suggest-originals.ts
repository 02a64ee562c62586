import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findWorkItem } from '../store/work-items.ts'
import { unknown } from './outcome.ts'
import { type SuggestedWorkItem, suggestFor } from './suggest-work-items.ts'

/** Work items that a work item (id or key) may be a duplicate of: not itself, and none that was refused. Only reads. */
export const suggestOriginals = async (
  tx: Tx,
  ref: string,
): Promise<Result<readonly SuggestedWorkItem[], Refusal>> => {
  const item = await findWorkItem(tx, ref)
  if (item === null) return unknown('work item', ref, '/workItem')
  const found = await suggestFor(tx, item, (row) => row.id !== item.id && row.state !== 'declined')
  return ok(found)
}

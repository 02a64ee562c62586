import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { fixedInTheirRelease } from '../store/traced-work.ts'
import { lockWorkItems } from '../store/work-items.ts'
import { type Effects, NO_EFFECTS, together } from './outcome.ts'
import { progressWorkItem } from './progress-work-item.ts'
import type { CommandContext } from './run-command.ts'

/**
 * Commits say which release a fix is in, not what somebody typed. Work whose release is known by its commits to have it
 * stays there: that is the first. All other work that this release has is its own now; what it lost is in no release.
 */
export const moveWorkBetweenReleases = async (
  tx: Tx,
  context: CommandContext,
  releaseId: string,
  work: { readonly enters: readonly string[]; readonly leaves: readonly string[] },
): Promise<Result<Effects, Refusal>> => {
  const ids = [...new Set([...work.enters, ...work.leaves])]
  if (ids.length === 0) return ok(NO_EFFECTS)
  const items = await lockWorkItems(tx, ids)
  const fixed = await fixedInTheirRelease(tx, ids)
  const effects: Effects[] = []
  for (const item of items) {
    if (fixed.has(item.id)) continue
    const isIn = work.enters.includes(item.id)
    if (!isIn && item.release_id !== releaseId) continue
    const moved = await progressWorkItem(tx, context, item, null, { release_id: isIn ? releaseId : null })
    if (!moved.ok) return moved
    effects.push(moved.value)
  }
  return ok(together(...effects))
}

import type { AttemptEnd } from '../store/attempts.ts'
import type { StoredElement } from '../store/mirrors.ts'
import { baseAfter } from '../sync/base-after.ts'
import { elementOf } from '../sync/element-of.ts'
import { completeBase, type MirrorBase } from '../sync/mirror-base.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import { resolveOnItem } from '../sync/resolve-attempt.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import type { LoadedMirror } from './load-mirrors.ts'

/**
 * Finds out, from what the tool shows now, what became of calls whose answer was lost, before anything is planned.
 * What happened counts as if it had been answered; what may still be under way is left alone until it is known.
 */
export interface ResolvedAttempts {
  readonly base: MirrorBase
  readonly elements: readonly StoredElement[]
  /** New or changed elements to write. */
  readonly settled: readonly Omit<StoredElement, 'mirrorId'>[]
  readonly ends: readonly AttemptEnd[]
  readonly missed: readonly string[]
  /** Our comments and files whose call may still be under way. */
  readonly waiting: ReadonlySet<string>
  /** When to look again for those. */
  readonly again: Date | null
}

export const resolveAttempts = (loaded: LoadedMirror, shown: Snapshot, now: Date): ResolvedAttempts => {
  const elements = new Map(loaded.elements.map((element) => [element.elementId, element]))
  const settled = new Map<string, StoredElement>()
  const ends: AttemptEnd[] = []
  const missed: string[] = []
  const waiting = new Set<string>()
  const happened: PlannedOperation[] = []
  const looks: Date[] = []
  for (const attempt of loaded.attempts) {
    const verdict = resolveOnItem(attempt, shown, [...elements.values()], now)
    switch (verdict.verdict) {
      case 'done': {
        ends.push({
          id: attempt.id,
          state: 'done',
          receipt: { ref: null, elementId: verdict.elementId, snapshot: null },
          fault: null,
        })
        happened.push(attempt.planned)
        const element =
          attempt.planned.element === null
            ? null
            : elementOf(
                elements.get(attempt.planned.element.id) ?? null,
                attempt.planned,
                verdict.elementId,
                shown,
                attempt.id,
              )
        if (element !== null) {
          const stored = { ...element, mirrorId: loaded.mirror.id }
          elements.set(stored.elementId, stored)
          settled.set(stored.elementId, stored)
        }
        break
      }
      case 'again':
        ends.push({ id: attempt.id, state: 'abandoned', receipt: null, fault: null })
        break
      case 'wait':
      case 'ask': {
        missed.push(attempt.id)
        if (attempt.planned.element !== null) waiting.add(attempt.planned.element.id)
        const until = verdict.verdict === 'wait' ? verdict.until : new Date(now.getTime() + 60_000)
        looks.push(until)
        break
      }
    }
  }
  const before = completeBase(loaded.mirror.base)
  const after = baseAfter(before, happened, shown, now.toISOString()).base
  // whose value counts at the first meeting is known until that meeting has been
  const base: MirrorBase = before.first === undefined ? after : { ...after, first: before.first }
  return {
    base,
    elements: [...elements.values()],
    settled: [...settled.values()],
    ends,
    missed,
    waiting,
    again: looks.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
  }
}

import { type AttemptEnd, endAttempts } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import {
  type ClaimedMirror,
  finishMirror,
  holdsMirror,
  type StoredElement,
  saveElements,
  type WriteMark,
} from '../store/mirrors.ts'
import { settleCallHolds } from '../store/questions.ts'
import type { FaultRecord } from '../store/tables.ts'
import type { MirrorBase } from '../sync/mirror-base.ts'
import type { Overwritten } from '../sync/overwritten.ts'
import type { Hold } from '../sync/plan.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { holdEvents } from './hold-events.ts'
import { recordOverwritten } from './record-overwritten.ts'
import { withoutWords } from './record-plan.ts'
import type { CommandContext } from './run-command.ts'

/**
 * The second half of a reconcile, in one transaction: what became of each call, what the tool shows now, and whether
 * the mirror is in step. Written only while the mirror is still this worker's.
 */
export interface Receipts {
  readonly mirror: ClaimedMirror
  readonly ends: readonly AttemptEnd[]
  readonly elements: readonly Omit<StoredElement, 'mirrorId'>[]
  readonly base: MirrorBase
  readonly snapshot: Snapshot | null
  readonly writes: readonly WriteMark[]
  /** Fields (as holds name them) that were tried; those without a hold now wait no longer. */
  readonly tried: readonly string[]
  readonly holds: readonly Hold[]
  /** Edits that the calls replaced. */
  readonly overwritten: Overwritten
  /** False: something is left to do, so the mirror stays dirty. */
  readonly inStep: boolean
  /** An undo that was asked for is done, or was refused with a hold. */
  readonly restored: boolean
  readonly retryAt: Date | null
  readonly failures: number
  readonly fault: FaultRecord | null
}

export const recordReceipts = async (
  tx: Tx,
  context: CommandContext,
  receipts: Receipts,
): Promise<boolean> => {
  const { mirror } = receipts
  if (!(await holdsMirror(tx, mirror.id, mirror.fence))) return false
  await endAttempts(tx, receipts.ends, context.now)
  await saveElements(tx, mirror.id, receipts.elements)
  const held = await settleCallHolds(tx, mirror.id, receipts.tried, receipts.holds, context.now)
  await finishMirror(tx, {
    id: mirror.id,
    fence: mirror.fence,
    cleanSeq: receipts.inStep ? mirror.dirty_seq : null,
    base: receipts.base,
    ...(receipts.snapshot === null
      ? {}
      : {
          snapshot: withoutWords(receipts.snapshot),
          remote: { id: receipts.snapshot.ref.id, key: receipts.snapshot.key, url: receipts.snapshot.url },
        }),
    writes: receipts.writes,
    clearRestore: receipts.restored,
    retryAt: receipts.retryAt,
    failures: receipts.failures,
    fault: receipts.fault,
    ...(receipts.inStep && receipts.holds.length === 0 ? { agreedAt: context.now } : {}),
  })
  await recordOverwritten(tx, context, mirror, receipts.overwritten)
  await appendEvents(tx, context, holdEvents(mirror, held, receipts.holds))
  return true
}

import { type AttemptEnd, endAttempts } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { markDirty } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'
import { type ClaimedMirror, dropCandidate, finishMirror, holdsMirror } from '../store/mirrors.ts'
import { replaceHolds } from '../store/questions.ts'
import { baseAfter } from '../sync/base-after.ts'
import type { HubView } from '../sync/hub-view.ts'
import { EMPTY_BASE } from '../sync/mirror-base.ts'
import type { Hold, PlannedOperation } from '../sync/plan.ts'
import type { RemoteRef, Snapshot } from '../sync/snapshot.ts'
import { confirmSent } from './confirm-sent.ts'
import { holdEvents } from './hold-events.ts'
import { withoutWords } from './record-plan.ts'
import { applyCommand, type CommandContext } from './run-command.ts'

/**
 * The item is there: from now on the mirror follows it by its immutable id, whatever happens to its key. If the tool's
 * own notice came first and made a candidate of it, that candidate goes: one item, one record.
 */
export const recordCreated = async (
  tx: Tx,
  context: CommandContext,
  input: {
    readonly mirror: ClaimedMirror
    readonly view: Pick<HubView, 'kind' | 'id'>
    readonly ends: readonly AttemptEnd[]
    readonly ref: RemoteRef
    readonly shown: Snapshot | null
    readonly planned: readonly PlannedOperation[]
    readonly holds: readonly Hold[]
  },
): Promise<boolean> => {
  const { mirror, view, ref, shown } = input
  if (!(await holdsMirror(tx, mirror.id, mirror.fence))) return false
  await dropCandidate(tx, mirror.connection_id, ref.id)
  await endAttempts(tx, input.ends, context.now)
  const after =
    shown === null
      ? { base: EMPTY_BASE, holds: [] }
      : baseAfter(EMPTY_BASE, input.planned, shown, context.now.toISOString())
  const holds = [...input.holds, ...after.holds]
  const held = await replaceHolds(tx, mirror.id, holds, context.now)
  await finishMirror(tx, {
    id: mirror.id,
    fence: mirror.fence,
    // comments, files and the status follow in the next round
    cleanSeq: null,
    state: 'live',
    remote: { id: ref.id, key: shown?.key ?? null, url: shown?.url ?? null },
    base: { ...after.base, first: 'hub' },
    ...(shown === null ? {} : { snapshot: withoutWords(shown) }),
    failures: 0,
    fault: null,
  })
  await appendEvents(tx, context, [
    {
      kind: 'mirror.created',
      record: { kind: view.kind, id: view.id },
      data: { mirror: mirror.id, key: shown?.key ?? null, url: shown?.url ?? null },
      connectionId: mirror.connection_id,
    },
    ...holdEvents(mirror, held, holds),
  ])
  if (shown === null || view.kind === 'release') return true
  if (view.kind === 'work item') {
    const sent = await applyCommand(tx, context, confirmSent, { workItem: view.id })
    if (!sent.ok) throw new Error(`an escalation could not be confirmed: ${sent.error.detail}`)
  }
  await markDirty(
    tx,
    [{ kind: view.kind, id: view.id }],
    context.lane,
    'mirror.created',
    context.now,
    mirror.id,
  )
  return true
}

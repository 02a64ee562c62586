import { said } from '../lib/said.ts'
import type { Tx } from '../store/database.ts'
import { markDirty } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'
import { tooManyGone } from '../store/mass-change.ts'
import { type ClaimedMirror, finishMirror, holdsMirror } from '../store/mirrors.ts'
import { replaceConflicts, replaceHolds } from '../store/questions.ts'
import type { HubView } from '../sync/hub-view.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { holdEvents } from './hold-events.ts'
import type { CommandContext } from './run-command.ts'
import { stopMassChange } from './stop-mass-change.ts'

/**
 * The item does not exist in the tool any more. The record here stays, the mirror says so, and nothing is made again
 * by itself: whether the deletion was meant is for a person to say. If it comes back there, a hint revives the mirror.
 */
export const recordGone = async (
  tx: Tx,
  context: CommandContext,
  gone: {
    readonly mirror: ClaimedMirror
    readonly view: HubView /** The item it was merged into there. */
    readonly mergedInto: Snapshot | null
  },
): Promise<void> => {
  const { mirror, view, mergedInto } = gone
  if (!(await holdsMirror(tx, mirror.id, mirror.fence))) return
  await finishMirror(tx, {
    id: mirror.id,
    fence: mirror.fence,
    cleanSeq: mirror.dirty_seq,
    state: 'gone',
    stateReason:
      mergedInto === null
        ? said`${mirror.remote_key ?? 'The item'} was deleted there, or our account may not see it any more.`
        : said`${mirror.remote_key ?? 'The item'} was merged into ${mergedInto.key} there.`,
    failures: 0,
    fault: null,
  })
  const held = await replaceHolds(tx, mirror.id, [], context.now)
  await replaceConflicts(tx, mirror.id, [], context.newId, context.now)
  await appendEvents(tx, context, [
    {
      kind: 'mirror.gone',
      record: { kind: view.kind, id: view.id },
      data: { mirror: mirror.id, key: mirror.remote_key },
      connectionId: mirror.connection_id,
    },
    ...holdEvents(mirror, held, []),
  ])
  const mass = await tooManyGone(tx, mirror.connection_id, context.now)
  if (mass !== null)
    await stopMassChange(
      tx,
      context,
      mirror.connection_id,
      said`${mass.count} of ${mass.of} items vanished there within ten minutes.`,
    )
  await markDirty(tx, [{ kind: view.kind, id: view.id }], context.lane, 'mirror.gone', context.now, mirror.id)
}

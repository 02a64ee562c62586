import type { PendingFile } from '../commands/record-words.ts'
import { updateAttachment } from '../store/attachments.ts'
import { markDirty } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'
import type { ClaimedMirror } from '../store/mirrors.ts'
import { RemoteFault } from '../sync/fault.ts'
import { asFault, faultForLog } from './as-fault.ts'
import { contextOf } from './context.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'

/**
 * Fetches the bytes of files that a tool shows. A file that was cut on the way or cannot be had stays `pending` or
 * becomes `refused` with the reason, for everybody to see; it never arrives half.
 */
export const fetchFiles = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
  pending: readonly PendingFile[],
): Promise<{ readonly failed: number }> => {
  let failed = 0
  for (const file of pending) if (!(await fetchFile(deps, connection, mirror, file))) failed += 1
  return { failed }
}

const fetchFile = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
  file: PendingFile,
): Promise<boolean> => {
  const context = contextOf(deps, connection, mirror)
  const record = {
    kind: mirror.record_kind === 'ticket' ? 'ticket' : 'work item',
    id: mirror.record_id ?? '',
  } as const
  try {
    const { size, stream } = await connection.session.download({ id: mirror.remote_id ?? '' }, file.remoteId)
    const kept = await deps.blobs.write(stream, deps.maxFileBytes)
    if (kept.ok && size !== null && kept.value.size !== size) {
      throw new RemoteFault('down', `The file was cut: ${kept.value.size} of ${size} bytes came.`)
    }
    if (!kept.ok && kept.error.code === 'storage-full') throw new RemoteFault('down', kept.error.detail)
    deps.crashPoint('file-fetched')
    await deps.runner.db.transaction().execute(async (tx) => {
      if (!kept.ok) {
        await updateAttachment(tx, file.attachmentId, { state: 'refused', reason: kept.error.detail })
        await appendEvents(tx, context, [
          {
            kind: 'attachment.refused',
            record,
            data: { attachment: file.attachmentId, reason: kept.error.detail },
          },
        ])
        return
      }
      await updateAttachment(tx, file.attachmentId, {
        state: 'stored',
        sha256: kept.value.sha256,
        size: kept.value.size,
      })
      await appendEvents(tx, context, [
        { kind: 'attachment.stored', record, data: { attachment: file.attachmentId, size: kept.value.size } },
      ])
      await markDirty(tx, [record], context.lane, 'attachment.stored', context.now, mirror.id)
    })
    return true
  } catch (thrown) {
    const fault = asFault(thrown, 'down')
    if (fault.kind === 'gone' || fault.kind === 'invalid') {
      await deps.runner.db.transaction().execute(async (tx) => {
        await updateAttachment(tx, file.attachmentId, { state: 'refused', reason: fault.detail })
        await appendEvents(tx, context, [
          {
            kind: 'attachment.refused',
            record,
            data: { attachment: file.attachmentId, reason: fault.detail },
          },
        ])
      })
      return true
    }
    await deps.runner.db.transaction().execute((tx) =>
      updateAttachment(tx, file.attachmentId, {
        state: 'pending',
        reason: `${fault.detail} It is tried again.`,
      }),
    )
    deps.log('warn', 'a file could not be fetched', {
      connection: connection.row.key,
      mirror: mirror.id,
      ...faultForLog(fault),
    })
    return false
  }
}

import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { noteBackup } from '../../commands/note-backup.ts'
import { runCommand } from '../../commands/run-command.ts'
import { byteSize } from '../../lib/byte-size.ts'
import { blobSourceOf } from '../../store/backup-format.ts'
import { backupSize } from '../../store/backup-size.ts'
import { writeBackup } from '../../store/write-backup.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { Bytes } from '../shapes.ts'
import { newUnfinished, removeUnfinished } from './unfinished.ts'

/**
 * Everything as one file. It is written beside the data first and sent from there: the rows are read in one
 * transaction, and a slow reader must not hold that open.
 */
export const backupRoutes = (app: App, deps: ApiDeps): void => {
  const { dataDir } = deps.config
  app.addHook('onReady', () =>
    removeUnfinished(dataDir, { alone: deps.engine === 'embedded', now: new Date() }).catch(
      (error: unknown) => app.log.warn({ err: error }, 'what unfinished backups left could not be removed'),
    ),
  )
  app.get(
    '/api/v1/backup',
    {
      config: { access: 'backup' },
      schema: {
        tags: ['backup'],
        summary: 'All records and files in one compressed file; secrets stay sealed',
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const needed = await backupSize(deps.runner.db)
      await deps.disk.look()
      const free = deps.disk.freeBytes()
      if (deps.disk.isNearlyFull() || (free !== null && free < needed))
        return sendProblem(reply, problem('storage-full', noRoom(needed, free)))
      const folder = await newUnfinished(dataDir)
      const file = join(folder, 'backup.ndjson.gz')
      const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
      try {
        await writeBackup({
          db: deps.runner.db,
          blobs: blobSourceOf(deps.blobs),
          out: createWriteStream(file, { mode: 0o600 }),
          version: deps.version,
          now: deps.runner.now(),
        })
      } catch (error) {
        await remove()
        throw error
      }
      await runCommand(deps.runner, callerOfRequest(request).actor, noteBackup, null, {
        address: request.ip,
      })
      const { size } = await stat(file)
      const sent = createReadStream(file)
      sent.once('close', () => void remove())
      const day = deps.runner.now().toISOString().slice(0, 10)
      return reply
        .header('content-type', 'application/gzip')
        .header('content-length', size)
        .header('content-disposition', `attachment; filename="causeway-${day}.ndjson.gz"`)
        .send(sent)
    },
  )
}

const noRoom = (needed: number, free: number | null): string =>
  `A backup is first written beside the data. It may take up to ${byteSize(needed)}, and ${free === null ? 'too little' : byteSize(free)} is free. Make room, then ask again.`

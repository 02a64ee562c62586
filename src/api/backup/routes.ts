import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { blobSourceOf } from '../../store/backup-format.ts'
import { writeBackup } from '../../store/write-backup.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { Bytes } from '../shapes.ts'

/**
 * Everything as one file. It is written beside the data first and sent from there: the rows are read in one
 * transaction, and a slow reader must not hold that open.
 */
export const backupRoutes = (app: App, deps: ApiDeps): void => {
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
    async (_request, reply) => {
      const folder = await mkdtemp(join(deps.config.dataDir, 'backup-'))
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
      const sent = createReadStream(file)
      sent.once('close', () => void remove())
      const day = deps.runner.now().toISOString().slice(0, 10)
      return reply
        .header('content-type', 'application/gzip')
        .header('content-disposition', `attachment; filename="causeway-${day}.ndjson.gz"`)
        .send(sent)
    },
  )
}

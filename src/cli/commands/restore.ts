import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from '../../lib/ids.ts'
import { markBlobsFolder } from '../../start/blobs-folder.ts'
import { openLog } from '../../start/log.ts'
import { openStore } from '../../start/open-store.ts'
import { blobSinkOf } from '../../store/backup-format.ts'
import { blobsIn } from '../../store/blobs.ts'
import { restoreBackup } from '../../store/restore-backup.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { configFor } from '../local-config.ts'
import { count } from '../table.ts'
import { startProgress } from '../terminal.ts'

const WORDS = { rows: 'Restoring records', files: 'Restoring files', checking: 'Checking tables' } as const

const run = async (call: Call): Promise<ExitCode> => {
  const file = call.need('file')
  if (!existsSync(file)) throw new CliStop(EXIT.usage, `There is no file ${file}.`, 'Check the name.')
  const config = configFor(call)
  const store = await openStore(config, openLog('error'))
  if (!store.ok) throw new CliStop(EXIT.failed, store.error, '')
  const progress = startProgress(call.terminal)
  const folder = join(config.dataDir, 'blobs')
  try {
    const restored = await restoreBackup({
      db: store.value.db,
      blobs: blobSinkOf(await blobsIn(folder)),
      from: createReadStream(file),
      now: new Date(),
      onProgress: ({ what, done, of }) => progress.step(WORDS[what], done, of),
    })
    progress.end()
    if (!restored.ok) throw new CliStop(EXIT.refused, restored.error, '')
    await markBlobsFolder({ db: store.value.db, folder, newId: uuidv7 })
    const { rows, files, madeAt, paused } = restored.value
    call.show(restored.value, () =>
      [
        `Restored ${count(rows, 'row')} and ${count(files, 'file')} of the backup of ${madeAt}; counts and hashes are right.\n`,
        paused.length === 0
          ? ''
          : `Every connection is paused, so that nothing old is written into your tools: ${paused.join(', ')}.\nStart Causeway, look at \`causeway status\`, then \`causeway connections resume KEY\`.\n`,
      ].join(''),
    )
    return EXIT.fine
  } finally {
    progress.end()
    await store.value.close()
  }
}

export const restoreCommand: CliCommand = {
  name: 'restore',
  about: 'Fill an empty database from a backup; all connections start paused',
  args: { file: { type: 'positional', description: 'A file that `backup` wrote', required: false } },
  examples: ['restore causeway-2026-11-22.ndjson.gz', 'restore backup.gz --data ./restored'],
  run,
}

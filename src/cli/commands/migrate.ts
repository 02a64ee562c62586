import { openLog } from '../../start/log.ts'
import { openStore } from '../../start/open-store.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { configFor } from '../local-config.ts'

export const migrateCommand: CliCommand = {
  name: 'migrate',
  about: 'Bring the database up to date (`start` does it by itself)',
  args: {},
  examples: ['migrate', 'migrate --data ./data'],
  run: async (call) => {
    const store = await openStore(configFor(call), openLog('error'))
    if (!store.ok) throw new CliStop(EXIT.failed, store.error, '')
    await store.value.close()
    call.show(
      { migrated: true, engine: store.value.engine },
      () => `The database (${store.value.engine}) is up to date.\n`,
    )
    return EXIT.fine
  },
}

import type { CommandRunner } from '../commands/run-command.ts'
import type { HeardSignal } from '../commands/work-signal.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import type { DiskWatch } from '../store/disk-watch.ts'
import type { MasterKey } from '../store/secrets.ts'

/** What the HTTP edge stands on. Made once by the start, handed down. */
export interface ApiDeps {
  readonly runner: CommandRunner
  /** Heard after each commit of this process. */
  readonly signal: HeardSignal
  readonly engine: 'embedded' | 'postgres'
  /** Connections only the webhooks use. */
  readonly intakeDb: Database
  readonly master: MasterKey
  readonly disk: DiskWatch
  readonly config: Pick<
    Config,
    'dataDir' | 'publicUrl' | 'allowHosts' | 'hookMaxBytes' | 'uploadMaxBytes' | 'roles'
  >
  readonly version: string
}

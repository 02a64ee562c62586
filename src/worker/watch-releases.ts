import { type CommandRunner, runCommand } from '../commands/run-command.ts'
import { watchContacts } from '../commands/watch-contacts.ts'
import { SYSTEM } from '../domain/actor.ts'
import { releasesInCare } from '../store/views/hyper-care.ts'
import type { WorkerDeps } from './deps.ts'

/** Looks at the contacts of every release that came out a short while ago, each in a transaction of its own. */
export const watchReleases = async ({
  runner,
  log,
}: Pick<WorkerDeps, 'log'> & {
  readonly runner: CommandRunner
}): Promise<void> => {
  for (const release of await releasesInCare(runner.db, runner.now())) {
    const watched = await runCommand(runner, SYSTEM, watchContacts, { release }, { cause: 'hyper-care' })
    if (!watched.ok)
      log('warn', 'contacts after a release could not be looked at', { release, error: watched.error.detail })
  }
}

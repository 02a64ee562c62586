import { readCiReportsAgain } from '../commands/read-ci-reports-again.ts'
import { type CommandRunner, runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { sourcesWithTurns } from '../store/ci-sources.ts'
import type { WorkerDeps } from './deps.ts'

/** Takes what CI systems told and is to be looked at again, each piece in a transaction of its own. */
export const readCiAgain = async (
  { runner, log }: Pick<WorkerDeps, 'log'> & { readonly runner: CommandRunner },
  stopping: AbortSignal,
): Promise<void> => {
  for (const source of await sourcesWithTurns(runner.db)) {
    for (let left = true; left; ) {
      const read = await runCommand(runner, SYSTEM, readCiReportsAgain, { source }, { cause: 'read again' })
      if (!read.ok)
        log('warn', 'what a CI system told could not be read', { source, error: read.error.detail })
      left = read.ok && read.value.count > 0 && !stopping.aborted
    }
  }
}

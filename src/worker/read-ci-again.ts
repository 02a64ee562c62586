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
  const next = async (source: string): Promise<number> => {
    try {
      const read = await runCommand(runner, SYSTEM, readCiReportsAgain, { source }, { cause: 'read again' })
      return read.ok ? read.value.count : 0
    } catch (error) {
      // whatever is wrong with one, the others are read
      log('warn', 'what a CI system told could not be read; it is read later', {
        ...{ source, error: String(error) },
      })
      return 0
    }
  }
  for (const source of await sourcesWithTurns(runner.db)) {
    while (!stopping.aborted && (await next(source)) > 0);
  }
}

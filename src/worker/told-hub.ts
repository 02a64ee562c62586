import { type Command, type CommandRunner, runCommand } from '../commands/run-command.ts'
import { takeInCommits } from '../commands/take-in-commits.ts'
import { type TracedContents, traceRelease } from '../commands/trace-release.ts'
import { SYSTEM } from '../domain/actor.ts'
import { GitProblem } from '../git/git-problem.ts'
import type { KnownRelease, Listener } from '../git/tell-releases.ts'
import { said } from '../lib/said.ts'
import { LANES } from '../store/dirty.ts'
import { listTracedReleases } from '../store/views/trace.ts'

const PAGE = 200

/** The hub, as a listener to one repository's history. A refusal ends the telling; what was told before it is kept. */
export const toldHub = (
  runner: CommandRunner,
  of: { /** Id. */ readonly product: string; readonly repository: string },
): Listener<TracedContents> => {
  const run = async <I, T>(command: Command<I, T>, input: I): Promise<T> => {
    const result = await runCommand(runner, SYSTEM, command, input, { lane: LANES.change })
    if (!result.ok)
      throw new GitProblem(
        'found',
        result.error.detail,
        said`What was told before it is kept. A tag can be left out (“Tags that are none”).`,
      )
    return result.value
  }
  return {
    known: async () => {
      const found: KnownRelease[] = []
      const filter = { productId: of.product, repository: of.repository }
      for (let after: string | null | undefined; after !== null; ) {
        const page = await listTracedReleases(runner.db, filter, { after: after ?? null, limit: PAGE })
        if (!page.ok) throw new Error(page.error.detail)
        found.push(...page.value.items)
        after = page.value.next
      }
      return found
    },
    takeIn: async (commits) => {
      const told = commits.map(({ at, ...commit }) => ({ ...commit, at: new Date(at) }))
      return (await run(takeInCommits, { ...of, commits: told })).kept
    },
    trace: (release) => run(traceRelease, { ...of, ...release, at: new Date(release.at) }),
  }
}

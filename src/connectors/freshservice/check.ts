import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Catalog } from './catalog.ts'
import { clockOf, type FreshserviceClient } from './client.ts'
import { containerOf, type Scope } from './kinds.ts'
import { markerFieldOf, type Settings } from './settings.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Freshservice. */

const MAX_SKEW_MS = 2 * 60_000

interface CheckParts {
  readonly client: FreshserviceClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly scopes: readonly Scope[]
  readonly now: () => Date
}

const clockProblems = (tool: Date | null, now: Date): readonly string[] => {
  const apart = tool === null ? 0 : Math.abs(tool.getTime() - now.getTime())
  return apart <= MAX_SKEW_MS
    ? []
    : [said`The clock of Causeway and that of Freshservice are ${Math.round(apart / 1000)} seconds apart.`]
}

const markerProblems = async ({ catalog, settings, scopes }: CheckParts): Promise<readonly string[]> => {
  const problems: string[] = []
  for (const scope of scopes)
    if (!(await catalog.hasMarker(scope)))
      problems.push(
        said`The form of "${containerOf(scope)}" has no custom field named "${markerFieldOf(settings)}": without it, a record whose answer was lost cannot be found again.`,
      )
  return problems
}

/** Accounts without workspaces list none. */
const workspaceProblems = async ({ catalog, scopes }: CheckParts): Promise<readonly string[]> => {
  const there = new Set((await catalog.workspaces()).map(({ id }) => id))
  const named = [...new Set(scopes.flatMap(({ workspace }) => workspace ?? []))]
  return named
    .filter((id) => !there.has(id))
    .map((id) => said`There is no workspace ${id} in Freshservice, or the account may not see it.`)
}

export const checkAccount = async (parts: CheckParts): Promise<CheckResult> => {
  const { client, catalog, settings, now } = parts
  const query = { email: settings.email }
  const clock = clockOf(await client.send({ method: 'GET', path: '/api/v2/agents', query, accept: [403] }))
  const account = await catalog.account()
  const workspaces = await workspaceProblems(parts)
  return {
    // Freshservice is one and the same for everybody: there is no version to tell.
    tool: 'Freshservice',
    account,
    problems: [
      ...(account === null
        ? [
            said`No agent of Freshservice has the e-mail address ${settings.email}, or the account may not list agents.`,
          ]
        : []),
      ...workspaces,
      ...(workspaces.length > 0 ? [] : await markerProblems(parts)),
      ...clockProblems(clock, now()),
    ],
  }
}

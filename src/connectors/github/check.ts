import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import { type LabelField, valuesIn } from './labels.ts'
import type { NamedProject, Projects } from './projects.ts'
import type { Repositories, Repository } from './repositories.ts'
import type { Settings } from './settings.ts'

/** Is the account able to do the work? Answers sentences that say what to change in GitHub. */

const ofRepository = async (
  at: Repository,
  repositories: Repositories,
  labelFields: readonly LabelField[],
): Promise<readonly string[]> => {
  const { wire, name } = at
  const problems: string[] = []
  if (wire.full_name.toLowerCase() !== name.toLowerCase())
    problems.push(said`Repository ${name} is called ${wire.full_name} now: change the settings.`)
  if (wire.archived === true)
    problems.push(said`Repository ${name} is archived: nothing can be written there.`)
  if (wire.has_issues === false) problems.push(said`Issues are switched off in repository ${name}.`)
  const { push, triage } = wire.permissions ?? {}
  if (push === false && triage === false)
    problems.push(
      said`In repository ${name} the account may only read: labels, assignees and milestones would be dropped.`,
    )
  if (labelFields.length === 0) return problems
  const labels = await repositories.labels(at)
  for (const { prefix } of labelFields)
    if (valuesIn(labels, prefix).length === 0)
      problems.push(said`Repository ${name} has no label that begins with "${prefix}".`)
  return problems
}

const ofProject = ({ at, found }: NamedProject): readonly string[] => {
  if (found === 'no GraphQL')
    return [said`GitHub offers no GraphQL here, so the project ${at} cannot be read.`]
  if (found === 'no scope')
    return [said`The token lacks the scope "project", so GitHub does not show the project ${at}.`]
  if (found === 'not shown')
    return [
      said`GitHub shows no project ${at} to this account: there is none, or it lacks the right "Projects: read and write".`,
    ]
  return found.mayWrite
    ? []
    : [said`In project ${at} the account may only read: it lacks the right "Projects: read and write".`]
}

export const checkAccount = async (
  repositories: Repositories,
  projects: Projects,
  settings: Settings,
  labelFields: readonly LabelField[],
): Promise<CheckResult> => {
  if (settings.token === undefined && settings.appId === undefined)
    return {
      tool: 'GitHub',
      account: null,
      problems: [said`Neither a token nor a GitHub App is given.`],
    }
  const account = await repositories.account()
  const problems: string[] = []
  if (settings.appId !== undefined && settings.graphql === false)
    problems.push(said`A GitHub App learns its own name by GraphQL only: leave that on.`)
  for (const name of settings.repositories) {
    const at = await repositories.byName(name)
    if (at === null) problems.push(said`GitHub shows no repository "${name}" to this account.`)
    else problems.push(...(await ofRepository(at, repositories, labelFields)))
  }
  if (settings.graphql === false && Object.keys(settings.projects ?? {}).length > 0)
    problems.push(said`Fields of projects are read by GraphQL only: leave that on.`)
  problems.push(...(await projects.all()).flatMap(ofProject))
  return {
    tool: settings.url.startsWith('https://api.github.com') ? 'GitHub' : 'GitHub Enterprise',
    account: { id: String(account.id), name: account.name, email: account.email },
    problems,
  }
}

import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Catalog } from './catalog.ts'
import type { GitLabClient } from './client.ts'
import { asField, scopeOf } from './labels.ts'
import type { WireProject } from './schema.ts'
import type { Settings } from './settings.ts'

/** Is the account able to do the work? Answers sentences that say what to change in GitLab. */

/** GitLab's numbers of roles. Planner (15) is new in 17.7. */
const PLANNER = 15
const MAINTAINER = 40
const SOON_MS = 14 * 24 * 60 * 60_000

const levelIn = ({ permissions }: WireProject): number =>
  Math.max(permissions?.project_access?.access_level ?? 0, permissions?.group_access?.access_level ?? 0)

const projectProblems = async (
  path: string,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly string[]> => {
  const project = await catalog.project(path)
  if (project === null) return [said`GitLab shows no project "${path}" to this account.`]
  const level = levelIn(project)
  const scopes = new Set((await catalog.labels(project.id)).map((label) => scopeOf(label)?.scope))
  return [
    ...(project.archived === true ? [said`Project ${path} is archived: nothing can be written there.`] : []),
    ...(project.issues_access_level === 'disabled' ? [said`Project ${path} has its issues turned off.`] : []),
    ...(level < PLANNER
      ? [
          said`In project ${path} the account needs the role Planner or Reporter: without it confidential issues and internal comments stay hidden.`,
        ]
      : []),
    ...(level < MAINTAINER && (settings.webhookSecret ?? '') !== ''
      ? [said`In project ${path} the account may not manage webhooks: it needs the role Maintainer.`]
      : []),
    ...Object.keys(settings.labelFields ?? {})
      .filter((scope) => !scopes.has(scope))
      .map((scope) => said`Project ${path} has no label "${scope}::…", though the settings make it a field.`),
  ]
}

const tokenProblems = async (client: GitLabClient, now: Date): Promise<readonly string[]> => {
  const token = await client.token()
  if (token === null) return []
  const ends = token.expires_at == null ? null : Date.parse(token.expires_at)
  return [
    ...(token.scopes !== undefined && !token.scopes.includes('api')
      ? [said`The access token lacks the scope "api".`]
      : []),
    ...(ends !== null && ends - now.getTime() < SOON_MS
      ? [said`The access token expires on ${token.expires_at ?? ''}: make a new one in time.`]
      : []),
  ]
}

const settingsProblems = (settings: Settings): readonly string[] =>
  Object.entries(settings.labelFields ?? {})
    .filter(([, field]) => asField(field) === null)
    .map(
      ([scope, field]) =>
        said`The scope "${scope}" cannot be the field "${field}": use status, priority, component, or a name after cf:.`,
    )

export const checkAccount = async (
  client: GitLabClient,
  catalog: Catalog,
  settings: Settings,
  now: () => Date,
): Promise<CheckResult> => {
  const account = await catalog.account()
  const metadata = await client.metadata()
  const ofProjects: string[] = []
  for (const path of settings.projects) ofProjects.push(...(await projectProblems(path, catalog, settings)))
  const edition = metadata?.enterprise === undefined ? '' : metadata.enterprise ? ' EE' : ' CE'
  return {
    tool: metadata === null ? 'GitLab' : `GitLab ${metadata.version}${edition}`,
    account: {
      id: String(account.id),
      name: account.name || account.username || String(account.id),
      email: account.email || null,
    },
    problems: [...settingsProblems(settings), ...(await tokenProblems(client, now())), ...ofProjects],
  }
}

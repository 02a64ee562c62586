import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import { answers } from './answers.ts'
import type { Catalog } from './catalog.ts'
import type { JiraClient } from './client.ts'
import type { Desk } from './desk.ts'
import { DEFAULT_ATTACHMENT_MB, isCloud, type JiraSettings } from './settings.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Jira. */

const NEEDED: Readonly<Record<string, string>> = {
  BROWSE_PROJECTS: 'see issues',
  CREATE_ISSUES: 'add issues',
  EDIT_ISSUES: 'edit issues',
  TRANSITION_ISSUES: 'change the status of issues',
  ASSIGN_ISSUES: 'assign issues',
  ADD_COMMENTS: 'add comments',
  EDIT_OWN_COMMENTS: 'edit its own comments (a changed comment cannot follow)',
  DELETE_OWN_COMMENTS: 'delete its own comments (a withdrawn comment cannot follow)',
  CREATE_ATTACHMENTS: 'attach files',
  LINK_ISSUES: 'link issues (links to tickets are held)',
}

/** Beyond this, times of the one do not fit those of the other. */
const MAX_CLOCK_MS = 5 * 60_000
const MB = 1024 * 1024

const projectProblems = async (
  client: JiraClient,
  catalog: Catalog,
  settings: JiraSettings,
  desk: Desk,
  key: string,
): Promise<readonly string[]> => {
  const needed: Readonly<Record<string, string>> = { ...NEEDED, ...desk.permissions }
  const project = await catalog.project(key)
  const missing = project === null ? null : await client.missingPermissions(project.key, Object.keys(needed))
  if (project === null || missing === null) return [said`Jira shows no project "${key}" to this account.`]
  const rights = missing.map((name) => said`In project ${key} the account may not ${needed[name] ?? name}.`)
  const { defaultType, internalRole } = settings
  const types = project.issueTypes ?? []
  const noType =
    desk.isDesk ||
    defaultType === undefined ||
    types.length === 0 ||
    types.some((each) => each.name === defaultType)
      ? []
      : [said`Project ${key} has no issue type "${defaultType}".`]
  const roles = internalRole ? await client.roles(key) : null
  const noRole =
    internalRole && roles !== null && !roles.includes(internalRole)
      ? [said`Project ${key} has no role "${internalRole}" for internal comments.`]
      : []
  return [...rights, ...noType, ...noRole]
}

const attachmentProblems = async (client: JiraClient, settings: JiraSettings): Promise<readonly string[]> => {
  const body = await client.getIfVisible(`${client.api}/attachment/meta`)
  if (!answers.attachmentSettings.Check(body)) return []
  if (!body.enabled) return [said`Attachments are switched off in Jira.`]
  const ours = settings.maxAttachmentMb ?? DEFAULT_ATTACHMENT_MB
  const theirs = Math.floor((body.uploadLimit ?? ours * MB) / MB)
  return theirs >= ours
    ? []
    : [said`Jira takes attachments of ${theirs} MB at most, but the settings say ${ours} MB.`]
}

const LABELS = { cloud: 'Cloud', 'data-center': 'Data Center' } as const

export const checkAccount = async (
  client: JiraClient,
  catalog: Catalog,
  settings: JiraSettings,
  desk: Desk,
  now: () => Date,
): Promise<CheckResult> => {
  const account = await catalog.account()
  const server = await client.serverInfo()
  const isOther = server.deploymentType ? (server.deploymentType === 'Cloud') !== isCloud(settings) : false
  const theirs = server.serverTime ? Date.parse(server.serverTime) : Number.NaN
  const offMs = Number.isNaN(theirs) ? 0 : Math.abs(theirs - now().getTime())
  const ofProjects: string[] = []
  for (const key of settings.projects)
    ofProjects.push(...(await projectProblems(client, catalog, settings, desk, key)))
  return {
    tool: isCloud(settings) ? 'Jira Cloud' : `Jira Data Center ${server.version ?? ''}`.trim(),
    account,
    problems: [
      ...(isOther ? [said`This Jira is not ${LABELS[settings.deployment]}, as the settings say.`] : []),
      ...(offMs > MAX_CLOCK_MS
        ? [said`The clock of Jira and ours differ by ${Math.round(offMs / 60_000)} minutes.`]
        : []),
      ...ofProjects,
      ...(await attachmentProblems(client, settings)),
    ],
  }
}

import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { Catalog } from './catalog.ts'
import type { RedmineClient } from './client.ts'
import type { Settings, WireProject } from './schema.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Redmine. */

const NEEDED: Readonly<Record<string, string>> = {
  view_issues: 'see issues',
  add_issues: 'add issues',
  edit_issues: 'edit issues',
  add_issue_notes: 'add notes',
  edit_own_issue_notes: 'edit its own notes (a changed or withdrawn comment cannot follow)',
  view_private_notes: 'see private notes',
  set_notes_private: 'make notes private (internal comments are held)',
}
/** The wider right holds the narrower one. */
const IMPLIED_BY: Readonly<Record<string, string>> = { edit_own_issue_notes: 'edit_issue_notes' }

const rightsProblems = async (
  project: WireProject,
  identifier: string,
  catalog: Catalog,
): Promise<readonly string[]> => {
  const rights = await catalog.rights(project.id)
  if (rights === 'all') return []
  const has = (right: string): boolean => rights.has(right) || rights.has(IMPLIED_BY[right] ?? right)
  const missing = Object.entries(NEEDED).filter(([right]) => !has(right))
  return missing.map(([, what]) => said`In project ${identifier} the account may not ${what}.`)
}

const projectProblems = async (identifier: string, catalog: Catalog): Promise<readonly string[]> => {
  const project = await catalog.projectDetails(identifier)
  if (project === null) return [said`Redmine shows no project "${identifier}" to this account.`]
  const noTracker = (project.trackers ?? []).length === 0 ? [said`Project ${identifier} has no tracker.`] : []
  return [...noTracker, ...(await rightsProblems(project, identifier, catalog))]
}

/** A filter Redmine does not know is ignored, so a value that nobody has would be found everywhere. */
const markerProblems = async (
  client: RedmineClient,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly string[]> => {
  const name = settings.markerField
  try {
    const id = await catalog.customFieldId(name)
    const nobodyHas = [
      { field: 'status_id', operator: '*', values: [''] },
      { field: `cf_${id}`, operator: '=', values: ['causeway-check-no-issue-holds-this'] },
    ] as const
    const found = await client.issues(nobodyHas, { sort: 'id', limit: 1 })
    return found.length === 0 ? [] : [said`The custom field "${name}" must be marked "used as a filter".`]
  } catch (error) {
    if (!isFault(error) || error.kind !== 'invalid') throw error
    return [
      said`There is no custom field "${name}" for issues (format Text, for all followed projects and trackers, used as a filter). If there is one and the projects are still empty, give its id in the settings.`,
    ]
  }
}

export const checkAccount = async (
  client: RedmineClient,
  catalog: Catalog,
  settings: Settings,
): Promise<CheckResult> => {
  const account = await catalog.account()
  const ofProjects: string[] = []
  for (const identifier of settings.projects) ofProjects.push(...(await projectProblems(identifier, catalog)))
  const name = [account.firstname, account.lastname].filter((each) => each).join(' ')
  return {
    // Redmine tells its version to nobody over REST.
    tool: 'Redmine',
    account: {
      id: String(account.id),
      name: name || account.login || String(account.id),
      email: account.mail || null,
    },
    problems: [...ofProjects, ...(await markerProblems(client, catalog, settings))],
  }
}

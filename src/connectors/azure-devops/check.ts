import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Catalog } from './catalog.ts'
import { fieldsOf } from './catalog.ts'
import type { AzureClient } from './client.ts'
import { apiVersionOf, defaultTypeOf, markerFieldOf, type Settings } from './settings.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Azure DevOps. */

const projectProblems = async (
  name: string,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly string[]> => {
  const types = await catalog.types(name)
  if (types.length === 0) return [said`In project ${name} the account sees no work item types.`]
  const wanted = defaultTypeOf(settings)
  const type = types.find((one) => one.name === wanted)
  if (type === undefined)
    return [
      said`Project ${name} has no work item type “${wanted}”: choose another as “Work item type” in the settings.`,
    ]
  const marker = markerFieldOf(settings)
  const hasMarker = fieldsOf(type).some(({ referenceName }) => referenceName === marker)
  return hasMarker
    ? []
    : [
        said`In project ${name} the type “${wanted}” has no field ${marker}: add a field “Text (single line)” to it in the process of the project, or correct its name.`,
      ]
}

export const checkAccount = async (
  client: AzureClient,
  catalog: Catalog,
  settings: Settings,
): Promise<CheckResult> => {
  for (const key of ['account', 'projects', 'fields', ...settings.projects.map((name) => `types ${name}`)])
    catalog.forget(key)
  const account = await catalog.account()
  const seen = new Set((await catalog.projects()).map(({ name }) => name.toLowerCase()))
  const problems: string[] = []
  for (const name of settings.projects)
    problems.push(
      ...(seen.has(name.toLowerCase())
        ? await projectProblems(name, catalog, settings)
        : [said`Azure DevOps shows no project ${name} to this account.`]),
    )
  // asked for the answer's sake: without the right to read work items this is a fault that says so
  if (problems.length === 0) await client.query('SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 0', 1)
  const kind = account.isServer ? 'Azure DevOps Server' : 'Azure DevOps Services'
  return { tool: `${kind}, API ${apiVersionOf(settings)}`, account: account.person, problems }
}

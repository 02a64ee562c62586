import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Catalog } from './catalog.ts'
import { customersOf, type Settings, typeGroupOf } from './settings.ts'
import { signInOf, usesKey } from './sign-in.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Linear or in the settings. */

const credentialProblems = (settings: Settings): readonly string[] => {
  if (usesKey(settings) && (settings.clientId ?? '') !== '')
    return [said`Both a personal API key and an OAuth application are given: the key is used.`]
  if (usesKey(settings) || signInOf(settings) !== null) return []
  return [said`Neither a personal API key nor an OAuth application is given.`]
}

const labelProblems = async (catalog: Catalog, settings: Settings): Promise<readonly string[]> => {
  const group = typeGroupOf(settings)
  if (group === null) return []
  const labels = await catalog.labels()
  const isThere = [...labels.values()].some((one) => one.group === group)
  return isThere ? [] : [said`Linear has no label group "${group}" with labels in it.`]
}

export const checkAccount = async (catalog: Catalog, settings: Settings): Promise<CheckResult> => {
  const { viewer, organization, teams } = await catalog.workspace()
  const shown = new Set(teams.nodes.map(({ key }) => key))
  const missing = settings.teams.filter((key) => !shown.has(key))
  const customers =
    customersOf(settings) !== null && !organization.customersEnabled
      ? [said`Customers are switched off in this workspace of Linear: Settings → Customer requests.`]
      : []
  return {
    tool: `Linear (${organization.name})`,
    account: { id: viewer.id, name: viewer.name, email: viewer.email },
    problems: [
      ...credentialProblems(settings),
      ...missing.map((key) => said`Linear shows no team "${key}" to this account.`),
      ...(await labelProblems(catalog, settings)),
      ...customers,
    ],
  }
}

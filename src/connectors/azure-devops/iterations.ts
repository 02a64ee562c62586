import { fingerprint } from '../../lib/stable.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { type AzureClient, segment } from './client.ts'
import { iterationRef } from './convert.ts'
import { entriesOf, notTaken } from './encode.ts'
import { answers, readAs, type WireNode } from './schema.ts'
import type { Settings } from './settings.ts'

/**
 * Iterations as releases, where the settings say so. They have no status and no time of change: what is told is their name
 * and their days, and whether the tree changed is found by comparing.
 */

export interface Iteration {
  readonly project: string
  /** Below the project: `Release 1\Sprint 2`; what an item’s `release` holds. */
  readonly path: string
  readonly node: WireNode
}

const MAX_ITERATIONS = 5_000

/** Every iteration but the project's own, which stands for none. */
export const iterationsIn = (root: WireNode, project: string): readonly Iteration[] => {
  const found: Iteration[] = []
  const walk = (node: WireNode, above: string): void => {
    for (const child of node.children ?? []) {
      if (found.length >= MAX_ITERATIONS) return
      const path = above === '' ? child.name : `${above}\\${child.name}`
      found.push({ project, path, node: child })
      walk(child, path)
    }
  }
  walk(root, '')
  return found
}

const day = (text: string | null | undefined): string | null => text?.slice(0, 10) || null

export const iterationSnapshot = ({ project, path, node }: Iteration, baseUrl: string): Snapshot => ({
  ref: iterationRef(node.identifier),
  kind: 'release',
  key: path,
  url: `${baseUrl}/${encodeURIComponent(project)}/_settings/work`,
  container: project,
  fields: { title: path, due: day(node.attributes?.finishDate), container: project },
  statusCategory: null,
  nextStatuses: null,
  comments: [],
  attachments: null,
  links: [],
  people: [],
  createdAt: null,
  updatedAt: null,
  version: null,
  // Azure DevOps does not say who made an iteration.
  createdByUs: false,
})

/** Of all followed projects; read anew, for they are compared. */
export const allIterations = async (catalog: Catalog, settings: Settings): Promise<readonly Iteration[]> => {
  const found: Iteration[] = []
  for (const project of settings.projects) {
    catalog.forget(`Iterations ${project}`)
    found.push(...iterationsIn(await catalog.nodes(project, 'Iterations'), project))
  }
  return found
}

/** Changes when any iteration does. */
export const treeMark = (iterations: readonly Iteration[]): string =>
  fingerprint(
    iterations.map(({ project, path, node }) => [project, path, node.identifier, node.attributes ?? null]),
  )

const changeOf = (fields: ToolFields, { path, node }: Iteration): Readonly<Record<string, unknown>> => {
  let name: string | undefined
  let finish: string | null | undefined
  const above = path.slice(0, path.length - node.name.length)
  for (const [field, value] of entriesOf(fields)) {
    if (field === 'title') name = nameBelow(String(value ?? ''), above)
    else if (field === 'due') finish = value === null ? null : String(value)
    else
      throw notTaken(field satisfies ToolField, `${field} of an iteration cannot be written in Azure DevOps`)
  }
  const days =
    finish === undefined
      ? {}
      : {
          // it has both days or none
          attributes:
            finish === null
              ? { startDate: null, finishDate: null }
              : { startDate: startBefore(node, finish), finishDate: `${finish.slice(0, 10)}T00:00:00Z` },
        }
  return { ...(name === undefined ? {} : { name }), ...days }
}

const startBefore = (node: WireNode, finish: string): string => {
  const start = node.attributes?.startDate
  const end = `${finish.slice(0, 10)}T00:00:00Z`
  return start && start <= end ? start : end
}

/** Only its own name can be changed, not the iterations it lies in. */
const nameBelow = (title: string, above: string): string => {
  const name = title.startsWith(above) ? title.slice(above.length) : ''
  if (name !== '' && !/[\\/:*?"<>|]/.test(name)) return name
  throw notTaken('title', `“${title.slice(0, 80)}” cannot be the name of this iteration`)
}

export const updateIteration = async (
  client: AzureClient,
  catalog: Catalog,
  settings: Settings,
  guid: string,
  fields: ToolFields,
): Promise<void> => {
  const all = await allIterations(catalog, settings)
  const found = all.find(({ node }) => node.identifier.toLowerCase() === guid.toLowerCase())
  if (found === undefined)
    throw new RemoteFault('gone', `iteration ${guid} does not exist in the followed projects`)
  const path = found.path.split('\\').map(segment).join('/')
  const response = await client.write(
    {
      method: 'PATCH',
      path: `/${segment(found.project)}/_apis/wit/classificationnodes/Iterations/${path}`,
      json: changeOf(fields, found),
    },
    `iteration ${found.path}`,
  )
  readAs(answers.nodes, response.json(), `iteration ${found.path}`, 'unknown')
  catalog.forget(`Iterations ${found.project}`)
}

import { RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson, ToolField } from '../../sync/snapshot.ts'
import { type AzureClient, segment } from './client.ts'
import { answers, readAs, type WireField, type WireNode, type WireType } from './schema.ts'

/**
 * What changes seldom: the account, projects, types with their states and moves, fields, iterations. Asked when first
 * needed, and again after ten minutes.
 */

const KEEP_MS = 10 * 60_000
const MAX_PROJECTS = 1_000
/** How deep areas and iterations are read; Azure DevOps allows 14 levels. */
const DEPTH = 14

export interface Account {
  readonly id: string
  readonly person: RemotePerson
  readonly isServer: boolean
}

export interface Project {
  readonly id: string
  readonly name: string
}

export type Catalog = ReturnType<typeof catalogOf>

export const catalogOf = (client: AzureClient, now: () => Date) => {
  const kept = new Map<string, { readonly until: number; readonly value: Promise<unknown> }>()
  const keep = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const held = kept.get(key)
    if (held !== undefined && held.until > now().getTime()) return held.value as Promise<T>
    const value = ask()
    kept.set(key, { until: now().getTime() + KEEP_MS, value })
    // what failed is asked again the next time
    value.catch(() => kept.delete(key))
    return value
  }

  const nodes = (project: string, group: 'Areas' | 'Iterations'): Promise<WireNode> =>
    keep(`${group} ${project}`, async () => {
      const path = `/${segment(project)}/_apis/wit/classificationnodes/${group}`
      return readAs(answers.nodes, await client.get(path, { $depth: DEPTH }), `${group} of ${project}`)
    })

  const fields = (): Promise<readonly WireField[]> =>
    keep(
      'fields',
      async () => readAs(answers.fields, await client.get('/_apis/wit/fields'), 'the fields').value,
    )

  return {
    nodes,
    fields,
    forget: (key: string): void => {
      kept.delete(key)
    },

    account: (): Promise<Account> =>
      keep('account', async () => {
        const query = { 'api-version': '6.0-preview.1', connectOptions: 'none' }
        const answer = readAs(
          answers.account,
          await client.get('/_apis/connectionData', query),
          'the account',
        )
        const { id, providerDisplayName, properties } = answer.authenticatedUser
        const login = properties?.Account?.$value ?? ''
        return {
          id,
          person: {
            id: login === '' ? id : login,
            name: providerDisplayName ?? (login === '' ? id : login),
            email: login.includes('@') ? login : null,
          },
          isServer: answer.deploymentType === 'onPremises',
        }
      }),

    projects: (): Promise<readonly Project[]> =>
      keep('projects', async () => {
        const answer = await client.get('/_apis/projects', { $top: MAX_PROJECTS })
        return readAs(answers.projects, answer, 'the projects').value
      }),

    /** Of a project that is hidden or gone: none. */
    types: (project: string): Promise<readonly WireType[]> =>
      keep(`types ${project}`, async () => {
        const answer = await client.getIfThere(`/${segment(project)}/_apis/wit/workitemtypes`)
        const all = answer === null ? [] : readAs(answers.types, answer, `types of ${project}`).value
        return all.filter(({ isDisabled }) => isDisabled !== true)
      }),

    /** The reference name of `cf:<display or reference name>`. */
    referenceOf: async (field: ToolField): Promise<string> => {
      const name = field.slice(3)
      const known = await fields()
      const found =
        known.find((one) => one.name === name) ??
        known.find((one) => one.referenceName.toLowerCase() === name.toLowerCase())
      if (found !== undefined) return found.referenceName
      throw new RemoteFault(
        'invalid',
        `Azure DevOps has no field “${name}”. Correct its name in the mapping, or create it in the process of the project.`,
        { field },
      )
    },
  }
}

/** Fields of a type, whichever of its two lists the answer holds. */
export const fieldsOf = (type: WireType | undefined) => type?.fieldInstances ?? type?.fields ?? []

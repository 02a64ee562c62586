import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import type { LinearClient } from './client.ts'
import type { WireLabel, WireTeam, WireWorkspace } from './schema.ts'
import { customersOf, type Settings } from './settings.ts'

/**
 * Names and ids of one workspace, remembered for a session. Linear writes by id and settings speak in names. What is
 * remembered is asked for again after five minutes, and at once when a name is not found in it.
 */

const KEPT_MS = 5 * 60_000
const MAX_PAGES = 25

export interface LabelName {
  /** `Group/Label` for one of a group: names count within a group only. */
  readonly name: string
  readonly group: string | null
  readonly team: string | null
  readonly id: string
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

export type Catalog = ReturnType<typeof catalogOf>

const labelName = ({ id, name, parent, team }: WireLabel): LabelName => ({
  id,
  name: parent === null ? name : `${parent.name}/${name}`,
  group: parent?.name ?? null,
  team: team?.key ?? null,
})

const missing = (field: ToolField, sentence: string): RemoteFault =>
  new RemoteFault('invalid', sentence, { field })

/** Of what was found by a name: just one can be meant. */
const only = (found: readonly { readonly id: string }[], field: ToolField, what: string): string => {
  const [first] = found
  if (first === undefined) throw missing(field, `Linear has no ${what}. Correct the word in the mapping.`)
  if (found.length > 1) throw missing(field, `Linear has more than one ${what}: rename one of them there`)
  return first.id
}

interface Page<T> {
  readonly nodes: readonly T[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const everyPage = async <T>(ask: (after: string | null) => Promise<Page<T>>): Promise<readonly T[]> => {
  const rows: T[] = []
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { nodes, pageInfo }: Page<T> = await ask(after)
    rows.push(...nodes)
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage || after === null) break
  }
  return rows
}

export const catalogOf = (client: LinearClient, settings: Settings, now: () => Date) => {
  const kept = new Map<string, { readonly untilMs: number; readonly value: Promise<unknown> }>()

  const remember = <T>(key: string, ask: () => Promise<T>) => {
    const load = (): Promise<T> => {
      const value = ask()
      kept.set(key, { untilMs: now().getTime() + KEPT_MS, value })
      // a failed question is not remembered; the rejection itself reaches whoever awaits it
      value.catch(() => kept.delete(key))
      held = value
      return value
    }
    let held: Promise<T> | null = null
    const isKept = (): boolean => now().getTime() < (kept.get(key)?.untilMs ?? 0)
    return {
      get: (): Promise<T> => (isKept() && held !== null ? held : load()),
      /** Looks in what is remembered, and asks again when it is not there. */
      find: async <R>(pick: (value: T) => R | undefined): Promise<R | undefined> => {
        const wasKept = isKept()
        const found = pick(await (wasKept && held !== null ? held : load()))
        return found !== undefined || !wasKept ? found : pick(await load())
      },
    }
  }

  const workspace = remember<WireWorkspace>('workspace', () =>
    client.ask('workspace', { teams: settings.teams, count: settings.teams.length }),
  )

  const labels = remember<ReadonlyMap<string, LabelName>>('labels', async () => {
    const rows = await everyPage(async (after) => (await client.ask('labels', { after })).issueLabels)
    return new Map(rows.filter(({ isGroup }) => !isGroup).map((label) => [label.id, labelName(label)]))
  })

  const people = remember<readonly Person[]>('people', async () => {
    const rows = await everyPage(async (after) => (await client.ask('people', { after })).users)
    return rows.filter(({ active }) => active).map(({ id, name, email }) => ({ id, name, email }))
  })

  const team = async (key: string): Promise<WireTeam> => {
    const found = await workspace.find(({ teams }) => teams.nodes.find((one) => one.key === key))
    if (found === undefined)
      throw missing(
        'container',
        `Linear shows no team ${key} to this account, or it is not among those followed`,
      )
    return found
  }

  return {
    workspace: workspace.get,
    labels: labels.get,
    people: people.get,
    team,

    accountId: async (): Promise<string> => (await workspace.get()).viewer.id,

    /** What an issue is asked for beyond its own fields, as the workspace has it. */
    extent: async (): Promise<{ readonly releases: boolean; readonly customers: boolean }> => {
      const { organization } = await workspace.get()
      return {
        releases: organization.releasesEnabled,
        customers: organization.customersEnabled && customersOf(settings) !== null,
      }
    },

    /** Names of these labels; one that was made since is asked for. */
    labelsOf: async (ids: Iterable<string>): Promise<ReadonlyMap<string, LabelName>> => {
      const wanted = [...ids]
      if (wanted.length === 0) return new Map()
      const all = (known: ReadonlyMap<string, LabelName>) =>
        wanted.every((id) => known.has(id)) ? known : undefined
      return (await labels.find(all)) ?? (await labels.get())
    },

    stateId: async (teamKey: string, word: string): Promise<string> => {
      const { states } = await team(teamKey)
      const found = states.nodes.find(({ name }) => name === word)
      if (found !== undefined) return found.id
      const again = await workspace.find(({ teams }) =>
        teams.nodes.find(({ key }) => key === teamKey)?.states.nodes.find(({ name }) => name === word),
      )
      if (again === undefined)
        throw missing(
          'status',
          `Team ${teamKey} in Linear has no status “${word}”. Correct the word in the mapping, or create it there under Settings → Teams → ${teamKey} → Issue statuses.`,
        )
      return again.id
    },

    /** Labels of the team itself and of the workspace; the team's own count first. */
    labelId: async (teamKey: string, name: string, field: ToolField): Promise<string> => {
      const found = await labels.find((known) => {
        const fitting = [...known.values()].filter(
          (one) => one.name === name && (one.team === null || one.team === teamKey),
        )
        return fitting.find((one) => one.team === teamKey) ?? fitting[0]
      })
      if (found === undefined)
        throw missing(
          field,
          `Linear has no label “${name}” for team ${teamKey}. Create it there, or correct the word in the mapping.`,
        )
      return found.id
    },

    projectId: async (name: string): Promise<string> =>
      only((await client.ask('projectNamed', { name })).projects.nodes, 'component', `project “${name}”`),

    milestoneId: async (name: string, project: string | null): Promise<string> => {
      if (project === null)
        throw missing('cf:Milestone', 'An issue in Linear has a milestone only within a project')
      const found = await client.ask('milestoneNamed', { name, project })
      return only(found.projectMilestones.nodes, 'cf:Milestone', `milestone “${name}” in project ${project}`)
    },

    /** By its name, or by its number where it has none. */
    cycleId: async (teamKey: string, name: string): Promise<string> => {
      const number = /^Cycle (\d{1,9})$/.exec(name)?.[1]
      const wanted = number === undefined ? { name: { eq: name } } : { number: { eq: Number(number) } }
      const found = await client.ask('cycleNamed', { filter: { team: { key: { eq: teamKey } }, ...wanted } })
      return only(found.cycles.nodes, 'cf:Cycle', `cycle “${name}” in team ${teamKey}`)
    },

    releaseId: async (name: string): Promise<string> =>
      only((await client.ask('releaseNamed', { name })).releases.nodes, 'release', `release “${name}”`),

    customerId: async (value: string): Promise<string> => {
      const by = customersOf(settings)
      const filter =
        by === 'domain'
          ? { domains: { some: { eq: value } } }
          : by === 'external id'
            ? { externalIds: { some: { eq: value } } }
            : { name: { eq: value } }
      const found = await client.ask('customerNamed', { filter })
      return only(found.customers.nodes, 'cf:Customers', `customer “${value}”`)
    },
  }
}

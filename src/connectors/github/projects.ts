import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { GithubClient } from './client.ts'
import {
  PROJECT_QUERY,
  projectAnswers,
  VALUES_QUERY,
  type WireProject,
  type WireProjectField,
  type WireValue,
  type WireValued,
} from './project-questions.ts'
import { readAs, type WireIssue } from './schema.ts'
import { graphqlPath, type Settings } from './settings.ts'

/**
 * Fields of the projects that the settings name, as fields of their issues: `cf:Roadmap · Status`, by the name that the
 * settings give the project, so that a new title there changes no field here. Who names no project is asked for nothing.
 */

const KEPT_MS = 5 * 60_000
/** Issues whose items are remembered: of the oldest nothing is lost but a call. */
const MAX_KNOWN = 5_000

export interface ProjectField {
  readonly field: ToolField
  readonly id: string
  readonly name: string
  readonly kind: 'text' | 'number' | 'date' | 'choice'
  /** The member of GitHub's `ProjectV2FieldValue` it is written as. */
  readonly member: 'text' | 'number' | 'date' | 'singleSelectOptionId' | 'iterationId'
  readonly options: readonly { readonly id: string; readonly name: string }[]
}

export interface Project {
  readonly id: string
  /** As the settings call it. */
  readonly name: string
  readonly mayWrite: boolean
  readonly fields: readonly ProjectField[]
}

/** A project of the settings, and what became of asking for it. */
export interface NamedProject {
  readonly name: string
  /** `acme/7` */
  readonly at: string
  readonly found: Project | 'no scope' | 'not shown' | 'no GraphQL'
}

const MEMBERS: Readonly<Record<string, Pick<ProjectField, 'kind' | 'member'>>> = {
  TEXT: { kind: 'text', member: 'text' },
  NUMBER: { kind: 'number', member: 'number' },
  DATE: { kind: 'date', member: 'date' },
}

const prefixOf = (name: string): `cf:${string}` => `cf:${name} · `

/** null: a field that is the issue's own, as its labels. */
const fieldOf = (project: string, wire: WireProjectField): ProjectField | null => {
  const { id, name, options, configuration, dataType = '' } = wire
  if (id === undefined || name === undefined) return null
  const base = { field: `${prefixOf(project)}${name}` as const, id, name }
  if (options !== undefined) return { ...base, kind: 'choice', member: 'singleSelectOptionId', options }
  if (configuration !== undefined) {
    const all = [...configuration.iterations, ...configuration.completedIterations]
    const named = all.map((each) => ({ id: each.id, name: each.title }))
    return { ...base, kind: 'choice', member: 'iterationId', options: named }
  }
  const plain = MEMBERS[dataType]
  return plain === undefined ? null : { ...base, ...plain, options: [] }
}

const projectOf = (name: string, wire: WireProject, scopes: string | undefined): Project => ({
  id: wire.id,
  name,
  // Of a classic token GitHub says the scopes; of all others only what the account may.
  mayWrite: wire.viewerCanUpdate && (!scopes || /(?:^|,\s*)project(?:,|$)/.test(scopes)),
  fields: (wire.fields.nodes ?? []).flatMap((each) => (each === null ? [] : (fieldOf(name, each) ?? []))),
})

const shownValue = ({ text, number, date, name, title }: WireValue): ToolValue => {
  const value = text ?? number ?? date ?? name ?? title ?? null
  return value === '' ? null : value
}

const withTold = (shown: Snapshot, told: ToolFields): Snapshot => ({
  ...shown,
  fields: { ...shown.fields, ...told },
})

export type Projects = ReturnType<typeof projectsOf>

export const projectsOf = (client: GithubClient, settings: Settings, now: () => Date) => {
  const path = graphqlPath(settings.url)
  const named = settings.graphql === false ? [] : Object.entries(settings.projects ?? {})
  /** By the issue's ref, its item in each project; null: it is not in it. */
  const known = new Map<string, ReadonlyMap<string, string | null>>()
  let kept: { readonly untilMs: number; readonly value: Promise<readonly NamedProject[]> } | null = null

  const ask = async (name: string, at: string): Promise<NamedProject> => {
    const [owner = '', number = ''] = at.split('/')
    const answer = await client.graphql(path, PROJECT_QUERY, { owner, number: Number(number) })
    if (answer === null) return { name, at, found: 'no GraphQL' }
    const data = projectAnswers.project.Check(answer.data) ? answer.data : null
    const wire = data?.repositoryOwner?.projectV2 ?? null
    if (wire !== null) return { name, at, found: projectOf(name, wire, answer.headers['x-oauth-scopes']) }
    if (answer.errors.some(({ type }) => type === 'INSUFFICIENT_SCOPES'))
      return { name, at, found: 'no scope' }
    if (data === null && answer.errors.length === 0)
      throw new RemoteFault('down', `GitHub's answer for project ${at} has an unexpected shape`)
    return { name, at, found: 'not shown' }
  }

  const load = (): Promise<readonly NamedProject[]> => {
    const value = Promise.all(named.map(([name, at]) => ask(name, at)))
    kept = { untilMs: now().getTime() + KEPT_MS, value }
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => {
      if (kept?.value === value) kept = null
    })
    return value
  }
  const all = (): Promise<readonly NamedProject[]> =>
    kept !== null && now().getTime() < kept.untilMs ? kept.value : load()

  const visible = async (): Promise<readonly Project[]> =>
    (await all()).flatMap(({ found }) => (typeof found === 'string' ? [] : [found]))

  const remember = (ref: RemoteRef, projectId: string, itemId: string | null): void => {
    const before = known.get(ref.id)
    const oldest = before !== undefined || known.size < MAX_KNOWN ? undefined : known.keys().next().value
    if (oldest !== undefined) known.delete(oldest)
    known.set(ref.id, new Map([...(before ?? []), [projectId, itemId]]))
  }

  /** What the projects say of one issue. A project that does not show it says nothing of its fields. */
  const toldOf = (
    ref: RemoteRef,
    node: WireValued | null | undefined,
    projects: readonly Project[],
  ): ToolFields => {
    const shown = node?.projectItems
    if (shown == null) return {}
    const items = (shown.nodes ?? []).filter((each) => each !== null)
    const fields: Partial<Record<ToolField, ToolValue>> = {}
    for (const project of projects) {
      const item = items.find((each) => each.project.id === project.id)
      // It is in more projects than are told of: perhaps in this one too.
      if (item === undefined && shown.pageInfo.hasNextPage) continue
      remember(ref, project.id, item?.id ?? null)
      for (const { field, id } of project.fields) {
        const value = item?.fieldValues.nodes?.find((each) => each?.field?.id === id)
        fields[field] = value == null ? null : shownValue(value)
      }
    }
    return fields
  }

  const askValues = async (ids: readonly string[]): Promise<readonly (WireValued | null)[]> => {
    if (ids.length === 0) return []
    const answer = await client.graphql(path, VALUES_QUERY, { ids })
    return readAs(projectAnswers.values, answer?.data, 'fields of projects').nodes
  }

  /** Issues with what the projects say of them: one question for a page. */
  const shown = async (
    issues: readonly { readonly issue: WireIssue; readonly snapshot: Snapshot }[],
  ): Promise<readonly Snapshot[]> => {
    if (named.length === 0) return issues.map(({ snapshot }) => snapshot)
    const projects = await visible()
    const ids = issues.flatMap(({ issue }) => issue.node_id ?? [])
    const nodes = await askValues(projects.length === 0 ? [] : ids)
    return issues.map(({ issue, snapshot }) => {
      const node = nodes[ids.indexOf(issue.node_id ?? '')]
      return withTold(snapshot, toldOf(snapshot.ref, node, projects))
    })
  }

  return {
    /** Whether the settings name any. */
    isNamed: named.length > 0,
    all,
    visible,
    shown,

    /** Which of these fields are of projects. */
    isOf: (field: string): boolean => named.some(([name]) => field.startsWith(prefixOf(name))),

    /** The field, asked for again where it is not known; and again where `isThere` misses an option. */
    lookUp: async (
      name: string,
      isThere: (field: ProjectField) => boolean,
    ): Promise<{ readonly project: Project; readonly field: ProjectField } | undefined> => {
      const wasKept = kept !== null && now().getTime() < kept.untilMs
      const find = (projects: readonly NamedProject[]) =>
        projects.flatMap(({ found }) => {
          const field = typeof found === 'string' ? undefined : found.fields.find((one) => one.field === name)
          return typeof found === 'string' || field === undefined ? [] : [{ project: found, field }]
        })[0]
      const first = find(await all())
      const isGood = first !== undefined && isThere(first.field)
      return isGood || !wasKept ? first : find(await load())
    },

    /** null: it is not in the project; undefined: not known. */
    itemOf: (ref: RemoteRef, projectId: string): string | null | undefined =>
      known.get(ref.id)?.get(projectId),
    /** Which projects the issue is in, for `itemOf`. */
    look: async (ref: RemoteRef, issueId: string): Promise<void> => {
      const [node] = await askValues([issueId])
      toldOf(ref, node, await visible())
    },
    remember,
    forget: (ref: RemoteRef): void => void known.delete(ref.id),
  }
}

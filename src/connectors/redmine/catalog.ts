import type { ToolField } from '../../sync/snapshot.ts'
import type { RedmineClient } from './client.ts'
import type { KnownUser } from './convert.ts'
import { missingCustomField, missingEverywhere, missingInProject } from './missing-name.ts'
import type { Named, Settings, WireIssue, WireProject, WireUser } from './schema.ts'

/**
 * Names and ids of one Redmine, remembered for a session. Redmine writes by id and settings speak in names. What is
 * remembered is asked for again after five minutes, and at once when a name is not found in it.
 */

const KEPT_MS = 5 * 60_000
/** Addresses of people change rarely, and each costs a call. */
const PEOPLE_KEPT_MS = 60 * 60_000
/** E-mail look-ups for one question; the rest is found the next time. */
export const MAX_PEOPLE_AT_ONCE = 10

interface Kept {
  readonly untilMs: number
  readonly value: Promise<unknown>
}

export type Catalog = ReturnType<typeof catalogOf>

export const catalogOf = (client: RedmineClient, settings: Settings, now: () => Date) => {
  const kept = new Map<string, Kept>()

  const load = <T>(key: string, ask: () => Promise<T>, keptMs = KEPT_MS): Promise<T> => {
    const value = ask()
    kept.set(key, { untilMs: now().getTime() + keptMs, value })
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key)
    })
    return value
  }
  const isKept = (key: string): boolean => now().getTime() < (kept.get(key)?.untilMs ?? 0)
  const recall = <T>(key: string, ask: () => Promise<T>, keptMs = KEPT_MS): Promise<T> => {
    const entry = isKept(key) ? kept.get(key) : undefined
    return entry === undefined ? load(key, ask, keptMs) : (entry.value as Promise<T>)
  }
  /** Looks in what is remembered, and asks again when it is not there. */
  const lookUp = async <T, R>(key: string, ask: () => Promise<T>, pick: (value: T) => R | undefined) => {
    const wasKept = isKept(key)
    const found = pick(await recall(key, ask))
    return found !== undefined || !wasKept ? found : pick(await load(key, ask))
  }

  const account = (): Promise<WireUser> => recall('account', client.account)
  /** null: not there, or not for this account. */
  const projectDetails = async (identifier: string): Promise<WireProject | null> => {
    const ask = () => client.project(identifier)
    return (await lookUp(`project ${identifier}`, ask, (found) => found ?? undefined)) ?? null
  }

  const idByName = (key: string, ask: () => Promise<readonly Named[]>, name: string) =>
    lookUp(key, ask, (rows) => rows.find((row) => row.name === name)?.id)
  const everywhere = async (
    key: string,
    ask: () => Promise<readonly Named[]>,
    name: string,
    field: ToolField,
  ): Promise<number> => {
    const found = await idByName(key, ask, name)
    if (found === undefined) throw missingEverywhere(field, name)
    return found
  }

  /** Fields of some projects only are listed with them; those "for all projects" are seen on issues alone. */
  const seenCustomFields = async (): Promise<readonly Named[]> => {
    const defined = await client.customFields()
    if (defined !== null) return defined
    const found = new Map<number, Named>()
    for (const identifier of settings.projects) {
      const project = await projectDetails(identifier)
      for (const each of project?.issue_custom_fields ?? []) found.set(each.id, each)
      if (project === null) continue
      for (const tracker of project.trackers ?? []) {
        for (const each of (await newestOf(project.id, tracker.id))?.custom_fields ?? [])
          found.set(each.id, each)
      }
    }
    return [...found.values()]
  }
  const newestOf = async (projectId: number, trackerId: number): Promise<WireIssue | undefined> => {
    const filters = [
      { field: 'project_id', operator: '=', values: [String(projectId)] },
      { field: 'tracker_id', operator: '=', values: [String(trackerId)] },
      { field: 'status_id', operator: '*', values: [''] },
    ] as const
    return (await client.issues(filters, { sort: 'id:desc', limit: 1 }))[0]
  }
  const customFields = (): Promise<readonly Named[]> => recall('custom fields', seenCustomFields)

  return {
    account,
    projectDetails,
    customFields,
    statuses: () => recall('statuses', client.statuses),
    trackers: () => recall('trackers', client.trackers),
    priorities: () => recall('priorities', client.priorities),
    versionsOf: (identifier: string) => recall(`versions ${identifier}`, () => client.versions(identifier)),

    projects: (): Promise<readonly WireProject[]> => recall('projects', client.projects),

    /** Asks for the projects again when the issue is in one that is new to us. */
    identifiers: async (projects: readonly Named[]): Promise<ReadonlyMap<number, string>> => {
      const have = (rows: readonly WireProject[]) => new Map(rows.map((row) => [row.id, row.identifier]))
      const complete = await lookUp('projects', client.projects, (rows) => {
        const map = have(rows)
        return projects.every((each) => map.has(each.id)) ? map : undefined
      })
      return complete ?? have(await recall('projects', client.projects))
    },

    statusId: (name: string) => everywhere('statuses', client.statuses, name, 'status'),
    trackerId: (name: string) => everywhere('trackers', client.trackers, name, 'type'),
    priorityId: (name: string) => everywhere('priorities', client.priorities, name, 'priority'),

    /** The name of a status, tracker, priority, project, category or version; null when there is none of that id. */
    nameOf: async (field: ToolField, id: number, project: Named): Promise<string | null> => {
      const pick = (rows: readonly Named[] | null) => rows?.find((row) => row.id === id)?.name
      switch (field) {
        case 'status':
          return (await lookUp('statuses', client.statuses, pick)) ?? null
        case 'type':
          return (await lookUp('trackers', client.trackers, pick)) ?? null
        case 'priority':
          return (await lookUp('priorities', client.priorities, pick)) ?? null
        case 'container': {
          const rows = (all: readonly WireProject[]) => all.find((row) => row.id === id)?.identifier
          return (await lookUp('projects', client.projects, rows)) ?? null
        }
        case 'component': {
          const key = String(project.id)
          const ask = async () => (await client.project(key))?.issue_categories ?? []
          return (await lookUp(`categories ${key}`, ask, pick)) ?? null
        }
        case 'release': {
          const version = await client.version(id)
          return version === 'gone' || version === 'hidden' ? null : version.name
        }
        default:
          return null
      }
    },

    categoryId: async (identifier: string, name: string): Promise<number> => {
      const ask = async () => (await client.project(identifier))?.issue_categories ?? []
      const key = `categories ${identifier}`
      const found = await idByName(key, ask, name)
      if (found === undefined)
        throw missingInProject('component', name, identifier, (await recall(key, ask)).length === 0)
      return found
    },

    /** A version of the project itself goes before one that another project shares with it. */
    versionId: async (identifier: string, name: string): Promise<number> => {
      const ask = () => client.versions(identifier)
      const project = await projectDetails(identifier)
      const key = `versions ${identifier}`
      const found = await lookUp(key, ask, (rows) => {
        const named = (rows ?? []).filter((row) => row.name === name)
        return (named.find((row) => row.project?.id === project?.id) ?? named[0])?.id
      })
      if (found === undefined)
        throw missingInProject('release', name, identifier, (await recall(key, ask))?.length === 0)
      return found
    },

    customFieldId: async (name: string): Promise<number> => {
      const given = settings.customFieldIds
      if (given !== undefined && Object.hasOwn(given, name) && given[name] !== undefined) return given[name]
      const found = await idByName('custom fields', seenCustomFields, name)
      if (found === undefined) throw missingCustomField(name, settings.projects)
      return found
    },

    /** What the account may do in a project, by Redmine's names of permissions; `all` for an administrator. */
    rights: async (projectId: number): Promise<ReadonlySet<string> | 'all'> => {
      const { admin, memberships } = await account()
      if (admin) return 'all'
      const roles = (memberships ?? [])
        .filter((each) => each.project.id === projectId)
        .flatMap((each) => each.roles)
      const ids = [...new Set(roles.map((role) => role.id))]
      const lists = await Promise.all(ids.map((id) => recall(`role ${id}`, () => client.permissions(id))))
      return new Set(lists.flat())
    },

    /** Addresses and logins by user id, where people let the account see them. */
    users: async (ids: readonly number[]): Promise<ReadonlyMap<number, KnownUser>> => {
      const known = (id: number): boolean => isKept(`user ${id}`)
      const all = [...new Set(ids)]
      const wanted = [...all.filter(known), ...all.filter((id) => !known(id)).slice(0, MAX_PEOPLE_AT_ONCE)]
      const users = await Promise.all(
        wanted.map((id) => recall(`user ${id}`, () => client.user(id), PEOPLE_KEPT_MS)),
      )
      return new Map(
        wanted.map((id, index) => [
          id,
          { email: users[index]?.mail || null, login: users[index]?.login || null },
        ]),
      )
    },
  }
}

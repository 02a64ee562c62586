import type { GitLabClient, ProjectKey } from './client.ts'
import type { WireMilestone, WireProject, WireUser } from './schema.ts'

/**
 * Names and ids of one GitLab, remembered for a session. What is remembered is asked for again after five minutes, and
 * at once when a name is not found in it.
 */

const KEPT_MS = 5 * 60_000
const PEOPLE_KEPT_MS = 60 * 60_000
const MAX_KEPT_PEOPLE = 10_000

export type Catalog = ReturnType<typeof catalogOf>

/** One answer, asked for again when it is old. A failed question is not remembered. */
const kept = <K, T>(now: () => Date, ask: (key: K) => Promise<T>, keptMs = KEPT_MS) => {
  const entries = new Map<K, { readonly untilMs: number; readonly value: Promise<T> }>()
  const load = (key: K): Promise<T> => {
    const value = ask(key)
    entries.set(key, { untilMs: now().getTime() + keptMs, value })
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key)
    })
    return value
  }
  const recall = (key: K): Promise<T> => {
    const entry = entries.get(key)
    return entry !== undefined && now().getTime() < entry.untilMs ? entry.value : load(key)
  }
  return {
    recall,
    /** Looks in what is remembered, and asks again when it is not there. */
    lookUp: async <R>(key: K, pick: (value: T) => R | undefined): Promise<R | undefined> => {
      const before = entries.get(key)?.value
      const value = recall(key)
      const found = pick(await value)
      return found !== undefined || before !== value ? found : pick(await load(key))
    },
  }
}

export const catalogOf = (client: GitLabClient, now: () => Date) => {
  const account = kept<null, WireUser>(now, () => client.account(), PEOPLE_KEPT_MS)
  const projects = kept<ProjectKey, WireProject | null>(now, client.project)
  const labels = kept<ProjectKey, readonly string[] | null>(now, client.labels)
  const milestones = kept<ProjectKey, readonly WireMilestone[] | null>(now, client.milestones)
  const members = kept<string, boolean>(now, (key) => {
    const at = key.lastIndexOf(' ')
    return client.isMember(key.slice(0, at), Number(key.slice(at + 1)))
  })
  const emails = new Map<number, { readonly untilMs: number; readonly email: string | null }>()

  return {
    account: (): Promise<WireUser> => account.recall(null),
    /** null: not there, or not for this account. */
    project: async (key: ProjectKey): Promise<WireProject | null> =>
      (await projects.lookUp(key, (found) => found ?? undefined)) ?? null,
    labels: async (key: ProjectKey): Promise<readonly string[]> => (await labels.recall(key)) ?? [],
    hasLabel: async (key: ProjectKey, name: string): Promise<boolean> =>
      (await labels.lookUp(key, (found) => (found?.includes(name) ? true : undefined))) ?? false,
    milestones: async (key: ProjectKey): Promise<readonly WireMilestone[]> =>
      (await milestones.recall(key)) ?? [],
    /** One that is open goes before one that is closed, the project's before the group's. */
    milestoneId: (key: ProjectKey, title: string): Promise<number | undefined> =>
      milestones.lookUp(key, (found) => {
        const named = (found ?? []).filter((each) => each.title === title)
        const open = named.filter((each) => each.state === 'active')
        return (open.find((each) => each.project_id != null) ?? open[0] ?? named[0])?.id
      }),
    isMember: (key: ProjectKey, userId: number): Promise<boolean> => members.recall(`${key} ${userId}`),

    /** Public addresses of people, asked for in one call. */
    emails: async (ids: readonly number[]): Promise<(id: number) => string | null> => {
      const nowMs = now().getTime()
      const wanted = [...new Set(ids)].filter((id) => (emails.get(id)?.untilMs ?? 0) <= nowMs)
      if (wanted.length > 0) {
        const found = await client.publicEmails(wanted)
        if (emails.size > MAX_KEPT_PEOPLE) emails.clear()
        for (const id of wanted)
          emails.set(id, { untilMs: nowMs + PEOPLE_KEPT_MS, email: addressOf(found.get(id)) })
      }
      return (id) => emails.get(id)?.email ?? null
    },
  }
}

const addressOf = (text: string | undefined): string | null =>
  text !== undefined && /^[^\s@]+@[^\s@]+$/.test(text) ? text : null

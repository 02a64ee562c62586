import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'
import type { GithubClient } from './client.ts'
import { answers, readAs, type WireMilestone, type WireRepository, type WireUser } from './schema.ts'
import { graphqlPath, type Settings } from './settings.ts'

/**
 * What a session remembers of GitHub: which number each followed repository has, its labels, milestones and people, and
 * who we are. Kept for five minutes; a name that is not found in it is asked for again.
 */

const KEPT_MS = 5 * 60_000

export interface Repository {
  readonly id: number
  /** As people write it in the settings: what snapshots name as container. */
  readonly name: string
  /** `/repos/owner/name`, by the name it has now. */
  readonly path: string
  readonly wire: WireRepository
}

export interface Account {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly email: string | null
}

const Viewer = Compile(
  Type.Object({
    viewer: Type.Object({
      login: Type.String({ minLength: 1 }),
      databaseId: Type.Integer({ minimum: 1 }),
    }),
  }),
)
export const VIEWER_QUERY = 'query Viewer { viewer { login databaseId } }'

export const pathOfName = (fullName: string): string => `/repos/${fullName}`

interface Kept {
  readonly untilMs: number
  readonly value: Promise<unknown>
}

export type Repositories = ReturnType<typeof repositoriesOf>

export const repositoriesOf = (client: GithubClient, settings: Settings, now: () => Date) => {
  const kept = new Map<string, Kept>()

  const load = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const value = ask()
    kept.set(key, { untilMs: now().getTime() + KEPT_MS, value })
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key)
    })
    return value
  }
  const isKept = (key: string): boolean => now().getTime() < (kept.get(key)?.untilMs ?? 0)
  const recall = <T>(key: string, ask: () => Promise<T>): Promise<T> =>
    isKept(key) ? (kept.get(key)?.value as Promise<T>) : load(key, ask)
  /** Looks in what is remembered, and asks again when it is not there. */
  const lookUp = async <T, R>(key: string, ask: () => Promise<T>, pick: (value: T) => R | undefined) => {
    const wasKept = isKept(key)
    const found = pick(await recall(key, ask))
    return found !== undefined || !wasKept ? found : pick(await load(key, ask))
  }

  /** An App is no user: REST tells an installation nothing of itself, GraphQL does. */
  const askAccount = async (): Promise<Account> => {
    if (settings.appId === undefined) {
      const user = readAs(answers.user, await client.get('/user', 'its own account'), 'its own account')
      return { id: user.id, login: user.login, name: user.name || user.login, email: user.email || null }
    }
    const data = await client.query(graphqlPath(settings.url), VIEWER_QUERY, {})
    const { viewer } = readAs(Viewer, data, 'its own account')
    return { id: viewer.databaseId, login: viewer.login, name: viewer.login, email: null }
  }

  /** null: not there, or not for this account. Found under its new name too, when it was renamed. */
  const ask = async (name: string): Promise<Repository | null> => {
    const found = await client.look(pathOfName(name), `repository ${name}`)
    if (found.outcome !== 'found') return null
    const wire = readAs(answers.repository, found.value, `repository ${name}`)
    return { id: wire.id, name, path: pathOfName(wire.full_name), wire }
  }

  /** A repository that appears is seen at the next look, so what is missing is not remembered. */
  const byName = async (name: string): Promise<Repository | null> =>
    (await lookUp(
      `repository ${name.toLowerCase()}`,
      () => ask(name),
      (found) => found ?? undefined,
    )) ?? null

  const followed = async (): Promise<readonly Repository[]> => {
    const found = await Promise.all(settings.repositories.map(byName))
    const visible = found.filter((each) => each !== null)
    // Two names of one repository, the old one and the new.
    return [...new Map(visible.map((each) => [each.id, each])).values()]
  }

  const labels = (at: Repository): Promise<readonly string[]> =>
    recall(`labels ${at.id}`, async () => {
      const read = (body: unknown) => readAs(answers.labels, body, `labels of ${at.name}`)
      const rows = await client.everyPage(`${at.path}/labels`, `labels of ${at.name}`, read)
      return rows.map((each) => each.name)
    })

  const askMilestones = (at: Repository): Promise<readonly WireMilestone[]> => {
    const read = (body: unknown) => readAs(answers.milestones, body, `milestones of ${at.name}`)
    return client.everyPage(`${at.path}/milestones`, `milestones of ${at.name}`, read, { state: 'all' })
  }
  const milestones = (at: Repository) => recall(`milestones ${at.id}`, () => askMilestones(at))

  const askPeople = (at: Repository): Promise<readonly WireUser[]> => {
    const read = (body: unknown) => readAs(answers.users, body, `people of ${at.name}`)
    return client.everyPage(`${at.path}/assignees`, `people of ${at.name}`, read)
  }

  return {
    account: () => recall('account', askAccount),
    byName,
    followed,

    byId: async (id: number): Promise<Repository | null> =>
      (await followed()).find((each) => each.id === id) ?? null,

    labels,
    /** As GitHub spells it; `undefined`: there is no such label. */
    label: (at: Repository, name: string): Promise<string | undefined> =>
      lookUp(
        `labels ${at.id}`,
        () => labels(at),
        (rows) => rows.find((each) => each.toLowerCase() === name.toLowerCase()),
      ),

    milestones,
    milestoneNumber: (at: Repository, title: string): Promise<number | undefined> =>
      lookUp(
        `milestones ${at.id}`,
        () => askMilestones(at),
        (rows) => rows.find((each) => each.title === title)?.number,
      ),

    people: (at: Repository) => recall(`people ${at.id}`, () => askPeople(at)),
    /** GitHub writes logins, which change; what is kept is the number. */
    login: (at: Repository, userId: string): Promise<string | undefined> =>
      lookUp(
        `people ${at.id}`,
        () => askPeople(at),
        (rows) => rows.find((each) => String(each.id) === userId)?.login,
      ),

    /** Types of issues belong to an organisation; a person's repository has none. */
    types: (at: Repository): Promise<readonly string[]> =>
      recall(`types ${at.wire.owner.login}`, async () => {
        if (at.wire.owner.type !== 'Organization') return []
        const what = `types of ${at.wire.owner.login}`
        const found = await client.look(`/orgs/${at.wire.owner.login}/issue-types`, what)
        if (found.outcome !== 'found') return []
        return readAs(answers.types, found.value, what).flatMap((each) => each?.name ?? [])
      }),
  }
}

export const notFollowed = (what: string): RemoteFault =>
  new RemoteFault('invalid', `the repository of ${what} is not followed, or not visible to this account`)

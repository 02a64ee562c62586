import { RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson } from '../../sync/snapshot.ts'
import type { FreshserviceClient } from './client.ts'
import { containerOf, type Scope } from './kinds.ts'
import { answers, type Named, readAs, type WireAgent } from './schema.ts'
import { markerFieldOf, type Settings } from './settings.ts'
import { type Form, formOf, type Labels, labelled } from './words.ts'

/**
 * Names and numbers of one account, remembered for a session and asked for again after five minutes: a call for each form,
 * one for each hundred groups, departments and agents, and one for each requester met for the first time.
 */

const KEPT_MS = 5 * 60_000
const MAX_PAGES = 50
const MAX_PEOPLE = 10_000

export type Catalog = ReturnType<typeof catalogOf>

export interface Names {
  readonly groups: Labels
  readonly departments: Labels
}

export const personOf = (row: WireAgent): RemotePerson => {
  const name = [row.first_name, row.last_name].filter((part) => part).join(' ')
  const email = row.email ?? row.primary_email ?? null
  return { id: String(row.id), name: name || `User ${row.id}`, email: email?.includes('@') ? email : null }
}

const unknownPerson = (id: number): RemotePerson => ({ id: String(id), name: `User ${id}`, email: null })

export const catalogOf = (client: FreshserviceClient, settings: Settings, now: () => Date) => {
  const kept = new Map<string, { readonly atMs: number; readonly value: Promise<unknown> }>()
  const people = new Map<number, RemotePerson>()

  const remembered = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const found = kept.get(key)
    // Under one key there is ever one type.
    if (found !== undefined && now().getTime() - found.atMs < KEPT_MS) return found.value as Promise<T>
    const value = ask()
    kept.set(key, { atMs: now().getTime(), value })
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => kept.delete(key))
    return value
  }

  const pages = async <T>(path: string, read: (body: unknown) => readonly T[]): Promise<readonly T[]> => {
    const found: T[] = []
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const body = await client.maybe(path, { per_page: 100, page })
      const rows = body === null ? [] : read(body)
      found.push(...rows)
      if (rows.length < 100) break
    }
    return found
  }

  const agents = (): Promise<readonly WireAgent[]> =>
    remembered('agents', () =>
      pages('/api/v2/agents', (body) => readAs(answers.agents, body, 'agents').agents),
    )

  const workspaces = (): Promise<readonly Named[]> =>
    remembered('workspaces', () =>
      pages('/api/v2/workspaces', (body) => readAs(answers.workspaces, body, 'workspaces').workspaces),
    )

  const account = (): Promise<RemotePerson | null> =>
    remembered('account', async () => {
      const body = await client.maybe('/api/v2/agents', { email: settings.email })
      const rows = body === null ? [] : readAs(answers.agents, body, 'the account').agents
      const mail = settings.email.toLowerCase()
      const own = rows.find((row) => (row.email ?? row.primary_email ?? '').toLowerCase() === mail)
      return own === undefined ? null : personOf(own)
    })

  /** null: neither an agent nor a requester we may see. */
  const askFor = async (id: number): Promise<RemotePerson> => {
    const body = await client.maybe(`/api/v2/requesters/${id}`)
    return body === null
      ? unknownPerson(id)
      : personOf(readAs(answers.requester, body, 'a requester').requester)
  }

  return {
    agents,
    workspaces,
    account,

    /** Throws where the account of the settings is nobody: without it, own words would seem somebody else's. */
    accountId: async (): Promise<string> => {
      const own = await account()
      if (own !== null) return own.id
      throw new RemoteFault('auth', `no agent of Freshservice has the e-mail address ${settings.email}`)
    },

    names: (): Promise<Names> =>
      remembered('names', async () => ({
        groups: labelled(
          await pages('/api/v2/groups', (body) => readAs(answers.groups, body, 'groups').groups),
        ),
        departments: labelled(
          await pages(
            '/api/v2/departments',
            (body) => readAs(answers.departments, body, 'departments').departments,
          ),
        ),
      })),

    form: (scope: Scope): Promise<Form> =>
      remembered(`form ${containerOf(scope)}`, async () =>
        formOf(scope.kind, await client.form(scope), markerFieldOf(settings)),
      ),

    hasMarker: async (scope: Scope): Promise<boolean> =>
      (await client.form(scope)).some(({ name }) => name === markerFieldOf(settings)),

    /** By number: agents are listed together, requesters asked for one by one and then remembered. */
    people: async (ids: readonly number[]): Promise<ReadonlyMap<number, RemotePerson>> => {
      if (people.size > MAX_PEOPLE) people.clear()
      const wanted = [...new Set(ids)]
      if (wanted.some((id) => !people.has(id)))
        for (const row of await agents()) people.set(row.id, personOf(row))
      for (const id of wanted) if (!people.has(id)) people.set(id, await askFor(id))
      return people
    },

    meet: (id: number, person: RemotePerson): void => {
      people.set(id, person)
    },
  }
}

import { RemoteFault } from '../../sync/fault.ts'
import { afterOf, type ZendeskClient } from './client.ts'
import {
  answers,
  type Named,
  readAs,
  type WireCustomStatus,
  type WireTicket,
  type WireUser,
} from './schema.ts'
import { fieldsOf, labelled, statusesOf, type Words } from './words.ts'

/**
 * Names and ids of one Zendesk, remembered for a session: five calls, asked for again after five minutes, and at once when
 * something is met that is not among them.
 */

const KEPT_MS = 5 * 60_000
/** At once: what is not there now is not asked for again with each ticket. */
const ASKED_AGAIN_MS = 20_000
const MAX_PAGES = 20

export type Catalog = ReturnType<typeof catalogOf>

export const catalogOf = (client: ZendeskClient, now: () => Date) => {
  let words: { readonly atMs: number; readonly value: Promise<Words> } | null = null
  let me: Promise<WireUser & { readonly id: number }> | null = null

  /** null: this account may not list them, or the plan has none. */
  const pages = async <T>(
    path: string,
    read: (body: unknown) => { readonly rows: readonly T[]; readonly after: string | null },
  ): Promise<readonly T[] | null> => {
    const found: T[] = []
    let after: string | null | undefined
    for (let page = 0; after !== null && page < MAX_PAGES; page += 1) {
      const query = { 'page[size]': 100, 'page[after]': after }
      const response = await client.send({ method: 'GET', path, query, accept: [403, 404] })
      if (response.status === 403 || response.status === 404) return null
      const { rows, after: next } = read(response.json())
      found.push(...rows)
      after = next
    }
    return found
  }

  const groups = async (): Promise<readonly Named[]> => {
    const rows = await pages('/api/v2/groups', (body) => {
      const answer = readAs(answers.groups, body, 'groups')
      return { rows: answer.groups, after: afterOf(answer.meta) }
    })
    if (rows === null) throw new RemoteFault('auth', 'the account may not list the groups of Zendesk')
    return rows
  }

  const brands = async (): Promise<readonly Named[]> =>
    (await pages('/api/v2/brands', (body) => {
      const answer = readAs(answers.brands, body, 'brands')
      return { rows: answer.brands, after: afterOf(answer.meta) }
    })) ?? []

  /** Without pages Zendesk lists all of them at once. */
  const whole = async <T>(path: string, read: (body: unknown) => T): Promise<T | null> => {
    const response = await client.send({ method: 'GET', path, accept: [403, 404] })
    return response.status === 403 || response.status === 404 ? null : read(response.json())
  }

  const ask = async (): Promise<Words> => {
    const fields = readAs(answers.fields, await client.get('/api/v2/ticket_fields'), 'ticket fields')
    const custom = await whole('/api/v2/custom_statuses', (body): readonly WireCustomStatus[] => {
      return readAs(answers.statuses, body, 'custom statuses').custom_statuses
    })
    const forms = await whole('/api/v2/ticket_forms', (body): readonly Named[] => {
      return readAs(answers.forms, body, 'ticket forms').ticket_forms
    })
    return {
      ...fieldsOf(fields.ticket_fields),
      statuses: statusesOf(custom),
      groups: labelled(await groups()),
      brands: labelled(await brands()),
      forms: labelled(forms ?? []),
    }
  }

  const load = (): Promise<Words> => {
    const value = ask()
    words = { atMs: now().getTime(), value }
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => {
      if (words?.value === value) words = null
    })
    return value
  }

  const recall = (): Promise<Words> =>
    words !== null && now().getTime() - words.atMs < KEPT_MS ? words.value : load()

  /** What is remembered; what is true now when `isThere` misses something in it. */
  const wordsWith = async (isThere: (known: Words) => boolean): Promise<Words> => {
    const known = await recall()
    if (isThere(known) || now().getTime() - (words?.atMs ?? 0) < ASKED_AGAIN_MS) return known
    return load()
  }

  return {
    account: (): Promise<WireUser & { readonly id: number }> => {
      me ??= readAccount(client).catch((fault: unknown) => {
        me = null
        throw fault
      })
      return me
    },

    words: recall,

    /** Words in which every group, field and status of these tickets has a name. */
    wordsFor: (tickets: readonly WireTicket[]): Promise<Words> =>
      wordsWith((known) =>
        tickets.every(
          (ticket) =>
            (!ticket.group_id || known.groups.byId.has(ticket.group_id)) &&
            (!ticket.custom_status_id || isKnownStatus(known, ticket.custom_status_id)) &&
            (ticket.custom_fields ?? []).every(({ id }) => known.fields.has(id)),
        ),
      ),

    /** Words that know this, or the newest there are. */
    wordsKnowing: (isThere: (known: Words) => boolean): Promise<Words> => wordsWith(isThere),

    organizationId: async (name: string): Promise<number | null> => {
      const answer = await client.get('/api/v2/organizations/search', { name })
      const rows = readAs(answers.organizations, answer, 'organisations').organizations
      return rows.find((each) => each.name === name)?.id ?? null
    },

    /** Agents and administrators, the first thousand. */
    agents: async (): Promise<readonly WireUser[]> => {
      const found: WireUser[] = []
      let after: string | null | undefined
      for (let page = 0; after !== null && page < 10; page += 1) {
        const query = { 'role[]': ['agent', 'admin'], 'page[size]': 100, 'page[after]': after }
        const answer = readAs(answers.users, await client.get('/api/v2/users', query), 'agents')
        found.push(...answer.users)
        after = afterOf(answer.meta)
      }
      return found.filter(({ active }) => active !== false)
    },
  }
}

const isKnownStatus = ({ statuses }: Words, id: number): boolean =>
  statuses.some((each) => each.id === id) || statuses.every((each) => each.id === null)

/** Zendesk calls whom it does not know "Anonymous user", with status 200 and without a number. */
const readAccount = async (client: ZendeskClient): Promise<WireUser & { readonly id: number }> => {
  const { user } = readAs(answers.user, await client.get('/api/v2/users/me'), 'its own account')
  if (user.id === null || user.id < 1)
    throw new RemoteFault('auth', 'Zendesk does not know the account: the credentials are missing or wrong')
  return { ...user, id: user.id }
}

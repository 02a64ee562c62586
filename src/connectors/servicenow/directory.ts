import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson } from '../../sync/snapshot.ts'
import { type Choices, loadChoices } from './choices.ts'
import { equals, isOneOf, isSysId } from './query.ts'
import type { Rest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import type { Settings } from './settings.ts'

/** What a session learns once: who it is, who people are, what choices are called, what references point to. */

export interface Account {
  /** As in `sys_created_by`. */
  readonly userName: string
  /** null: the account may not see its own record. */
  readonly person: RemotePerson | null
}

export interface Directory {
  account(): Promise<Account>
  choices(): Promise<Choices>
  /** By user name; one call for all that are not known yet. Nobody of that name: called by it. */
  authors(userNames: readonly string[]): Promise<ReadonlyMap<string, RemotePerson>>
  isPerson(id: string): Promise<boolean>
  /** The `sys_id` of what is called so in that table; null: nothing, or several. */
  target(table: string, name: string): Promise<string | null>
  /** What a reference is called; null: not to be seen. */
  nameOf(table: string, id: string): Promise<string | null>
  people(): Promise<readonly RemotePerson[]>
}

const CHOICES_LAST_MS = 10 * 60_000
const MAX_KNOWN = 5_000
const MAX_PEOPLE = 1_000
const AT_ONCE = 100

const USER_FIELDS = ['sys_id', 'user_name', 'name', 'email']

const TASKS = new Set(['task', 'incident', 'problem', 'change_request', 'sc_req_item', 'sc_task'])
/** By what people call a record of that table. */
const nameColumn = (table: string): string => (TASKS.has(table) ? 'number' : 'name')

export const emailOf = (text: string | undefined): string | null =>
  text !== undefined && /^[^\s@]+@[^\s@]+$/.test(text) ? text : null

const personOf = (row: Row): RemotePerson | null => {
  const id = valueIn(row, 'sys_id') ?? ''
  if (!isSysId(id)) return null
  const name = valueIn(row, 'name') || valueIn(row, 'user_name') || id
  return { id, name, email: emailOf(valueIn(row, 'email')) }
}

const remember = <K, V>(map: Map<K, V>, key: K, value: V): void => {
  if (map.size >= MAX_KNOWN) map.clear()
  map.set(key, value)
}

export const openDirectory = (rest: Rest, settings: Settings, now: () => Date): Directory => {
  const users = async (query: string, limit: number): Promise<readonly Row[]> =>
    (await rest.list('sys_user', { query, fields: USER_FIELDS, limit })).rows

  let known: Account | null = null
  const account = async (): Promise<Account> => {
    if (known !== null) return known
    const given = settings.username?.trim() ?? ''
    const query = given === '' ? 'user_name=javascript:gs.getUserName()' : equals('user_name', given)
    const [row, ...others] = await users(query, 2)
    // A condition that ServiceNow does not run is left out, and everybody matches.
    if (given === '' && (row === undefined || others.length > 0))
      throw new RemoteFault('auth', 'ServiceNow does not tell whose the token is: set the user name')
    // People sign in without regard to case; `sys_created_by` holds the name as the user has it.
    const name = row === undefined ? '' : (valueIn(row, 'user_name') ?? '')
    const isOurs = row !== undefined && (given === '' || name.toLowerCase() === given.toLowerCase())
    known = { userName: isOurs ? name : given, person: isOurs ? personOf(row) : null }
    return known
  }

  let choices: { readonly until: number; readonly loaded: Promise<Choices> } | null = null
  const currentChoices = (): Promise<Choices> => {
    const ms = now().getTime()
    if (choices === null || choices.until <= ms) {
      const loaded = loadChoices(rest, settings)
      const mine = { until: ms + CHOICES_LAST_MS, loaded }
      choices = mine
      loaded.catch(() => {
        if (choices === mine) choices = null
      })
    }
    return choices.loaded
  }

  const byUserName = new Map<string, RemotePerson>()
  const authors = async (userNames: readonly string[]): Promise<ReadonlyMap<string, RemotePerson>> => {
    const asked = [...new Set(userNames)].filter((name) => name !== '' && !byUserName.has(name))
    for (let at = 0; at < asked.length; at += AT_ONCE) {
      const some = asked.slice(at, at + AT_ONCE)
      for (const row of await users(isOneOf('user_name', some), AT_ONCE)) {
        const person = personOf(row)
        const name = valueIn(row, 'user_name')
        if (person !== null && name !== undefined && some.includes(name)) remember(byUserName, name, person)
      }
    }
    // `system` and `guest` write too and are nobody.
    return new Map(
      userNames.map((name) => [name, byUserName.get(name) ?? { id: name, name, email: null }] as const),
    )
  }

  const people = new Set<string>()
  const isPerson = async (id: string): Promise<boolean> => {
    if (!isSysId(id)) return false
    if (people.has(id)) return true
    const found = (await users(equals('sys_id', id), 1)).some((row) => valueIn(row, 'sys_id') === id)
    if (found && people.size < MAX_KNOWN) people.add(id)
    return found
  }

  const lookUp = async (table: string, column: string, value: string): Promise<readonly Row[]> => {
    const name = nameColumn(table)
    const query = equals(column, value)
    const { rows } = await rest.list(table, { query, fields: ['sys_id', name], limit: 3 })
    return rows.filter((row) => valueIn(row, column) === value)
  }

  const targets = new Map<string, string>()
  const target = async (table: string, text: string): Promise<string | null> => {
    const key = `${table}:${text}`
    const remembered = targets.get(key)
    if (remembered !== undefined) return remembered
    const rows = await lookUp(table, isSysId(text) ? 'sys_id' : nameColumn(table), text)
    const id = rows.length === 1 && rows[0] !== undefined ? valueIn(rows[0], 'sys_id') : undefined
    if (id === undefined || !isSysId(id)) return null
    remember(targets, key, id)
    return id
  }

  return {
    account,
    choices: currentChoices,
    authors,
    isPerson,
    target,
    nameOf: async (table, id) => {
      if (!isSysId(id)) return null
      const [row] = await lookUp(table, 'sys_id', id)
      return row === undefined ? null : valueIn(row, nameColumn(table)) || null
    },
    people: async () => {
      try {
        const rows = await users('active=true^ORDERBYname^ORDERBYsys_id', MAX_PEOPLE)
        return [
          ...new Map(rows.flatMap((row) => personOf(row) ?? []).map((each) => [each.id, each])).values(),
        ]
      } catch (fault) {
        if (isFault(fault) && fault.kind === 'auth') return []
        throw fault
      }
    },
  }
}

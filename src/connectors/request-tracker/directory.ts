import { isFault } from '../../sync/fault.ts'
import type { Rest } from './rest.ts'
import type { RtField, RtPerson } from './schema.ts'
import type { RequestTrackerSettings } from './settings.ts'

/**
 * What changes seldom and is needed for every ticket: our own account, the custom fields' kinds, people's addresses.
 * Kept for the session, asked again after KEEP_MS.
 */
export interface Directory {
  /** null: the account cannot be found out, so nothing is known to be written by it. */
  account(): Promise<RtPerson | null>
  fields(): Promise<readonly RtField[]>
  /** Names of the custom fields that hold several values; null: this account may not see the definitions. */
  multiple(): Promise<ReadonlySet<string> | null>
  /** Those that RT tells us about. */
  people(logins: readonly string[]): Promise<readonly RtPerson[]>
}

const KEEP_MS = 10 * 60_000
const MAX_PEOPLE = 2_000

/** Calls `load` at most once in KEEP_MS; a failed call is not kept. */
const kept = <T>(load: () => Promise<T>, now: () => Date): (() => Promise<T>) => {
  let current: { readonly value: Promise<T>; readonly at: number } | null = null
  return () => {
    const at = now().getTime()
    if (current === null || at - current.at > KEEP_MS) {
      const value = load()
      const mine = { value, at }
      current = mine
      value.catch(() => {
        if (current === mine) current = null
      })
    }
    return current.value
  }
}

/** `1-35-…`: the middle is the number of the account. */
const userNumber = (token: string): string | null => /^\d+-(\d+)-/.exec(token)?.[1] ?? null

/** RT hides what we may not see behind 403 (`invalid`) or 404: that is an answer, anything else is a fault. */
const orNull = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (fault) {
    if (isFault(fault) && (fault.kind === 'gone' || fault.kind === 'invalid')) return null
    throw fault
  }
}

export const openDirectory = (rest: Rest, settings: RequestTrackerSettings, now: () => Date): Directory => {
  const people = new Map<string, RtPerson | null>()

  const account = kept(async () => {
    const login = settings.account?.trim() || userNumber(settings.token)
    if (login === null) return null
    const person = await orNull(rest.user(login))
    // The number is not a login: a summary without a name would make it one.
    return person !== null && person.login === login && !settings.account ? null : person
  }, now)

  const fields = kept(() => rest.customFields(), now)

  const person = async (login: string): Promise<RtPerson | null> => {
    const known = people.get(login)
    if (known !== undefined) return known
    const found = await orNull(rest.user(login))
    if (people.size >= MAX_PEOPLE) people.clear()
    people.set(login, found === null ? null : { ...found, login })
    return people.get(login) ?? null
  }

  return {
    account,
    fields,
    multiple: async () => {
      const known = await fields()
      if (known.length === 0) return null
      return new Set(known.filter((each) => each.multiple).map((each) => each.name))
    },
    people: async (logins) => {
      const found: RtPerson[] = []
      for (const login of logins) {
        const each = await person(login)
        if (each !== null) found.push(each)
      }
      return found
    },
  }
}

import type { Party } from '../domain/audience.ts'
import type { Naming } from '../domain/naming.ts'
import type { Mapping } from './mapping.ts'
import { customersDirectory, type Directory, isAddressIn } from './rich-text/index.ts'
import type { RemotePerson } from './snapshot.ts'

/** One of ours whom tools may name. */
export interface Colleague {
  readonly id: string
  readonly name: string
  /** In lower case. */
  readonly email: string
  /** Words that called them before go on doing so; nobody calls them anew. */
  readonly isArchived: boolean
}

/**
 * `colleague`: who works here, so an address that nobody proved is nobody's. `anyone`: a customer too, who is known by
 * the address alone that they wrote from.
 */
export type Standing = 'colleague' | 'anyone'

/** Who is who between our people (by e-mail) and the tool's (by its immutable id). */
export interface People {
  readonly emailOf: (toolId: string, as: Standing) => string | null
  /** null: nobody there, or several and the mapping does not say which. */
  readonly idOf: (email: string, as: Standing) => string | null
  readonly inTexts: Directory
}

/** What a person there may be called in a line of the mapping. */
const namesOf = ({ id, email, address, isUnproven }: RemotePerson): readonly string[] => [
  id,
  ...(address === undefined ? [] : [address.slice(address.indexOf(':') + 1)]),
  ...(email === null || isUnproven === true ? [] : [email]),
]

/**
 * A directory from the people a tool names, the mapping's own lines and our colleagues. E-mails and names are compared
 * in lower case; a person's name is never enough to be somebody. What the mapping says goes before e-mails.
 */
export const peopleOf = (
  known: readonly RemotePerson[],
  mapped: Mapping['people'],
  colleagues: readonly Colleague[] = [],
): People => {
  const lines = new Map(
    Object.entries(mapped).map(([there, here]) => [there.toLowerCase(), here.trim().toLowerCase()]),
  )
  const lineOf = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const line = lines.get(name.toLowerCase())
      if (line !== undefined) return line
    }
    return undefined
  }
  const emails: Readonly<Record<Standing, Map<string, string>>> = { colleague: new Map(), anyone: new Map() }
  const idsByLine = new Map<string, Set<string>>()
  const idsByEmail: Readonly<Record<Standing, Map<string, Set<string>>>> = {
    colleague: new Map(),
    anyone: new Map(),
  }
  const addresses = new Map<string, RemotePerson>()
  const add = (to: Map<string, Set<string>>, email: string, id: string): void =>
    void to.set(email, (to.get(email) ?? new Set()).add(id))
  for (const person of known) {
    const { id } = person
    if (person.address !== undefined) addresses.set(person.address.toLowerCase(), person)
    const line = lineOf(namesOf(person))
    const email = line ?? person.email?.trim().toLowerCase()
    if (!email) continue
    for (const as of ['colleague', 'anyone'] as const) {
      if (as === 'colleague' && line === undefined && person.isUnproven === true) continue
      emails[as].set(id, email)
      add(idsByEmail[as], email, id)
    }
    if (line !== undefined) add(idsByLine, line, id)
  }
  const isNamed = (there: string): boolean =>
    known.some((person) => namesOf(person).some((name) => name.toLowerCase() === there.toLowerCase()))
  for (const [there, here] of Object.entries(mapped)) {
    if (there.includes('@') || isNamed(there)) continue
    const email = here.trim().toLowerCase()
    emails.colleague.set(there, email)
    emails.anyone.set(there, email)
    add(idsByLine, email, there)
  }
  const idOf: People['idOf'] = (email, as) => {
    const wanted = email.toLowerCase()
    const [first] = idsByLine.get(wanted) ?? []
    if (first !== undefined) return first
    const [only, ...others] = idsByEmail[as].get(wanted) ?? []
    return others.length === 0 ? (only ?? null) : null
  }
  const byEmail = new Map(colleagues.map((colleague) => [colleague.email, colleague]))
  const byId = new Map(colleagues.map((colleague) => [colleague.id, colleague]))
  return {
    emailOf: (id, as) => emails[as].get(id) ?? null,
    idOf,
    inTexts: {
      ours: (address) => {
        const person = addresses.get(address.toLowerCase())
        const email =
          person === undefined
            ? lineOf([address.slice(address.indexOf(':') + 1)])
            : emails.colleague.get(person.id)
        return (email === undefined ? undefined : byEmail.get(email)) ?? null
      },
      theirs: (personId, format) => {
        const colleague = byId.get(personId)
        if (colleague === undefined || colleague.isArchived) return null
        const id = idOf(colleague.email, 'colleague')
        const person = known.find((one) => one.id === id && one.address !== undefined)
        return person?.address === undefined || !isAddressIn(format, person.address)
          ? null
          : { address: person.address, name: person.name }
      },
    },
  }
}

/** As the fields of this party's tools name people: what support's tool holds is what customers read. */
export const peopleFor = (people: People, party: Exclude<Party, 'customer'>, naming?: Naming): People =>
  party === 'support' ? { ...people, inTexts: customersDirectory(people.inTexts, naming) } : people

/** Texts there call people by an address, as far as the people of one item tell. */
export const callsByAddress = (known: readonly RemotePerson[]): boolean =>
  known.some(({ address }) => address !== undefined)

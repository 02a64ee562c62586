import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Tx } from '../store/database.ts'
import type { People } from '../sync/people.ts'
import type { RemotePerson } from '../sync/snapshot.ts'

/** Who said something in a tool, by their id there. */
export type Authors = ReadonlyMap<string, Actor>

/**
 * Whoever wrote there, as one of ours when their address or the mapping says so: never by name alone. An address that
 * nobody proved is a customer's at most. Who was archived is nobody any more.
 */
export const authorsOf = async (
  tx: Tx,
  connectionId: string,
  people: People,
  remote: readonly RemotePerson[],
): Promise<Authors> => {
  const emails = [...new Set(remote.flatMap(({ id }) => people.emailOf(id, 'anyone') ?? []))]
  const known =
    emails.length === 0
      ? []
      : (
          await sql<{ kind: 'person' | 'contact'; id: string; name: string; email: string }>`
            select 'contact' as kind, id, name, lower(email) as email from contact where lower(email) = any(${emails}::text[]) and archived_at is null
            union all select 'person', id, name, lower(email) from person where lower(email) = any(${emails}::text[]) and archived_at is null`.execute(
            tx,
          )
        ).rows
  const called = (kind: Actor['kind'], email: string | null): Actor | undefined => {
    const found = known.find((one) => one.kind === kind && one.email === email)
    return found && { kind: found.kind, id: found.id, name: found.name }
  }
  return new Map(
    remote.map(({ id, name }) => [
      id,
      // a person of ours counts before a contact of the same address
      called('person', people.emailOf(id, 'colleague')) ??
        called('contact', people.emailOf(id, 'anyone')) ?? { kind: 'connection', id: connectionId, name },
    ]),
  )
}

export const authorOf = (person: RemotePerson | null, authors: Authors, connectionId: string): Actor =>
  (person === null ? undefined : authors.get(person.id)) ?? {
    kind: 'connection',
    id: connectionId,
    name: person?.name ?? 'Unknown',
  }

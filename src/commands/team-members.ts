import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { personIdOf } from './ticket-references.ts'

const MAX_MEMBERS = 500

/** The people named, by id or e-mail, each once. */
export const memberIdsOf = async (
  tx: Tx,
  refs: readonly string[],
  field: string,
): Promise<Result<readonly string[], Refusal>> => {
  if (refs.length > MAX_MEMBERS) {
    return err(refuse('invalid', `A team has at most ${MAX_MEMBERS} members.`, { field }))
  }
  const ids = new Set<string>()
  for (const [index, ref] of refs.entries()) {
    const person = await personIdOf(tx, ref, `${field}/${index}`)
    if (!person.ok) return person
    if (person.value !== null) ids.add(person.value)
  }
  return ok([...ids])
}

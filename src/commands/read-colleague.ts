import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findPerson } from '../store/organisation.ts'
import type { HubValue } from '../sync/hub-view.ts'
import { lineOf } from './tool-values.ts'

/** Who works here and has this address; null: the tool names nobody. Nobody is given anything after they left. */
export const readColleague = async (tx: Tx, value: HubValue): Promise<Result<string | null, string>> => {
  const email = lineOf(value)
  if (email === null) return ok(null)
  const person = await findPerson(tx, email)
  if (person === null)
    return err(`Nobody here has the e-mail ${email.slice(0, 100)}. Add the person, or map them to somebody.`)
  return person.archived_at === null
    ? ok(person.id)
    : err(`${person.name} was archived here. Bring them back, or map the account to somebody else.`)
}

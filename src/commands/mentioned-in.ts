import type { Actor } from '../domain/actor.ts'
import { type Audience, isSeenBy } from '../domain/audience.ts'
import { partyOf } from '../domain/party.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { isId } from '../lib/ids.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findColleagues } from '../store/mentions.ts'

const MOST = 20

export interface Called {
  readonly id: string
  readonly name: string
}

/**
 * The colleagues a comment calls for, each once and without its author. Refused where they could not read it: nobody
 * is called to words that are not there for them, and no customer learns who works here.
 */
export const mentionedIn = async (
  tx: Tx,
  actor: Actor,
  said: { readonly audience: Audience; readonly mentions?: readonly string[] },
): Promise<Result<readonly Called[], Refusal>> => {
  const wanted = [...new Set(said.mentions ?? [])].filter((id) => id !== actor.id)
  const field = '/mentions'
  if (wanted.length === 0) return ok([])
  if (said.audience === 'everyone' || actor.kind === 'contact')
    return err(
      refuse('invalid', 'The customer reads this: mention colleagues in an internal note.', { field }),
    )
  if (wanted.length > MOST)
    return err(refuse('invalid', `Mention at most ${MOST} people at once.`, { field }))
  const found = await findColleagues(tx, wanted.filter(isId))
  if (found.length < wanted.length)
    return err(
      refuse('not-found', 'Somebody who is mentioned is not here any more: take the name out.', { field }),
    )
  const blind = found.find(({ roles }) => {
    const party = partyOf(roles)
    return party === null || !isSeenBy(said.audience, party)
  })
  return blind === undefined
    ? ok(found)
    : err(
        refuse(
          'invalid',
          `${blind.name} may not read this note: mention somebody else, or change who reads it.`,
          { field },
        ),
      )
}

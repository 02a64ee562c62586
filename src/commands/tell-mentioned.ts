import type { Actor } from '../domain/actor.ts'
import { type Audience, isSeenBy } from '../domain/audience.ts'
import { partyOf } from '../domain/party.ts'
import type { Tx } from '../store/database.ts'
import { findColleagues, insertMentions, type NewMention } from '../store/mentions.ts'
import { oursIn, type RichText } from '../sync/rich-text/index.ts'
import type { CommandContext } from './run-command.ts'

/** Words that come in later than this were said before we looked: nobody is called to what was long ago. */
const NEWS_MS = 24 * 60 * 60_000

/** A comment that came from a tool calls those of ours whom it names and who may read it. */
export const tellMentioned = async (
  tx: Tx,
  context: CommandContext,
  said: {
    readonly comment: string
    readonly record: NewMention['record']
    readonly by: Actor
    readonly audience: Audience
    readonly at: Date
    readonly body: RichText
    /** As it stood before an edit. */
    readonly was?: RichText
  },
): Promise<readonly string[]> => {
  if (context.now.getTime() - said.at.getTime() > NEWS_MS) return []
  const before = new Set(said.was === undefined ? [] : oursIn(said.was))
  const called = oursIn(said.body).filter((id) => id !== said.by.id && !before.has(id))
  const readers = (await findColleagues(tx, called)).filter(({ roles }) => {
    const party = partyOf(roles)
    return party !== null && isSeenBy(said.audience, party)
  })
  const { record, by, comment: commentId } = said
  await insertMentions(
    tx,
    readers.map(({ id: personId }) => ({
      ...{ id: context.newId(), personId, commentId, record, by, at: context.now },
    })),
  )
  return readers.map(({ id }) => id)
}

import type { ReleaseNews } from '../domain/release-news.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from '../store/database.ts'
import { insertNews, seeNews } from '../store/release-news.ts'
import { done, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

/** Whoever follows the release finds it with what is their move. The release is held. */
export const tellFollowers = (
  tx: Tx,
  { newId, actor, now }: CommandContext,
  releaseId: string,
  news: ReleaseNews,
): Promise<void> => insertNews(tx, { ...{ newId, releaseId, news }, by: actor, at: now })

/** Somebody has seen what became of a release that they follow. */
export const seeReleaseNews: Command<{ readonly news: string }, null> = async (tx, context, { news }) => {
  const { actor, now } = context
  if (actor.kind !== 'person' || !isId(news)) return unknown('release news', news, '/id')
  await seeNews(tx, actor.id, news, now)
  return done(null)
}

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import { addComment } from '../commands/add-comment.ts'
import { deleteComment } from '../commands/delete-comment.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { forgetWords } from './forget-words.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const isKnown = async (word: string): Promise<boolean> =>
  (await world.database.db.selectFrom('known_word').select('word').where('word', '=', word).execute())
    .length > 0
const DAYS_LATER = new Date(Date.now() + 3 * 86_400_000)

it('keeps the words that something says, and forgets those of what was deleted', async () => {
  const ticket = await world.ticket({ title: 'The turnstile is stuck' })
  const { id } = await world.do(world.agent, addComment, {
    record: { kind: 'ticket', ref: ticket },
    body: plainText('Ask Rumpelstilzchen about 4711 and E4711.'),
    audience: 'support',
  })
  expect([await isKnown('rumpelstilzchen'), await isKnown('e4711'), await isKnown('4711')]).toEqual([
    ...[true, true, false],
  ])
  await forgetWords(world.database.db, DAYS_LATER)
  expect(await isKnown('rumpelstilzchen')).toBe(true)

  await world.do(world.agent, deleteComment, { comment: id })
  await forgetWords(world.database.db, new Date(DAYS_LATER.getTime() + 2 * 86_400_000))
  expect(await isKnown('rumpelstilzchen')).toBe(false)
  expect(await isKnown('turnstile')).toBe(true)
})

import { namesRequests, unknownPlaces } from '../domain/notice-words.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { lockNotices, type Notice, ticketsOf, updateNotices } from '../store/outreach.ts'
import { releaseInPlay, ticketsToTell } from '../store/views/tickets-to-tell.ts'
import { oldestFirst, readWording, wordsFor } from './notice-facts.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface EditNotice {
  readonly id: string
  readonly version?: number
  /** Markdown; null: as the template has it. */
  readonly text: string | null
}

const MAX_TEXT = 20_000

/** Other words for one customer. What was let go waits again. */
export const editNotice: Command<EditNotice, { readonly id: string }> = async (tx, context, input) => {
  const [notice] = await lockNotices(tx, [input.id])
  if (notice === undefined) return unknown('message', input.id, '/id')
  if (notice.state !== 'proposed')
    return err(refuse('wrong-state', `It is ${notice.state} already: its words stay as they are.`))
  if (input.version !== undefined && input.version !== notice.version)
    return changedMeanwhile('message', input.version, notice.version)
  const words = input.text === null ? ok(await asTemplated(tx, notice)) : checkWords(input.text)
  if (!words.ok) return words
  await updateNotices(
    tx,
    [notice.id],
    { text: words.value, is_edited: input.text !== null, due_at: null, approved_by: null, is_held: true },
    context.now,
  )
  const record = { kind: 'notice', id: notice.id } as const
  return done({ id: notice.id }, { events: [{ kind: 'notice.edited', record, data: {} }], changed: [] })
}

const checkWords = (text: string): Result<string, Refusal> => {
  const words = text.trim()
  if (words === '') return err(refuse('invalid', 'A message needs some words.', { field: '/text' }))
  return words.length > MAX_TEXT
    ? err(refuse('invalid', `At most ${MAX_TEXT} characters.`, { field: '/text' }))
    : ok(words)
}

/** As the template has it now; where nothing of it is so any more, the next look says so. */
const asTemplated = async (tx: Tx, notice: Notice): Promise<string> => {
  const release = await releaseInPlay(tx, notice.release_id)
  const rows = (await ticketsOf(tx, [notice.id])).get(notice.id) ?? []
  if (release === null) return notice.text
  const tickets = await ticketsToTell(
    tx,
    release,
    rows.map(({ ticket_id }) => ticket_id),
  )
  if (tickets.length === 0) return notice.text
  return wordsFor(await readWording(tx), release, notice.standing, oldestFirst(tickets)).text
}

/** A template that says what it is about, and names no facts that there are not. */
export const checkTemplate = (text: string): Result<string, Refusal> => {
  const words = checkWords(text)
  if (!words.ok) return words
  const [wrong] = unknownPlaces(words.value)
  if (wrong !== undefined)
    return err(refuse('invalid', `There is nothing to put in the place of {${wrong}}.`, { field: '/text' }))
  return namesRequests(words.value)
    ? words
    : err(
        refuse('invalid', 'Put {requests} where the customer’s tickets are to stand: a message names them.', {
          field: '/text',
        }),
      )
}

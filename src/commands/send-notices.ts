import { SYSTEM } from '../domain/actor.ts'
import type { NewEvent } from '../domain/event.ts'
import { answerLine } from '../domain/notice-words.ts'
import { type NoticeReason, recipientOf, verdictOn } from '../domain/outreach.ts'
import { canTicket } from '../domain/ticket.ts'
import type { Tx } from '../store/database.ts'
import { findContact } from '../store/organisation.ts'
import { type PublicSealed, queueMail } from '../store/outgoing-mail.ts'
import {
  dropTickets,
  lockNotices,
  type Notice,
  type NoticeTicket,
  ticketsOf,
  updateNotices,
} from '../store/outreach.ts'
import { lockTickets, type Ticket } from '../store/tickets.ts'
import {
  type ReleaseInPlay,
  releaseInPlay,
  type TicketToTell,
  ticketsToTell,
} from '../store/views/tickets-to-tell.ts'
import { codecs, plainText } from '../sync/rich-text/index.ts'
import { addComment } from './add-comment.ts'
import { moveTicket } from './move-ticket.ts'
import { oldestFirst, readWording, type Wording, wordsFor } from './notice-facts.ts'
import { done } from './outcome.ts'
import { applyCommand, type Command, type CommandContext } from './run-command.ts'

/** The letter to a contact, sealed. */
export type SealNotice = (
  mailId: string,
  letter: Pick<Notice, 'language' | 'standing' | 'text'> & {
    readonly noticeId: string
    readonly product: string
    readonly release: string
    readonly ticketKey: string
  },
) => PublicSealed

export interface SendNotices {
  /** Ids, of one release. */
  readonly notices: readonly string[]
  /** Null: no mails are sent here. */
  readonly seal: SealNotice | null
  /** Where a message is answered by who reads it in a tool; null: nobody outside reaches us. */
  readonly answerAt: ((noticeId: string) => string) | null
}

/**
 * Says what is due, each through the channel of its tickets. Whether it is still so is looked at again here, with the
 * tickets held: of two who send at once one finds it sent, and nobody is told what is not true any more. Where only a
 * part is not so any more the rest waits again, for its words have changed.
 */
export const sendNotices: Command<SendNotices, { readonly sent: number }> = async (tx, context, input) => {
  const about = await ticketsOf(tx, input.notices)
  // tickets before notices: who answers holds them in this order too
  const tickets = await lockTickets(tx, ticketIdsIn([...about.values()].flat()))
  const held = await lockNotices(tx, input.notices)
  const due = held.filter(
    ({ state, due_at }) => state === 'proposed' && due_at !== null && due_at <= context.now,
  )
  const release = due[0] === undefined ? null : await releaseInPlay(tx, due[0].release_id)
  if (release === null) return done({ sent: 0 })
  const live = await ticketsOf(
    tx,
    due.map(({ id }) => id),
  )
  const standing = await ticketsToTell(tx, release, ticketIdsIn([...live.values()].flat()))
  const scene: Scene = {
    ...{ release, wording: await readWording(tx), seal: input.seal, answerAt: input.answerAt },
    tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    standing: new Map(standing.map((one) => [one.ticketId, one])),
  }
  const events: NewEvent[] = []
  for (const notice of due)
    events.push(...(await sendOne(tx, context, scene, notice, live.get(notice.id) ?? [])))
  return done({ sent: events.filter(({ kind }) => kind === 'notice.sent').length }, { events, changed: [] })
}

interface Scene {
  readonly release: ReleaseInPlay
  readonly wording: Wording
  readonly seal: SealNotice | null
  readonly answerAt: SendNotices['answerAt']
  readonly tickets: ReadonlyMap<string, Ticket>
  readonly standing: ReadonlyMap<string, TicketToTell>
}

const ticketIdsIn = (rows: readonly NoticeTicket[]): readonly string[] => [
  ...new Set(rows.map(({ ticket_id }) => ticket_id)),
]

const AGAIN = { due_at: null, approved_by: null } as const

const sendOne = async (
  tx: Tx,
  context: CommandContext,
  scene: Scene,
  notice: Notice,
  rows: readonly NoticeTicket[],
): Promise<readonly NewEvent[]> => {
  const record = { kind: 'notice', id: notice.id } as const
  const suppressed = async (reason: NoticeReason): Promise<readonly NewEvent[]> => {
    const ended = { ...AGAIN, ended_at: context.now, ended_by: context.actor }
    await updateNotices(tx, [notice.id], { state: 'suppressed', reason, ...ended }, context.now)
    return [{ kind: 'notice.suppressed', record, data: { reason } }]
  }
  const dropped = rows.flatMap((row) => {
    const reason = whyNot(scene, notice, row)
    return reason === null ? [] : [{ noticeId: notice.id, ticketId: row.ticket_id, reason }]
  })
  await dropTickets(tx, dropped)
  if (dropped.length === rows.length) return suppressed(dropped[0]?.reason ?? 'changed since')
  const tickets = oldestFirst(rows.flatMap(({ ticket_id }) => scene.standing.get(ticket_id) ?? []))
  const [lead, ...others] = tickets
  const isOther =
    dropped.length > 0 ||
    (!notice.is_edited &&
      wordsFor(scene.wording, scene.release, notice.standing, tickets).text !== notice.text)
  if (isOther || lead === undefined) {
    await updateNotices(tx, [notice.id], AGAIN, context.now)
    return []
  }
  const as = { ...context, actor: notice.approved_by ?? SYSTEM }
  const said = await applyCommand(tx, as, addComment, {
    record: { kind: 'ticket', ref: lead.ticketId },
    body: codecs.markdown.read(wordsToSay(scene, notice)),
    audience: 'everyone',
    asks: notice.standing !== 'gets it' && isLive(scene, lead),
  })
  if (!said.ok) {
    await dropTickets(
      tx,
      rows.map((row) => ({ noticeId: notice.id, ticketId: row.ticket_id, reason: 'not taken' })),
    )
    return suppressed('not taken')
  }
  for (const other of others) await noteOn(tx, as, scene, notice, other, lead)
  await mail(tx, as, scene, notice, lead)
  const sent = { state: 'sent', comment_id: said.value.id, due_at: null } as const
  await updateNotices(tx, [notice.id], { ...sent, ended_at: context.now, ended_by: as.actor }, context.now)
  const data = {
    release: scene.release.name,
    standing: notice.standing,
    tickets: tickets.map(({ shownKey }) => shownKey),
    comment: said.value.id,
  }
  return [{ kind: 'notice.sent', record, data }]
}

/** The portal asks beside the words; a tool cannot: there, an address below them does. */
const wordsToSay = ({ answerAt }: Scene, { id, connection_id, standing, language, text }: Notice): string =>
  connection_id === null || answerAt === null
    ? text
    : `${text}\n\n${answerLine(standing, language)} ${answerAt(id)}`

const LIVE = ['new', 'open', 'waiting']
const isLive = ({ tickets }: Scene, { ticketId }: TicketToTell): boolean => {
  const state = tickets.get(ticketId)?.state
  return state !== undefined && LIVE.includes(state) && canTicket(state, 'ask customer')
}

/** Why a ticket is not told what was proposed; null: all is as it was. */
const whyNot = ({ tickets, standing }: Scene, notice: Notice, row: NoticeTicket): NoticeReason | null => {
  const ticket = tickets.get(row.ticket_id)
  if (ticket === undefined) return 'changed since'
  if (['closed', 'cancelled', 'merged'].includes(ticket.state)) return 'closed'
  if (ticket.reopened_count !== row.reopened) return 'reopened'
  const now = standing.get(row.ticket_id)
  if (now === undefined) return 'changed since'
  const verdict = verdictOn(now)
  if (verdict.not !== undefined) return verdict.not
  const isSame =
    verdict.tell === notice.standing &&
    recipientOf({ ...now, contactId: now.contact?.id ?? null }) === notice.recipient &&
    now.connectionId === notice.connection_id
  return isSame ? null : 'changed since'
}

/** The others hear of it on the lead: colleagues are told where, and it is the customer's move there too. */
const noteOn = async (
  tx: Tx,
  context: CommandContext,
  scene: Scene,
  notice: Notice,
  other: TicketToTell,
  lead: TicketToTell,
): Promise<void> => {
  await applyCommand(tx, context, addComment, {
    record: { kind: 'ticket', ref: other.ticketId },
    body: plainText(`The customer was told of ${scene.release.name} in ${lead.shownKey}.`),
    audience: 'staff',
  })
  const ticket = scene.tickets.get(other.ticketId)
  if (notice.standing === 'gets it' || ticket === undefined || !isLive(scene, other)) return
  await applyCommand(
    tx,
    context,
    async () => {
      const moved = await moveTicket(tx, context, ticket, { do: 'ask customer' })
      return moved.ok ? done(null, moved.value) : moved
    },
    null,
  )
}

/** Who looks into no tool is told by mail as well; what the tool keeps, the tool sends. */
const mail = async (
  tx: Tx,
  context: CommandContext,
  { release, seal }: Scene,
  notice: Notice,
  lead: TicketToTell,
): Promise<void> => {
  if (seal === null || notice.connection_id !== null || notice.contact_id === null) return
  const contact = await findContact(tx, notice.contact_id)
  if (contact === null || contact.email === null) return
  const id = context.newId()
  const { language, standing } = notice
  const text = codecs.plain.write(codecs.markdown.read(notice.text))
  const about = {
    noticeId: notice.id,
    product: release.productName,
    release: release.name,
    ticketKey: lead.shownKey,
  }
  const letter = seal(id, { language, standing, text, ...about })
  await queueMail(tx, { id, reader: 'customer', purpose: 'notice', to: contact.email, letter }, context.now)
}

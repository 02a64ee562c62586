import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { countTicketLinks, insertTicketLink } from '../store/ticket-links.ts'
import { findTicket } from '../store/tickets.ts'
import { isSafeLink } from '../sync/rich-text/safe-url.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface LinkTicket {
  /** Id or key. */
  readonly ticket: string
  readonly to:
    | { readonly ticket: string }
    | { readonly url: string /** What it is; absent: its address. */; readonly title?: string }
}

const MOST = 100
const URL_MAX = 2_000

/** Says that a ticket has to do with another one, or with something elsewhere. For staff: customers are not told. */
export const linkTicket: Command<LinkTicket, { readonly id: string }> = async (tx, context, input) => {
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  if ((await countTicketLinks(tx, ticket.id)) >= MOST)
    return err(refuse('invalid', `A ticket has at most ${MOST} links: take one away first.`))
  const row = {
    id: context.newId(),
    ticket_id: ticket.id,
    made_by: JSON.stringify(context.actor),
    at: context.now,
  }
  const record = { kind: 'ticket', id: ticket.id }
  if ('url' in input.to) {
    const { url, title } = input.to
    if (url.length > URL_MAX || !/^https?:\/\/[^/]/i.test(url) || !isSafeLink(url))
      return err(
        refuse('invalid', 'This is not an address of the web: it begins with https://', { field: '/url' }),
      )
    const named = title === undefined || title.trim() === '' ? null : checkLine(title, '/title')
    if (named?.ok === false) return named
    await insertTicketLink(tx, { ...row, url, title: named?.value ?? null })
    return done(
      { id: row.id },
      { events: [{ kind: 'ticket.linked', record, data: { link: row.id } }], changed: [] },
    )
  }
  const other = await findTicket(tx, input.to.ticket)
  if (other === null) return unknown('ticket', input.to.ticket, '/other')
  if (other.id === ticket.id)
    return err(refuse('invalid', 'A ticket cannot be linked with itself.', { field: '/other' }))
  if (!(await insertTicketLink(tx, { ...row, other_id: other.id })))
    return err(
      refuse('already-done', `${ticket.key} and ${other.key} are linked already.`, {
        existing: { kind: 'ticket', id: other.id, key: other.key },
      }),
    )
  const ends = [ticket, other].map(({ id }) => ({
    ...({ kind: 'ticket.linked', record: { kind: 'ticket', id } } as const),
    data: { link: row.id },
  }))
  return done({ id: row.id }, { events: ends, changed: [] })
}

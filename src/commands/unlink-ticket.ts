import { isId } from '../lib/ids.ts'
import { deleteTicketLink, findTicketLink } from '../store/ticket-links.ts'
import { findTicket } from '../store/tickets.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Takes a link away, from whichever of its two ends. */
export const unlinkTicket: Command<{ readonly ticket: string; readonly link: string }, null> = async (
  tx,
  _context,
  input,
) => {
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  const link = isId(input.link) ? await findTicketLink(tx, input.link, ticket.id) : null
  if (link === null) return unknown('link', input.link, '/link')
  await deleteTicketLink(tx, link.id)
  const { id, other_id, url, title } = link
  return done(null, {
    events: [link.ticket_id, ...(other_id === null ? [] : [other_id])].map((end) => ({
      ...({ kind: 'ticket.unlinked', record: { kind: 'ticket', id: end } } as const),
      data: { link: id, ...(url === null ? {} : { url, title }) },
    })),
    changed: [],
  })
}

import { changeTicket } from '../../commands/change-ticket.ts'
import { createTicket } from '../../commands/create-ticket.ts'
import type { StaffParty } from '../../domain/audience.ts'
import type { Tx } from '../../store/database.ts'
import { listTickets } from '../../store/views/ticket-list.ts'
import { ticketView } from '../../store/views/ticket-view.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { listedByWords } from '../asked.ts'
import { callerOfRequest, staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { pageOf } from '../shapes.ts'
import { optionalMarkdown, readMarkdown } from '../words.ts'
import { filterOf } from './input.ts'
import { presentListedTicket, presentTicket } from './present.ts'
import { ListedTicket, NewTicket, Ticket, TicketChange, TicketQuery } from './schema.ts'

const tags = ['tickets']

/** Shows a ticket as this caller may see it, within a transaction that found it already. */
export const presentTicketOf = (party: StaffParty) => async (tx: Tx, value: { readonly id: string }) => {
  const view = await ticketView(tx, value.id, party)
  if (view === null) throw new Error(`ticket ${value.id} is gone within its own transaction`)
  return presentTicket(view)
}

export const ticketRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/tickets',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'Tickets, the latest changed first',
        querystring: TicketQuery,
        response: { 200: pageOf(ListedTicket) },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const filter = filterOf(request.query, caller, deps.runner.now())
      if (filter === null) return reply.send({ items: [], next: null })
      const page = await read(deps, (tx) =>
        listedByWords(tx, 'ticket', filter, (found) => listTickets(tx, found, pageRequest(request.query))),
      )
      return sendPage(reply, page, presentListedTicket)
    },
  )
  app.get(
    '/api/v1/tickets/:ref',
    {
      config: { access: 'tickets.read' },
      schema: { tags, summary: 'One ticket', params: ByRef, response: { 200: Ticket } },
    },
    async (request, reply) => {
      const party = staffPartyOf(request)
      const view = await read(deps, (tx) => ticketView(tx, request.params.ref, party))
      return view === null
        ? sendProblem(reply, problem('not-found', 'There is no such ticket.'))
        : reply.send(presentTicket(view))
    },
  )
  app.post(
    '/api/v1/tickets',
    {
      config: { access: 'tickets.create' },
      schema: {
        tags,
        summary: 'Write down what a customer asks',
        body: NewTicket,
        response: { 201: Ticket },
      },
    },
    async (request, reply) => {
      const { description, ...body } = request.body
      return answer(deps, request, reply, {
        command: createTicket,
        input: { ...body, description: readMarkdown(description) },
        present: presentTicketOf(staffPartyOf(request)),
        status: 201,
      })
    },
  )
  app.patch(
    '/api/v1/tickets/:ref',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags,
        summary: 'Change what a ticket says; its state and owner have steps of their own',
        params: ByRef,
        body: TicketChange,
        response: { 200: Ticket },
      },
    },
    async (request, reply) => {
      const { revision, set } = request.body
      const { description, ...rest } = set
      return answer(deps, request, reply, {
        command: changeTicket,
        input: {
          ticket: request.params.ref,
          ...(revision === undefined ? {} : { version: revision }),
          set: { ...rest, ...optionalMarkdown(description) },
        },
        present: presentTicketOf(staffPartyOf(request)),
      })
    },
  )
}

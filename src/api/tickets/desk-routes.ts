import { linkTicket } from '../../commands/link-ticket.ts'
import { similarToTicket } from '../../commands/similar-to-ticket.ts'
import { suggestWorkItems } from '../../commands/suggest-work-items.ts'
import { unlinkTicket } from '../../commands/unlink-ticket.ts'
import { endPresence, showPresence } from '../../store/presence.ts'
import { findTicket } from '../../store/tickets.ts'
import { listMentions } from '../../store/views/mention-list.ts'
import { ticketsToMove } from '../../store/views/my-move.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { ByLink, Here, Mentions, MyMove, NewLink, Others, Similar } from '../desk/schema.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { ByRef } from '../record-shapes.ts'
import { Created, NoContent } from '../shapes.ts'
import { presentListedTicket } from './present.ts'

/** What a desk needs around its tickets. */
export const ticketDeskRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/my-move',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['my move'],
        summary: 'Tickets whose next action is yours, and those that are nobody’s; at most 200 of each',
        response: { 200: MyMove },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const { personId } = caller
      const found =
        personId === null ? [] : await read(deps, (tx) => ticketsToMove(tx, personId, deps.runner.now()))
      const items = found.map((row) => {
        const { since, wakesAt, promisedOn } = row
        return { ...presentListedTicket(row), ...asJson({ since, wakesAt, promisedOn }) }
      })
      return reply.send({ items })
    },
  )
  app.get(
    '/api/v1/mentions',
    {
      config: { access: 'self.read' },
      schema: {
        tags: ['my move'],
        summary: 'Notes that call for you and that you have not seen, the latest first',
        response: { 200: Mentions },
      },
    },
    async (request, reply) => {
      const { personId, party } = callerOfRequest(request)
      const items =
        // customers ask too, as everybody does for themselves; nobody mentions them
        personId === null || party === null || party === 'customer'
          ? []
          : await read(deps, (tx) => listMentions(tx, personId, party))
      return reply.send(asJson({ items: [...items] }))
    },
  )
  app.get(
    '/api/v1/tickets/:ref/similar',
    {
      config: { access: 'escalations.read' },
      schema: {
        tags: ['tickets'],
        summary: 'Tickets that may tell of the same, and defects that are known',
        params: ByRef,
        response: { 200: Similar },
      },
    },
    async (request, reply) => {
      const { ref } = request.params
      const [tickets, workItems] = await read(deps, async (tx) => [
        await similarToTicket(tx, ref),
        await suggestWorkItems(tx, ref),
      ])
      if (!tickets.ok) return sendProblem(reply, tickets.error)
      if (!workItems.ok) return sendProblem(reply, workItems.error)
      return reply.send(asJson({ tickets: [...tickets.value], workItems: [...workItems.value] }))
    },
  )
  linkRoutes(app, deps)
  presenceRoutes(app, deps)
}

const linkRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/tickets/:ref/links',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['tickets'],
        summary: 'Say that it has to do with another ticket, or with something elsewhere',
        params: ByRef,
        body: NewLink,
        response: { 201: Created },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: linkTicket,
        input: { ticket: request.params.ref, to: request.body },
        present: async (_tx, made) => made,
        status: 201,
      }),
  )
  app.delete(
    '/api/v1/tickets/:ref/links/:link',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['tickets'],
        summary: 'Take a link away',
        params: ByLink,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: unlinkTicket,
        input: { ticket: request.params.ref, link: request.params.link },
        present: async () => null,
        status: 204,
      }),
  )
}

/**
 * Who is here is no command: nothing happens to the record, and no log should hold who looked at what. It stands in a
 * table because several processes may serve the two who meet in one ticket.
 */
const presenceRoutes = (app: App, deps: ApiDeps): void => {
  const { db, now } = deps.runner
  app.post(
    '/api/v1/tickets/:ref/presence',
    {
      config: { access: 'tickets.presence' },
      schema: {
        tags: ['tickets'],
        summary: 'I am looking at it; who else is? Told again every few seconds',
        params: ByRef,
        body: Here,
        response: { 200: Others },
      },
    },
    async (request, reply) => {
      const { personId } = callerOfRequest(request)
      const ticket = await read(deps, (tx) => findTicket(tx, request.params.ref))
      if (ticket === null) return sendProblem(reply, problem('not-found', 'There is no such ticket.'))
      if (personId === null) return reply.send({ items: [] })
      const isTyping = request.body.typing
      const items = await showPresence(db, { recordId: ticket.id, personId, isTyping }, now())
      return reply.send(asJson({ items: [...items] }))
    },
  )
  app.delete(
    '/api/v1/tickets/:ref/presence',
    {
      config: { access: 'tickets.presence' },
      schema: { tags: ['tickets'], summary: 'I have left', params: ByRef, response: { 204: NoContent } },
    },
    async (request, reply) => {
      const { personId } = callerOfRequest(request)
      const ticket = await read(deps, (tx) => findTicket(tx, request.params.ref))
      if (ticket !== null && personId !== null) await endPresence(db, ticket.id, personId)
      return reply.code(204).send(null)
    },
  )
}

import { assignTicket } from '../../commands/assign-ticket.ts'
import { cancelTicket } from '../../commands/cancel-ticket.ts'
import { closeTicket } from '../../commands/close-ticket.ts'
import { mergeTicket } from '../../commands/merge-ticket.ts'
import { reopenTicket } from '../../commands/reopen-ticket.ts'
import { resolveTicket } from '../../commands/resolve-ticket.ts'
import type { Command } from '../../commands/run-command.ts'
import { snoozeTicket } from '../../commands/snooze-ticket.ts'
import { takeTicket } from '../../commands/take-ticket.ts'
import { unmergeTicket } from '../../commands/unmerge-ticket.ts'
import { verifyFix } from '../../commands/verify-fix.ts'
import { wakeTicket } from '../../commands/wake-ticket.ts'
import type { RuleName } from '../access.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { ByRef } from '../record-shapes.ts'
import { presentTicketOf } from './routes.ts'
import { Assign, Merge, Snooze, Step, Ticket, Verify } from './schema.ts'

type Moved = { readonly id: string }

/** Steps in a ticket's life: `POST /tickets/<id or key>/<step>`, answered with the ticket as it is then. */
export const ticketStepRoutes = (app: App, deps: ApiDeps): void => {
  const step = (
    name: string,
    summary: string,
    command: Command<{ ticket: string; version?: number }, Moved>,
    access: RuleName = 'tickets.write',
  ): void => {
    app.post(
      `/api/v1/tickets/:ref/${name}`,
      {
        config: { access },
        schema: { tags: ['tickets'], summary, params: ByRef, body: Step, response: { 200: Ticket } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command,
          input: { ticket: request.params.ref, ...versionOf(request.body.revision) },
          present: presentTicketOf(staffPartyOf(request)),
        }),
    )
  }
  step('take', 'Make it mine', takeTicket)
  step('resolve', 'An answer was given; the customer may still object', resolveTicket)
  step('reopen', 'It is not solved', reopenTicket, 'tickets.reopen')
  step('close', "Nobody's move any more", closeTicket)
  step('cancel', 'It was never needed', cancelTicket)
  step('unmerge', 'It was merged by mistake: it is again what it was', unmergeTicket)
  step('wake', 'End a snooze now', wakeTicket)

  app.post(
    '/api/v1/tickets/:ref/assign',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['tickets'],
        summary: 'Give it to somebody',
        params: ByRef,
        body: Assign,
        response: { 200: Ticket },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: assignTicket,
        input: { ticket: request.params.ref, owner: request.body.owner, ...versionOf(request.body.revision) },
        present: presentTicketOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/snooze',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['tickets'],
        summary: 'Say whose move it is instead of ours, and until when',
        params: ByRef,
        body: Snooze,
        response: { 200: Ticket },
      },
    },
    async (request, reply) => {
      const { revision, waitingFor, until } = request.body
      return answer(deps, request, reply, {
        command: snoozeTicket,
        input: {
          ticket: request.params.ref,
          waitingFor,
          until: until == null ? null : new Date(until),
          ...versionOf(revision),
        },
        present: presentTicketOf(staffPartyOf(request)),
      })
    },
  )
  app.post(
    '/api/v1/tickets/:ref/merge',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags: ['tickets'],
        summary: 'Make it one with another ticket of the same customer',
        params: ByRef,
        body: Merge,
        response: { 200: Ticket },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: mergeTicket,
        input: { ticket: request.params.ref, into: request.body.into, ...versionOf(request.body.revision) },
        present: presentTicketOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/verify',
    {
      config: { access: 'tickets.reopen' },
      schema: {
        tags: ['tickets'],
        summary: "The customer's word on the fix: it works, or it is still broken",
        params: ByRef,
        body: Verify,
        response: { 200: Ticket },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: verifyFix,
        input: { ticket: request.params.ref, works: request.body.works },
        present: presentTicketOf(staffPartyOf(request)),
      }),
  )
}

/** What commands call the version is the revision of the record; the version of a ticket is the product's. */
export const versionOf = (revision: number | undefined): { readonly version?: number } =>
  revision === undefined ? {} : { version: revision }

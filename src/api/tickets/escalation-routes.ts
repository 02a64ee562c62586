import { answerInformation } from '../../commands/answer-information.ts'
import { escalateTicket } from '../../commands/escalate-ticket.ts'
import { joinEscalation } from '../../commands/join-escalation.ts'
import { reinstateEscalation } from '../../commands/reinstate-escalation.ts'
import { returnEscalation } from '../../commands/return-escalation.ts'
import { shareFile } from '../../commands/share-file.ts'
import { suggestWorkItems } from '../../commands/suggest-work-items.ts'
import { withdrawEscalation } from '../../commands/withdraw-escalation.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { ByRef } from '../record-shapes.ts'
import { Created, NoContent } from '../shapes.ts'
import { optionalMarkdown, readMarkdown } from '../words.ts'
import {
  Answer,
  Escalate,
  Escalated,
  Join,
  Return,
  ShareFile,
  Step,
  Suggestions,
  Withdraw,
  Withdrawn,
} from './schema.ts'
import { versionOf } from './step-routes.ts'

const tags = ['escalations']

/** From a ticket to engineering and back. */
export const ticketEscalationRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/tickets/:ref/suggestions',
    {
      config: { access: 'escalations.read' },
      schema: {
        tags,
        summary: 'Work items this ticket is likely about, to join instead of making another',
        params: ByRef,
        response: { 200: Suggestions },
      },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => suggestWorkItems(tx, request.params.ref))
      return found.ok ? reply.send(asJson({ items: found.value })) : sendProblem(reply, found.error)
    },
  )
  app.post(
    '/api/v1/tickets/:ref/escalate',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: 'Send it to the people who can fix it',
        params: ByRef,
        body: Escalate,
        response: { 201: Escalated },
      },
    },
    async (request, reply) => {
      const { description, ...body } = request.body
      return answer(deps, request, reply, {
        command: escalateTicket,
        input: { ticket: request.params.ref, ...body, ...optionalMarkdown(description) },
        present: async (_tx, escalated) => escalated,
        status: 201,
      })
    },
  )
  app.post(
    '/api/v1/tickets/:ref/join',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: 'It is about a work item engineering knows already',
        params: ByRef,
        body: Join,
        response: { 201: Escalated },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: joinEscalation,
        input: { ticket: request.params.ref, workItem: request.body.workItem },
        present: async (_tx, escalated) => escalated,
        status: 201,
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/share-file',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: 'Engineering gets a file after all that was left out when the ticket was escalated',
        params: ByRef,
        body: ShareFile,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: shareFile,
        input: { ticket: request.params.ref, file: request.body.file },
        present: async () => null,
        status: 204,
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/answer',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: "Answer engineering's question",
        params: ByRef,
        body: Answer,
        response: { 201: Created },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: answerInformation,
        input: { ticket: request.params.ref, answer: readMarkdown(request.body.answer) },
        present: async (_tx, { comment }) => comment,
        status: 201,
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/return',
    {
      config: { access: 'escalations.answer' },
      schema: {
        tags,
        summary: 'Hand this ticket back to support, with the reason; the work item stays',
        params: ByRef,
        body: Return,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: returnEscalation,
        input: { ticket: request.params.ref, reason: request.body.reason },
        present: async () => null,
        status: 204,
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/withdraw',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: 'Take this ticket back from engineering, with the reason; the work item stays',
        params: ByRef,
        body: Withdraw,
        response: { 200: Withdrawn },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: withdrawEscalation,
        input: { ticket: request.params.ref, reason: request.body.reason },
        present: async (_tx, withdrawn) => withdrawn,
      }),
  )
  app.post(
    '/api/v1/tickets/:ref/reinstate',
    {
      config: { access: 'escalations.send' },
      schema: {
        tags,
        summary: 'Take a withdrawal back: the ticket stands behind the same work item again',
        params: ByRef,
        body: Step,
        response: { 200: Withdrawn },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: reinstateEscalation,
        input: { ticket: request.params.ref, ...versionOf(request.body.revision) },
        present: async (_tx, withdrawn) => withdrawn,
      }),
  )
}

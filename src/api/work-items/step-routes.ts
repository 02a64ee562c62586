import type { TSchema } from 'typebox'
import { acceptWorkItem } from '../../commands/accept-work-item.ts'
import { askInformation } from '../../commands/ask-information.ts'
import { closeQuestion } from '../../commands/close-question.ts'
import { declineWorkItem } from '../../commands/decline-work-item.ts'
import { markDuplicate } from '../../commands/mark-duplicate.ts'
import { moveWorkItem } from '../../commands/move-work-item.ts'
import { snoozeWorkItem } from '../../commands/snooze-work-item.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { ByRef } from '../record-shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { readMarkdown } from '../words.ts'
import { presentWorkItemOf } from './routes.ts'
import { Accept, Ask, Asked, CloseQuestion, Decline, Duplicate, Move, Snooze, WorkItem } from './schema.ts'

/** Engineering's answers: `POST /work-items/<id or key>/<step>`. Every ticket behind it follows. */
export const workItemStepRoutes = (app: App, deps: ApiDeps): void => {
  const options = <B extends TSchema>(summary: string, body: B) => ({
    config: { access: 'escalations.answer' as const },
    schema: { tags: ['work items'], summary, params: ByRef, body, response: { 200: WorkItem } },
  })
  app.post('/api/v1/work-items/:ref/move', options('Move the card', Move), async (request, reply) =>
    answer(deps, request, reply, {
      command: moveWorkItem,
      input: { workItem: request.params.ref, to: request.body.to, ...versionOf(request.body.revision) },
      present: presentWorkItemOf(staffPartyOf(request)),
    }),
  )
  app.post(
    '/api/v1/work-items/:ref/accept',
    options('Engineering takes it: the pick-up clock of every ticket stops', Accept),
    async (request, reply) => {
      const { revision, ...body } = request.body
      return answer(deps, request, reply, {
        command: acceptWorkItem,
        input: { workItem: request.params.ref, ...body, ...versionOf(revision) },
        present: presentWorkItemOf(staffPartyOf(request)),
      })
    },
  )
  app.post(
    '/api/v1/work-items/:ref/decline',
    options('Engineering will not do it, and says why', Decline),
    async (request, reply) =>
      answer(deps, request, reply, {
        command: declineWorkItem,
        input: {
          workItem: request.params.ref,
          reason: request.body.reason,
          ...versionOf(request.body.revision),
        },
        present: presentWorkItemOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/work-items/:ref/duplicate',
    options('It is the same as another: the tickets move over', Duplicate),
    async (request, reply) =>
      answer(deps, request, reply, {
        command: markDuplicate,
        input: { workItem: request.params.ref, of: request.body.of, ...versionOf(request.body.revision) },
        present: presentWorkItemOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/work-items/:ref/ask',
    {
      config: { access: 'escalations.answer' },
      schema: {
        tags: ['work items'],
        summary: 'Engineering cannot go on without an answer from support',
        params: ByRef,
        body: Ask,
        response: { 201: Asked },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: askInformation,
        input: {
          workItem: request.params.ref,
          question: readMarkdown(request.body.question),
          ...versionOf(request.body.revision),
        },
        present: async (_tx, asked) => asked,
        status: 201,
      }),
  )
  app.post(
    '/api/v1/work-items/:ref/close-question',
    options('Engineering has enough: no ticket owes an answer any more', CloseQuestion),
    async (request, reply) =>
      answer(deps, request, reply, {
        command: closeQuestion,
        input: { workItem: request.params.ref, ...versionOf(request.body.revision) },
        present: presentWorkItemOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/work-items/:ref/snooze',
    options('Leave it alone in triage for a while; news of its tickets end that', Snooze),
    async (request, reply) =>
      answer(deps, request, reply, {
        command: snoozeWorkItem,
        input: {
          workItem: request.params.ref,
          until: new Date(request.body.until),
          ...versionOf(request.body.revision),
        },
        present: presentWorkItemOf(staffPartyOf(request)),
      }),
  )
  app.post(
    '/api/v1/work-items/:ref/wake',
    options('Back into the queue of triage now', CloseQuestion),
    async (request, reply) =>
      answer(deps, request, reply, {
        command: snoozeWorkItem,
        input: { workItem: request.params.ref, until: null, ...versionOf(request.body.revision) },
        present: presentWorkItemOf(staffPartyOf(request)),
      }),
  )
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { askKeys } from '../../commands/ask-keys.ts'
import { closeChange, finishChange, startChange } from '../../commands/carry-out-change.ts'
import { giveKey } from '../../commands/give-key.ts'
import type { ChangeId, OfChange } from '../../commands/held-change.ts'
import type { Command } from '../../commands/run-command.ts'
import { assessChange, cancelChange, reviseChange } from '../../commands/step-change.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { ByRef } from '../record-shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { presentChangeOf } from './routes.ts'
import {
  Change,
  ChangeFinish,
  ChangeKeyGiven,
  ChangeReason,
  ChangeReview,
  ChangeStart,
  ChangeStep,
} from './schema.ts'

const tags = ['changes']

/** Steps in a change's life: `POST /changes/<id or key>/<step>`, answered with the change as it is then. */
export const changeStepRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'changes.write' } as const
  const reply = <I extends OfChange>(
    request: FastifyRequest,
    sent: FastifyReply,
    command: Command<I, ChangeId>,
    input: I,
  ) => answer(deps, request, sent, { command, input, present: presentChangeOf(deps) })
  const of = (ref: string, revision: number | undefined): OfChange => ({
    change: ref,
    ...versionOf(revision),
  })

  for (const [name, summary, command] of [
    ['assess', 'Somebody looks at its risk', assessChange],
    ['ask', 'Ask those for their keys whom the rules name', askKeys],
    ['revise', 'Take up again what was rejected or cancelled', reviseChange],
  ] as const)
    app.post(
      `/api/v1/changes/:ref/${name}`,
      { config, schema: { tags, summary, params: ByRef, body: ChangeStep, response: { 200: Change } } },
      async (request, sent) => reply(request, sent, command, of(request.params.ref, request.body.revision)),
    )
  app.post(
    '/api/v1/changes/:ref/keys',
    {
      config: { access: 'changes.approve' },
      schema: {
        tags,
        summary: 'Give one key, or refuse it',
        params: ByRef,
        body: ChangeKeyGiven,
        response: { 200: Change },
      },
    },
    async (request, sent) => {
      const { revision, ...body } = request.body
      return reply(request, sent, giveKey, { ...of(request.params.ref, revision), ...body })
    },
  )
  app.post(
    '/api/v1/changes/:ref/start',
    {
      config,
      schema: {
        tags,
        summary: 'Begin it, when its gate is open; an emergency may begin before its keys are given',
        params: ByRef,
        body: ChangeStart,
        response: { 200: Change },
      },
    },
    async (request, sent) => {
      const { revision, ...body } = request.body
      return reply(request, sent, startChange, { ...of(request.params.ref, revision), ...body })
    },
  )
  app.post(
    '/api/v1/changes/:ref/close',
    {
      config,
      schema: {
        tags,
        summary: 'Say how it went; what went well is closed at once, the rest is reviewed first',
        params: ByRef,
        body: ChangeFinish,
        response: { 200: Change },
      },
    },
    async (request, sent) => {
      const { revision, ...body } = request.body
      return reply(request, sent, finishChange, { ...of(request.params.ref, revision), ...body })
    },
  )
  app.post(
    '/api/v1/changes/:ref/review',
    {
      config,
      schema: {
        tags,
        summary: 'Say what was learnt, and close it',
        params: ByRef,
        body: ChangeReview,
        response: { 200: Change },
      },
    },
    async (request, sent) => {
      const { revision, review } = request.body
      return reply(request, sent, closeChange, { ...of(request.params.ref, revision), review })
    },
  )
  app.post(
    '/api/v1/changes/:ref/cancel',
    {
      config,
      schema: {
        tags,
        summary: 'It will not be carried out',
        params: ByRef,
        body: ChangeReason,
        response: { 200: Change },
      },
    },
    async (request, sent) => {
      const { revision, reason } = request.body
      return reply(request, sent, cancelChange, { ...of(request.params.ref, revision), reason })
    },
  )
}

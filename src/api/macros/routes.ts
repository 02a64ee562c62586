import { applyMacro } from '../../commands/apply-macro.ts'
import { changeMacro } from '../../commands/change-macro.ts'
import { createMacro } from '../../commands/create-macro.ts'
import { isSeenBy } from '../../domain/audience.ts'
import { type ListedMacro, listMacros } from '../../store/views/macro-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest, staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { ById, Created, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { readMarkdown } from '../words.ts'
import { Applied, AppliedMacro, Macro, MacroChange, MacroQuery, NewMacro } from './schema.ts'

const tags = ['macros']

const present = ({ version, ...macro }: ListedMacro) => asJson({ ...macro, revision: version })

/**
 * What a desk says and does again and again. That a macro is for one team is an order in a list and no secret: whoever
 * may write on tickets may look through all of them, and change them.
 */
export const macroRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/macros',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags,
        summary: 'Macros by name',
        querystring: MacroQuery,
        response: { 200: pageOf(Macro) },
      },
    },
    async (request, reply) => {
      const { text, archived, mine } = request.query
      const { personId } = callerOfRequest(request)
      const filter = {
        ...(text === undefined ? {} : { text }),
        ...(archived === undefined ? {} : { archived }),
        ...(mine === true && personId !== null ? { forPerson: personId } : {}),
      }
      const page = await read(deps, (tx) => listMacros(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/macros',
    {
      config: { access: 'tickets.write' },
      schema: { tags, summary: 'Write a macro', body: NewMacro, response: { 201: Created } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createMacro,
        input: request.body,
        present: async (_tx, made) => made,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/macros/:id',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags,
        summary: 'Change a macro, archive it or bring it back',
        params: ById,
        body: MacroChange,
        response: { 200: Created },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeMacro,
        input: { macro: request.params.id, set, ...versionOf(revision) },
        present: async (_tx, changed) => changed,
      })
    },
  )
  app.post(
    '/api/v1/tickets/:ref/macro',
    {
      config: { access: 'tickets.write' },
      schema: {
        tags,
        summary: 'Say what a macro says, as it was filled and changed, and do what it does',
        params: ByRef,
        body: AppliedMacro,
        response: { 201: Applied },
      },
    },
    async (request, reply) => {
      const { text, skip = [], ...said } = request.body
      if (!isSeenBy(said.audience, staffPartyOf(request)))
        return sendProblem(
          reply,
          problem('not-allowed', 'You could not read this yourself: choose an audience you belong to.', {
            field: '/audience',
          }),
        )
      return answer(deps, request, reply, {
        command: applyMacro,
        input: { ticket: request.params.ref, ...said, body: text === null ? null : readMarkdown(text), skip },
        present: async (_tx, { comment }) => ({ id: comment }),
        status: 201,
      })
    },
  )
}

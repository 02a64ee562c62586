import { Readable } from 'node:stream'
import { addComment } from '../../commands/add-comment.ts'
import { attachFile } from '../../commands/attach-file.ts'
import { createRequest } from '../../commands/create-request.ts'
import { unknown } from '../../commands/outcome.ts'
import { reopenTicket } from '../../commands/reopen-ticket.ts'
import type { Command } from '../../commands/run-command.ts'
import { verifyFix } from '../../commands/verify-fix.ts'
import { publish } from '../../domain/publish.ts'
import { isPublicMessage, requestIdOf } from '../../store/portal/one-request.ts'
import { ticketsOfCustomer } from '../../store/tickets-of-customer.ts'
import { codecs } from '../../sync/rich-text/index.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ByRef } from '../record-shapes.ts'
import { Created, NoContent } from '../shapes.ts'
import { missingRequest, PORTAL_TAGS, readFor } from './reads.ts'
import * as s from './schema.ts'

const access = 'portal.write'

/**
 * What customers do. A command answers with no more than what it made is called: what came of it is read through the
 * portal's own rights, like everything else.
 */
export const portalWrites = async (app: App, deps: ApiDeps): Promise<void> => {
  app.post(
    '/api/v1/portal/requests',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Ask us something',
        body: s.NewRequest,
        response: { 201: s.Asked },
      },
    },
    async (request, reply) => {
      const { reach, contactId } = callerOfRequest(request)
      if (reach?.customerId == null)
        return sendProblem(
          reply,
          problem('not-allowed', 'You belong to no organisation here yet. Ask support to enter you.'),
        )
      const { description, ...body } = request.body
      return answer(deps, request, reply, {
        command: createRequest,
        input: {
          ...body,
          description: codecs.markdown.read(description),
          customer: reach.customerId,
          contact: contactId,
        },
        present: async (_tx, { id, key }) => publish({ id, key }),
        status: 201,
      })
    },
  )
  app.post(
    '/api/v1/portal/requests/:ref/replies',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Say something on a request',
        params: ByRef,
        body: s.Reply,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const id = await readFor(deps, request, (tx) => requestIdOf(tx, request.params.ref))
      if (id === null) return sendProblem(reply, missingRequest)
      return answer(deps, request, reply, {
        command: withinReach(callerOfRequest(request), id, addComment),
        input: {
          record: { kind: 'ticket', ref: id },
          body: codecs.markdown.read(request.body.text),
          audience: 'everyone',
        },
        present: async (_tx, made: { readonly id: string }) => publish({ id: made.id }),
        status: 201,
      })
    },
  )
  app.post(
    '/api/v1/portal/requests/:ref/reopen',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'It is not solved',
        params: ByRef,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const id = await readFor(deps, request, (tx) => requestIdOf(tx, request.params.ref))
      if (id === null) return sendProblem(reply, missingRequest)
      return answer(deps, request, reply, {
        command: withinReach(callerOfRequest(request), id, reopenTicket),
        input: { ticket: id },
        present: async () => null,
        status: 204,
      })
    },
  )
  app.post(
    '/api/v1/portal/requests/:ref/verify',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Your word on the fix: it works, or it is still broken',
        params: ByRef,
        body: s.Verdict,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const id = await readFor(deps, request, (tx) => requestIdOf(tx, request.params.ref))
      if (id === null) return sendProblem(reply, missingRequest)
      return answer(deps, request, reply, {
        command: withinReach(callerOfRequest(request), id, verifyFix),
        input: { ticket: id, works: request.body.works },
        present: async () => null,
        status: 204,
      })
    },
  )
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    // the bytes are the body, of whatever type
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploadRoute(uploads as unknown as App, deps)
  })
}

const uploadRoute = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/portal/requests/:ref/files',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Send a file along: the body is its bytes',
        params: ByRef,
        querystring: s.NewFile,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const { name, comment } = request.query
      // asked before a byte is stored
      const home = await readFor(deps, request, async (tx) => {
        const id = await requestIdOf(tx, request.params.ref)
        const isTheirs = id !== null && (comment === undefined || (await isPublicMessage(tx, id, comment)))
        return isTheirs ? id : null
      })
      if (home === null) return sendProblem(reply, missingRequest)
      if (deps.disk.isNearlyFull())
        return sendProblem(reply, problem('storage-full', 'There is no room for files just now. Tell us.'))
      const body = request.body instanceof Readable ? request.body : Readable.from([])
      const stored = await deps.blobs.write(body, deps.config.uploadMaxBytes)
      if (!stored.ok) return sendProblem(reply, stored.error)
      return answer(deps, request, reply, {
        command: withinReach(callerOfRequest(request), home, attachFile),
        input: {
          record: { kind: 'ticket', ref: home },
          name,
          audience: 'everyone',
          mediaType: request.headers['content-type'] ?? 'application/octet-stream',
          ...stored.value,
          ...(comment === undefined ? {} : { comment }),
        },
        content: stored.value.sha256,
        present: async (_tx, made: { readonly id: string }) => publish({ id: made.id }),
        status: 201,
      })
    },
  )
}

/** Asked again in the command's own transaction: meanwhile the request may have become somebody else's. */
const withinReach =
  <I, T>(caller: Caller, id: string, command: Command<I, T>): Command<I, T> =>
  async (tx, context, input) =>
    caller.reach !== null && (await ticketsOfCustomer(tx, caller.reach, [id])).has(id)
      ? command(tx, context, input)
      : unknown('request', id, '/ref')

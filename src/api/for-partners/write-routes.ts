import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { endPartner } from '../../commands/end-partner.ts'
import { dropPartnerHook, keepPartnerHook } from '../../commands/keep-partner-hook.ts'
import type { Command } from '../../commands/run-command.ts'
import { changeForPartner, createForPartner, type SentFields } from '../../commands/take-from-partner.ts'
import {
  attachForPartner,
  commentForPartner,
  detachForPartner,
  editForPartner,
  withdrawForPartner,
} from '../../commands/words-from-partner.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { partnerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ById, Created, NoContent } from '../shapes.ts'
import { addressFor, oneSharedItem } from './read-routes.ts'
import {
  EditedWords,
  Hook,
  HookKept,
  HookQuery,
  ItemChange,
  NewFile,
  NewItem,
  NewWords,
  SharedItem,
  StatusChange,
} from './schema.ts'

const tags = ['for partners']

/** What another installation does here, as far as its policy goes; every one of these is the partner's own deed in the log. */
export const sharedWrites = async (app: App, deps: ApiDeps): Promise<void> => {
  itemWrites(app, deps)
  wordWrites(app, deps)
  await fileWrites(app, deps)
  hookWrites(app, deps)
}

/** Does it, and shows the item as it is then. */
const andShow = <I, T extends { readonly id: string }>(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  ask: { readonly command: Command<I, T>; readonly input: I; readonly status?: 201 },
): Promise<FastifyReply> => {
  const partner = partnerOfRequest(request)
  const { status, ...rest } = ask
  return answer(deps, request, reply, {
    ...rest,
    ...(status === undefined ? {} : { status }),
    present: async (tx, { id }) => oneSharedItem(tx, partner, id, addressFor(deps, request)),
  })
}

const NOTHING: SentFields = {}
const versionOf = (version: string | undefined): number | null =>
  version === undefined ? null : Number(version)

const itemWrites = (app: App, deps: ApiDeps): void => {
  app.post(
    '/partner/v1/items',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Make an item; for one marker once, however often it is asked for',
        body: NewItem,
        response: { 201: SharedItem },
      },
    },
    async (request, reply) =>
      andShow(deps, request, reply, {
        command: createForPartner(partnerOfRequest(request)),
        input: request.body,
        status: 201,
      }),
  )
  app.patch(
    '/partner/v1/items/:id',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Change fields; with `version` only while it is at it',
        params: ById,
        body: ItemChange,
        response: { 200: SharedItem },
      },
    },
    async (request, reply) => {
      const { fields, version } = request.body
      return andShow(deps, request, reply, {
        command: changeForPartner(partnerOfRequest(request)),
        input: { id: request.params.id, version: versionOf(version), fields, status: null },
      })
    },
  )
  app.post(
    '/partner/v1/items/:id/status',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Set the status',
        params: ById,
        body: StatusChange,
        response: { 200: SharedItem },
      },
    },
    async (request, reply) => {
      const { to, version } = request.body
      return andShow(deps, request, reply, {
        command: changeForPartner(partnerOfRequest(request)),
        input: { id: request.params.id, version: versionOf(version), fields: NOTHING, status: to },
      })
    },
  )
}

const wordWrites = (app: App, deps: ApiDeps): void => {
  app.post(
    '/partner/v1/items/:id/comments',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'Say something', params: ById, body: NewWords, response: { 201: Created } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: commentForPartner(partnerOfRequest(request)),
        input: { id: request.params.id, ...request.body },
        present: async (_tx, { id }) => ({ id }),
        status: 201,
      }),
  )
  app.put(
    '/partner/v1/comments/:id',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Change your own words',
        params: ById,
        body: EditedWords,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: editForPartner(partnerOfRequest(request)),
        input: { comment: request.params.id, text: request.body.text },
        present: async () => null,
        status: 204,
      }),
  )
  app.delete(
    '/partner/v1/comments/:id',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'Take your own words back', params: ById, response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: withdrawForPartner(partnerOfRequest(request)),
        input: { comment: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}

const fileWrites = async (app: App, deps: ApiDeps): Promise<void> => {
  await app.register(async (given) => {
    const uploads = given as unknown as App
    uploads.removeAllContentTypeParsers()
    // the bytes are the body, of whatever type
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploads.post(
      '/partner/v1/items/:id/attachments',
      {
        config: { access: 'partner' },
        schema: {
          tags,
          summary: 'Hang a file up: the body is its bytes',
          params: ById,
          querystring: NewFile,
          response: { 201: Created },
        },
      },
      async (request, reply) => {
        const partner = partnerOfRequest(request)
        if (!partner.policy.files)
          return sendProblem(reply, problem('not-allowed', 'Files are not shared with you.'))
        if (deps.disk.isNearlyFull())
          return sendProblem(reply, problem('storage-full', 'The disk there is nearly full.'))
        const body = request.body instanceof Readable ? request.body : Readable.from([])
        const stored = await deps.blobs.write(body, deps.config.uploadMaxBytes)
        if (!stored.ok) return sendProblem(reply, stored.error)
        return answer(deps, request, reply, {
          command: attachForPartner(partner),
          input: {
            id: request.params.id,
            ...request.query,
            mediaType: request.headers['content-type'] ?? 'application/octet-stream',
            ...stored.value,
          },
          content: stored.value.sha256,
          present: async (_tx, { id }) => ({ id }),
          status: 201,
        })
      },
    )
  })
  app.delete(
    '/partner/v1/attachments/:id',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'Take your own file back', params: ById, response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: detachForPartner(partnerOfRequest(request)),
        input: { attachment: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}

const hookWrites = (app: App, deps: ApiDeps): void => {
  app.put(
    '/partner/v1/hook',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Be told there when something of yours changes',
        body: Hook,
        response: { 200: HookKept },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: keepPartnerHook(deps.master),
        input: { id: partnerOfRequest(request).id, ...request.body },
        present: async (_tx, kept) => kept,
      }),
  )
  app.delete(
    '/partner/v1/hook',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'Be told no longer',
        querystring: HookQuery,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: dropPartnerHook,
        input: { id: partnerOfRequest(request).id, address: request.query.address ?? null },
        present: async () => null,
        status: 204,
      }),
  )
  app.delete(
    '/partner/v1/about',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'Leave: your token opens nothing afterwards', response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: endPartner,
        input: { id: partnerOfRequest(request).id, by: 'them' },
        present: async () => null,
        status: 204,
      }),
  )
}

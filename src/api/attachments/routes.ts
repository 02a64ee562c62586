import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { attachFile } from '../../commands/attach-file.ts'
import { detachFile } from '../../commands/detach-file.ts'
import { unknown } from '../../commands/outcome.ts'
import type { Command } from '../../commands/run-command.ts'
import { AUDIENCES, type Audience, isSeenBy, type StaffParty } from '../../domain/audience.ts'
import { said } from '../../lib/said.ts'
import { type Attachment, findAttachmentFor } from '../../store/attachments.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import { findHome } from '../comments/home.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ByRef } from '../record-shapes.ts'
import { ById, Bytes, Created, closed, Id, NoContent, oneOf } from '../shapes.ts'

const tags = ['attachments']

import { sendFile } from './send-file.ts'

const HOMES = [
  { path: 'tickets', kind: 'ticket', rule: 'tickets.comment' },
  { path: 'work-items', kind: 'work item', rule: 'work-items.comment' },
] as const

const Upload = closed({
  name: Type.String({ minLength: 1, maxLength: 500, description: 'Name of the file.' }),
  audience: Type.Optional(oneOf(AUDIENCES, 'Absent: staff.')),
  comment: Type.Optional(Id),
})

/** Files are streamed both ways and never opened. What leaves is only ever a download, whatever it claims to be. */
export const attachmentRoutes = async (app: App, deps: ApiDeps): Promise<void> => {
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    // the bytes are the body, of whatever type
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const home of HOMES) uploadRoute(uploads as unknown as App, deps, home)
  })
  app.get(
    '/api/v1/attachments/:id/content',
    {
      config: { access: 'tickets.read' },
      schema: {
        tags,
        summary: 'The bytes, as a download',
        params: ById,
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const party = staffPartyOf(request)
      const found = await read(deps, (tx) => findAttachmentFor(tx, request.params.id, party))
      const missing = problem('not-found', 'There is no such file.')
      if (found === null || found.state === 'deleted') return sendProblem(reply, missing)
      const blob = found.sha256 === null ? null : await deps.blobs.read(found.sha256)
      if (blob === null) return sendProblem(reply, problem('wrong-state', whyNoBytes(found)))
      return sendFile(reply, found.name, blob)
    },
  )
  app.delete(
    '/api/v1/attachments/:id',
    {
      config: { access: 'tickets.comment' },
      schema: { tags, summary: 'Take a file back', params: ById, response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: onReadableFile(staffPartyOf(request), detachFile),
        input: { attachment: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}

const whyNoBytes = ({ state, reason }: Attachment): string => {
  if (reason !== null) return reason
  return state === 'refused'
    ? said`This file cannot be had from where it was sent.`
    : said`The bytes are still on their way.`
}

const uploadRoute = (app: App, deps: ApiDeps, { path, kind, rule }: (typeof HOMES)[number]): void => {
  app.post(
    `/api/v1/${path}/:ref/attachments`,
    {
      config: { access: rule },
      schema: {
        tags,
        summary: `Hang a file on a ${kind}: the body is its bytes`,
        params: ByRef,
        querystring: Upload,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const { name, comment, audience = 'staff' } = request.query
      const refused = await uploadProblem(deps, staffPartyOf(request), kind, request.params.ref, audience)
      if (refused !== null) return sendProblem(reply, refused)
      const body = request.body instanceof Readable ? request.body : Readable.from([])
      const stored = await deps.blobs.write(body, deps.config.uploadMaxBytes)
      if (!stored.ok) return sendProblem(reply, stored.error)
      return answer(deps, request, reply, {
        command: attachFile,
        input: {
          record: { kind, ref: request.params.ref },
          name,
          audience,
          mediaType: request.headers['content-type'] ?? 'application/octet-stream',
          ...stored.value,
          ...(comment === undefined ? {} : { comment }),
        },
        content: stored.value.sha256,
        present: async (_tx, { id }) => ({ id }),
        status: 201,
      })
    },
  )
}

/** Asked before a byte is stored. */
const uploadProblem = async (
  deps: ApiDeps,
  party: StaffParty,
  kind: (typeof HOMES)[number]['kind'],
  ref: string,
  audience: Audience,
) => {
  const home = await read(deps, (tx) => findHome(tx, kind, ref))
  if (home === null) return problem('not-found', `There is no such ${kind}.`)
  if (!isSeenBy(audience, party))
    return problem('not-allowed', 'Choose an audience you belong to.', { field: '/audience' })
  return deps.disk.isNearlyFull()
    ? problem('storage-full', 'The disk is nearly full. Free some space.')
    : null
}

/** A file the caller may not read does not exist for them. */
const onReadableFile =
  <I extends { readonly attachment: string }, T>(party: StaffParty, command: Command<I, T>): Command<I, T> =>
  async (tx, context, input) =>
    (await findAttachmentFor(tx, input.attachment, party)) === null
      ? unknown('attachment', input.attachment, '/id')
      : command(tx, context, input)

import { addComment } from '../../commands/add-comment.ts'
import { changeCommentAudience } from '../../commands/change-comment-audience.ts'
import { deleteComment } from '../../commands/delete-comment.ts'
import { editComment } from '../../commands/edit-comment.ts'
import { unknown } from '../../commands/outcome.ts'
import { applyCommand, type Command } from '../../commands/run-command.ts'
import { isSeenBy, type StaffParty } from '../../domain/audience.ts'
import { refuse } from '../../domain/refusal.ts'
import { err, ok } from '../../lib/result.ts'
import { lockComment } from '../../store/comments.ts'
import { listComments } from '../../store/views/comment-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { ById, Created, NoContent, PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { readMarkdown } from '../words.ts'
import { findHome, type Home } from './home.ts'
import { presentComment } from './present.ts'
import { Comment, CommentChange, NewComment } from './schema.ts'

const tags = ['comments']
const HOMES = [
  { path: 'tickets', kind: 'ticket', readRule: 'tickets.read', writeRule: 'tickets.comment' },
  { path: 'work-items', kind: 'work item', readRule: 'work-items.read', writeRule: 'work-items.comment' },
] as const

export const commentRoutes = (app: App, deps: ApiDeps): void => {
  for (const home of HOMES) homeRoutes(app, deps, home)
  app.patch(
    '/api/v1/comments/:id',
    {
      config: { access: 'tickets.comment' },
      schema: {
        tags,
        summary: 'Change the words of a comment, or who may read it; copies elsewhere follow',
        params: ById,
        body: CommentChange,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: onReadableComment(staffPartyOf(request), changeCommentWithin(staffPartyOf(request))),
        input: { comment: request.params.id, ...request.body, ...versionOf(request.body.revision) },
        present: async () => null,
        status: 204,
      }),
  )
  app.delete(
    '/api/v1/comments/:id',
    {
      config: { access: 'tickets.comment' },
      schema: { tags, summary: 'Take a comment back', params: ById, response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: onReadableComment(staffPartyOf(request), deleteComment),
        input: { comment: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}

const homeRoutes = (app: App, deps: ApiDeps, home: (typeof HOMES)[number]): void => {
  const { kind } = home
  app.get(
    `/api/v1/${home.path}/:ref/comments`,
    {
      config: { access: home.readRule },
      schema: {
        tags,
        summary: `Comments of a ${kind} that you may read, oldest first`,
        params: ByRef,
        querystring: PageQuery,
        response: { 200: pageOf(Comment) },
      },
    },
    async (request, reply) => {
      const party = staffPartyOf(request)
      const page = await read(deps, async (tx) => {
        const found = await findHome(tx, kind, request.params.ref)
        return found === null ? null : listComments(tx, found.id, party, pageRequest(request.query))
      })
      return page === null ? sendProblem(reply, missing(kind)) : sendPage(reply, page, presentComment)
    },
  )
  app.post(
    `/api/v1/${home.path}/:ref/comments`,
    {
      config: { access: home.writeRule },
      schema: {
        tags,
        summary: `Say something on a ${kind}`,
        params: ByRef,
        body: NewComment,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const { text, audience = 'staff', ...more } = request.body
      return answer(deps, request, reply, {
        command: onHome(staffPartyOf(request), kind, addComment),
        input: {
          record: { kind, ref: request.params.ref },
          body: readMarkdown(text),
          audience,
          ...more,
        },
        present: async (_tx, { id }) => ({ id }),
        status: 201,
      })
    },
  )
}

const missing = (kind: Home['kind']) => problem('not-found', `There is no such ${kind}.`)

const notYours = err(
  refuse('not-allowed', 'You could not read this yourself: choose an audience you belong to.', {
    field: '/audience',
  }),
)

/** Nobody writes where they may not read, nor what they could not read afterwards. */
const onHome =
  (party: StaffParty, kind: Home['kind'], command: typeof addComment): typeof addComment =>
  async (tx, context, input) => {
    if ((await findHome(tx, kind, input.record.ref)) === null) return unknown(kind, input.record.ref, '/ref')
    if (!isSeenBy(input.audience, party)) return notYours
    return command(tx, context, input)
  }

/** A comment the caller may not read does not exist for them. */
const onReadableComment =
  <I extends { readonly comment: string }, T>(party: StaffParty, command: Command<I, T>): Command<I, T> =>
  async (tx, context, input) => {
    const comment = await lockComment(tx, input.comment)
    const readable = comment !== null && isSeenBy(comment.audience, party)
    return readable ? command(tx, context, input) : unknown('comment', input.comment, '/id')
  }

type Change = {
  readonly comment: string
  readonly version?: number
  readonly text?: string
  readonly audience?: Parameters<typeof isSeenBy>[0]
}

/** Nobody moves words to where they could not read them any more: it would be a way to hide what others wrote. */
const changeCommentWithin =
  (party: StaffParty): Command<Change, null> =>
  async (tx, context, input) =>
    input.audience === undefined || isSeenBy(input.audience, party)
      ? changeComment(tx, context, input)
      : notYours

const changeComment: Command<Change, null> = async (tx, context, input) => {
  const { comment, text, audience, ...version } = input
  if (text !== undefined) {
    const edited = await applyCommand(tx, context, editComment, {
      comment,
      body: readMarkdown(text),
      ...version,
    })
    if (!edited.ok) return edited
  }
  if (audience !== undefined) {
    // the revision was checked by the edit, which counted it up
    const known = text === undefined ? version : {}
    const moved = await applyCommand(tx, context, changeCommentAudience, { comment, audience, ...known })
    if (!moved.ok) return moved
  }
  return ok({ value: null, events: [], changed: [] })
}

import { unknown } from '../../commands/outcome.ts'
import { requestSync } from '../../commands/request-sync.ts'
import { settleAlike } from '../../commands/settle-alike.ts'
import { type SettleConflict, settleConflict } from '../../commands/settle-conflict.ts'
import { undoSync } from '../../commands/undo-sync.ts'
import { type Audience, isSeenBy } from '../../domain/audience.ts'
import { findMirrorsOf } from '../../store/find-mirrors.ts'
import { crossingOfConflict, lastCrossingOf } from '../../store/views/last-crossing.ts'
import { readersOfConflict } from '../../store/views/open-questions.ts'
import { explainFields } from '../../store/views/why.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ById } from '../shapes.ts'
import { readMarkdown } from '../words.ts'
import { presentStory } from './present.ts'
import {
  ByKey,
  Settle,
  SettleAlike,
  Settled,
  SettledAlike,
  Sync,
  Synced,
  Undo,
  Undone,
  Why,
  WhyQuery,
} from './schema.ts'

/** Nobody decides between words they may not read: the conflict of such a comment does not exist for them. */
const onReadableConflict =
  (caller: Caller): typeof settleConflict =>
  async (tx, context, input) => {
    const found = await readersOfConflict(tx, input.conflict)
    if (found === null || !mayRead(caller, found.readers)) return unknown('conflict', input.conflict, '/id')
    return settleConflict(tx, context, withRichText(found.field, input))
  }

const mayRead = (caller: Caller, readers: Audience | 'field' | 'nobody'): boolean =>
  readers === 'field' || (readers !== 'nobody' && caller.party !== null && isSeenBy(readers, caller.party))

/** What a person types for a rich text is Markdown, as everywhere else. */
const withRichText = (pair: string, input: SettleConflict): SettleConflict =>
  typeof input.value === 'string' && pair.split('~')[0] === 'description'
    ? { ...input, value: readMarkdown(input.value) }
    : input

/** What a person can ask of the sync: why is it so, look again now, this side counts, take that back. */
export const syncRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/why/:key',
    {
      config: { access: 'sync.explain' },
      schema: {
        tags: ['sync'],
        summary: 'Who set each field of a record, where, and by which rule',
        params: ByKey,
        querystring: WhyQuery,
        response: { 200: Why },
      },
    },
    async (request, reply) => {
      const { field = null } = request.query
      const stories = await read(deps, async (tx) => {
        const mirrors = await findMirrorsOf(tx, request.params.key)
        return mirrors.length === 0
          ? null
          : explainFields(
              tx,
              mirrors.map((mirror) => mirror.id),
              field,
            )
      })
      return stories === null
        ? sendProblem(reply, problem('not-found', 'No record or item of this key has a mirror.'))
        : reply.send({ fields: stories.map(presentStory) })
    },
  )
  app.post(
    '/api/v1/sync/:key',
    {
      config: { access: 'sync.request' },
      schema: {
        tags: ['sync'],
        summary: 'Look at the mirrors of a record now, before all else',
        params: ByKey,
        body: Sync,
        response: { 202: Synced },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: requestSync,
        input: { key: request.params.key, ...request.body },
        present: async (_tx, value) => value,
        status: 202,
      }),
  )
  app.post(
    '/api/v1/conflicts/:id/settle',
    {
      config: { access: 'conflicts.settle' },
      schema: {
        tags: ['conflicts'],
        summary: 'Say which side counts',
        params: ById,
        body: Settle,
        response: { 200: Settled },
      },
    },
    async (request, reply) => {
      const { choice, value } = request.body
      return answer(deps, request, reply, {
        command: onReadableConflict(callerOfRequest(request)),
        input: { conflict: request.params.id, take: choice, ...(value === undefined ? {} : { value }) },
        present: async (_tx, settled) => settled,
      })
    },
  )
  app.post(
    '/api/v1/conflicts/:id/settle-alike',
    {
      config: { access: 'conflicts.settle' },
      schema: {
        tags: ['conflicts'],
        summary: 'Say which side counts in all conflicts of the same field on the same connection',
        params: ById,
        body: SettleAlike,
        response: { 200: SettledAlike },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: settleAlike,
        input: {
          conflict: request.params.id,
          take: request.body.choice,
          dryRun: request.body.dryRun ?? false,
        },
        present: async (_tx, { count, settled, refused }) => ({
          count,
          settled: [...settled],
          refused: [...refused],
        }),
      }),
  )
  app.post(
    '/api/v1/undo',
    {
      config: { access: 'sync.undo' },
      schema: {
        tags: ['sync'],
        summary: 'Take back what one crossing wrote, and only that',
        body: Undo,
        response: { 200: Undone },
      },
    },
    async (request, reply) => {
      const { key, conflict } = request.body
      if (key === undefined && conflict === undefined && request.body.event === undefined)
        return sendProblem(
          reply,
          problem('invalid', 'Say which crossing: its event, or the key it was of.', { field: '/key' }),
        )
      const event =
        request.body.event ??
        (await read(deps, async (tx) =>
          conflict !== undefined ? crossingOfConflict(tx, conflict) : lastCrossingOf(tx, key ?? ''),
        ))
      if (!event)
        return sendProblem(
          reply,
          conflict === undefined
            ? problem('not-found', 'Nothing has crossed for this key.', { field: '/key' })
            : problem('not-found', 'Nothing was written for this conflict yet. Try again in a moment.', {
                field: '/conflict',
              }),
        )
      return answer(deps, request, reply, {
        command: undoSync,
        input: {
          event,
          ...(request.body.sides === undefined ? {} : { sides: request.body.sides }),
          ...(request.body.dryRun === undefined ? {} : { dryRun: request.body.dryRun }),
        },
        present: async (_tx, { undone, kept }) => ({
          event,
          undone: undone.map(({ toolField: _toolField, ...one }) => one),
          skipped: [...kept],
        }),
      })
    },
  )
}

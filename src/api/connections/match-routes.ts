import { type Static, Type } from 'typebox'
import { ok } from '../../lib/result.ts'
import type { JoinReport, MatchItem } from '../../sync/match-items.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps, JoinRequest } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { answerInLines, wantsLines } from '../line-answer.ts'
import { closed, nullable, oneOf } from '../shapes.ts'
import { ByKey } from './schema.ts'

const Item = Type.Object({ key: Type.String(), title: Type.String(), url: Type.String() })

const Match = closed({
  by: oneOf(
    ['key', 'title'],
    'By a field that names the other item, or by the same title at about the same time.',
  ),
  field: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'With `key`: the field of this connection, e.g. `cf:TicketKey`.',
    }),
  ),
  withinHours: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 9999,
      description: 'With `title`: hours apart at most. Default 24.',
    }),
  ),
  with: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'The connection of the other side, where there are several.',
    }),
  ),
  apply: Type.Boolean({ description: 'False: shows what would be joined.' }),
})

const Matched = Type.Object({
  read: Type.Object({ desk: Type.Integer(), tracker: Type.Integer() }),
  pairs: Type.Array(Type.Object({ desk: Item, tracker: Item, because: Type.String() })),
  unclear: Type.Array(Type.Object({ desk: Item, reason: Type.String() })),
  joined: nullable(
    Type.Object({
      new: Type.Integer(),
      already: Type.Integer(),
      failed: Type.Array(Type.Object({ pair: Type.String(), reason: Type.String() })),
    }),
  ),
})

const presentItem = ({ key, title, url }: MatchItem) => ({ key, title, url })

const present = ({ read, pairs, unclear, joined }: JoinReport): Static<typeof Matched> => ({
  read,
  pairs: pairs.map((pair) => ({
    desk: presentItem(pair.desk),
    tracker: presentItem(pair.tracker),
    because: pair.because,
  })),
  unclear: unclear.map((one) => ({ desk: presentItem(one.desk), reason: one.reason })),
  joined: joined === null ? null : { ...joined, failed: [...joined.failed] },
})

/** Joining what people kept in step by hand before we came. */
export const matchRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/connections/:key/match',
    {
      config: { access: 'connections.write' },
      schema: {
        tags: ['connections'],
        summary: 'Find pairs that exist on both sides and join them',
        description:
          'Reads both tools whole, which may take minutes. With `Accept: application/x-ndjson` the answer is lines: `{"progress": {"step", "done", "total"}}` while it works, then one `{"answer": …}` or `{"problem": …}`.',
        params: ByKey,
        body: Match,
        response: { 200: Matched },
      },
    },
    async (request, reply) => {
      const { by, field, withinHours, with: other, apply } = request.body
      if (by === 'key' && field === undefined) {
        return sendProblem(
          reply,
          problem('invalid', 'Say which field names the other item.', { field: '/field' }),
        )
      }
      const wanted: JoinRequest = {
        connection: request.params.key,
        by,
        apply,
        actor: callerOfRequest(request).actor,
        ...(field === undefined ? {} : { field }),
        ...(withinHours === undefined ? {} : { withinHours }),
        ...(other === undefined ? {} : { with: other }),
      }
      if (wantsLines(request))
        return answerInLines(request, reply, async (watch) => {
          const found = await deps.joinConnections(wanted, watch)
          return found.ok ? ok(present(found.value)) : found
        })
      const found = await deps.joinConnections(wanted)
      return found.ok ? present(found.value) : sendProblem(reply, found.error)
    },
  )
}

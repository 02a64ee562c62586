import type { Static } from 'typebox'
import { ok } from '../../lib/result.ts'
import type { JoinReport, MatchItem } from '../../sync/match-items.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps, JoinRequest } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { answerInLines, wantsLines } from '../line-answer.ts'
import { ByKey, Match, Matched } from './schema.ts'

const presentItem = ({ key, title, url }: MatchItem) => ({ key, title, url })

const present = ({ read, pairs, unclear, joined }: JoinReport): Static<typeof Matched> => ({
  read,
  pairs: pairs.map((pair) => ({
    desk: presentItem(pair.desk),
    tracker: presentItem(pair.tracker),
    because: pair.because,
    confidence: pair.confidence,
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
      // a list of some ten thousand keys
      bodyLimit: 4 * 1024 * 1024,
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
      const { by, field, pairs, with: other, ...rest } = request.body
      if (by === 'key' && field === undefined) {
        return sendProblem(
          reply,
          problem('invalid', 'Say which field names the other item.', { field: '/field' }),
        )
      }
      if (by === 'list' && (pairs ?? []).length === 0) {
        return sendProblem(reply, problem('invalid', 'The list of keys is empty.', { field: '/pairs' }))
      }
      const wanted: JoinRequest = {
        ...rest,
        connection: request.params.key,
        by,
        write: rest.write ?? false,
        actor: callerOfRequest(request).actor,
        ...(field === undefined ? {} : { field }),
        ...(pairs === undefined ? {} : { pairs }),
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

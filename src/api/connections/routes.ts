import { Type } from 'typebox'
import { lookAtConnection } from '../../commands/look-at-connection.ts'
import { pauseConnection } from '../../commands/pause-connection.ts'
import { resumeConnection } from '../../commands/resume-connection.ts'
import { said } from '../../lib/said.ts'
import type { Tx } from '../../store/database.ts'
import { type ConnectionStatus, connectionStatuses } from '../../store/views/connection-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import type { HookCounts } from '../hooks/hook-counts.ts'
import { presentConnection } from './present.ts'
import { ByKey, Check, Connection, Pause } from './schema.ts'

const tags = ['connections']

/** How the connections fare, and the few things done with one by hand; what they are is configuration. */
export const connectionRoutes = (app: App, deps: ApiDeps, counts: HookCounts): void => {
  const present = async (row: ConnectionStatus) =>
    presentConnection(row, {
      publicUrl: deps.config.publicUrl,
      budget: await deps.budgetOf(row.key),
      lastRejection: counts.lastRejection(row.key),
    })
  const presentKey = async (tx: Tx, key: string) => {
    const [row] = await connectionStatuses(tx, key)
    if (row === undefined) throw new Error(`connection ${key} is gone within its own transaction`)
    return present(row)
  }
  const noSuch = problem('not-found', 'There is no such connection.')

  app.get(
    '/api/v1/connections',
    {
      config: { access: 'connections.read' },
      schema: {
        tags,
        summary: 'All connections and how they fare',
        response: { 200: Type.Object({ items: Type.Array(Connection), next: Type.Null() }) },
      },
    },
    async () => ({
      items: await Promise.all((await read(deps, (tx) => connectionStatuses(tx, null))).map(present)),
      next: null,
    }),
  )
  app.get(
    '/api/v1/connections/:key',
    {
      config: { access: 'connections.read' },
      schema: { tags, summary: 'One connection', params: ByKey, response: { 200: Connection } },
    },
    async (request, reply) => {
      const [row] = await read(deps, (tx) => connectionStatuses(tx, request.params.key))
      return row === undefined ? sendProblem(reply, noSuch) : present(row)
    },
  )
  app.post(
    '/api/v1/connections/:key/pause',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Read and write nothing there until resumed',
        params: ByKey,
        body: Pause,
        response: { 200: Connection },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: pauseConnection,
        input: { connection: request.params.key, reason: request.body.reason ?? said`Paused by hand.` },
        present: (tx) => presentKey(tx, request.params.key),
      }),
  )
  app.post(
    '/api/v1/connections/:key/resume',
    {
      config: { access: 'connections.write' },
      schema: { tags, summary: 'Go on', params: ByKey, response: { 200: Connection } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: resumeConnection,
        input: { connection: request.params.key },
        present: (tx) => presentKey(tx, request.params.key),
      }),
  )
  app.post(
    '/api/v1/connections/:key/sync',
    {
      config: { access: 'sync.request' },
      schema: {
        tags,
        summary: 'Ask the tool now what changed, and look at everything in it once',
        params: ByKey,
        response: { 202: Connection },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: lookAtConnection,
        input: { connection: request.params.key },
        present: (tx) => presentKey(tx, request.params.key),
        status: 202,
      }),
  )
  app.post(
    '/api/v1/connections/:key/check',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Ask the tool now whether address, credentials and rights are right',
        params: ByKey,
        response: { 200: Check },
      },
    },
    async (request, reply) => {
      const checked = await deps.checkConnection(request.params.key)
      return checked === null ? sendProblem(reply, noSuch) : { ...checked, problems: [...checked.problems] }
    },
  )
}

import { Type } from 'typebox'
import { type ConnectionStatus, connectionStatuses } from '../../store/views/connection-list.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { nullable } from '../shapes.ts'

const Status = Type.Object({
  connections: Type.Array(
    Type.Object({
      key: Type.String(),
      kind: Type.String(),
      state: Type.String(),
      stateReason: nullable(Type.String()),
      lagS: Type.Number({ description: 'Age of the oldest hint not yet looked at, seconds.' }),
      dirty: Type.Integer(),
      holds: Type.Integer(),
      conflicts: Type.Integer(),
      unknown: Type.Integer({ description: 'Writes whose answer was lost.' }),
      missedByWebhook: Type.Integer(),
    }),
  ),
  disk: Type.Union([Type.Literal('ok'), Type.Literal('nearly full')]),
})

/** Everything at a glance: is somebody needed? */
export const statusRoutes = (app: App, deps: ApiDeps): void => {
  const present = (row: ConnectionStatus) => ({
    key: row.key,
    kind: row.kind,
    state: row.state,
    stateReason: row.state_reason,
    lagS:
      row.waiting_since === null
        ? 0
        : Math.max(0, (deps.runner.now().getTime() - row.waiting_since.getTime()) / 1000),
    dirty: row.waiting,
    holds: row.holds,
    conflicts: row.conflicts,
    unknown: row.unknown_writes,
    missedByWebhook: row.missed_by_webhook,
  })
  app.get(
    '/api/v1/status',
    {
      config: { access: 'connections.read' },
      schema: { tags: ['connections'], summary: 'How the sync is, at a glance', response: { 200: Status } },
    },
    async () => ({
      connections: (await read(deps, (tx) => connectionStatuses(tx, null))).map(present),
      disk: deps.disk.isNearlyFull() ? ('nearly full' as const) : ('ok' as const),
    }),
  )
}

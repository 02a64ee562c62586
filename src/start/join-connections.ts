import type { JoinRequest } from '../api/deps.ts'
import type { Watch } from '../api/line-answer.ts'
import type { CommandRunner } from '../commands/run-command.ts'
import type { HeardSignal } from '../commands/work-signal.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type ConnectionRow, listConnections } from '../store/connections.ts'
import { isFault } from '../sync/fault.ts'
import type { JoinProgress, JoinReport, MatchRule } from '../sync/match-items.ts'
import type { ToolField } from '../sync/snapshot.ts'
import { joinExisting } from '../worker/join-existing.ts'
import { type OpenOptions, openConnection } from '../worker/open-connection.ts'

type Runner = CommandRunner & { readonly signal: HeardSignal }

/** The two ends of a join: the connection named, and the one of the other party (named too where there are several). */
const endsOf = (
  rows: readonly ConnectionRow[],
  request: JoinRequest,
): Result<{ readonly desk: ConnectionRow; readonly tracker: ConnectionRow }, Refusal> => {
  const named = rows.find((row) => row.key === request.connection)
  if (named === undefined)
    return err(refuse('not-found', 'There is no such connection.', { field: '/connection' }))
  const others = rows.filter(
    (row) => row.party !== named.party && (request.with === undefined || row.key === request.with),
  )
  const [other] = others
  if (other === undefined || others.length > 1) {
    const party = named.party === 'desk' ? 'tracker' : 'desk'
    const which =
      others.length === 0
        ? `There is no ${party} to join it with.`
        : `There are several: ${others.map((row) => row.key).join(', ')}.`
    return err(refuse('invalid', `${which} Name the ${party} with “with”.`, { field: '/with' }))
  }
  return ok(named.party === 'desk' ? { desk: named, tracker: other } : { desk: other, tracker: named })
}

const ruleOf = (request: JoinRequest, named: 'desk' | 'tracker'): MatchRule => {
  switch (request.by) {
    case 'title':
      return { titleWithinHours: request.withinHours ?? 24 }
    case 'link':
      return { links: true }
    case 'text':
      return { text: { withinHours: request.withinHours ?? 24 * 14, least: request.least ?? 0.6 } }
    case 'list':
      return { pairs: request.pairs ?? [] }
    case 'key':
      return keyRule(request, named)
  }
}

const keyRule = (request: JoinRequest, named: 'desk' | 'tracker'): MatchRule =>
  named === 'desk' ? { deskField: request.field as ToolField } : { trackerField: request.field as ToolField }

/** Finds pairs that exist on both sides, and joins them when asked to. */
export const joinConnections = async (
  runner: Runner,
  request: JoinRequest,
  options: Pick<OpenOptions, 'masterKey' | 'clock' | 'allowPrivate'>,
  watch?: Watch<JoinProgress>,
): Promise<Result<JoinReport, Refusal>> => {
  const ends = endsOf(await listConnections(runner.db), request)
  if (!ends.ok) return ends
  const { desk: deskRow, tracker: trackerRow } = ends.value
  const rule = ruleOf(request, deskRow.key === request.connection ? 'desk' : 'tracker')
  try {
    const desk = await openConnection(runner.db, deskRow, { ...options, connections: 2 })
    try {
      const tracker = await openConnection(runner.db, trackerRow, { ...options, connections: 2 })
      try {
        return ok(
          await joinExisting(
            { runner },
            desk,
            tracker,
            { rule, apply: request.apply, write: request.write, actor: request.actor },
            watch,
          ),
        )
      } finally {
        await tracker.close()
      }
    } finally {
      await desk.close()
    }
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return err(refuse('wrong-state', `A tool could not be read: ${thrown.detail}`))
  }
}

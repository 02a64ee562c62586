import type { AttemptEnd } from '../store/attempts.ts'
import type { Receipt } from '../sync/connector.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { MirrorBase } from '../sync/mirror-base.ts'
import {
  joined,
  judgeOverwritten,
  judgeRefused,
  NOTHING_OVERWRITTEN,
  type Overwritten,
  type ReplacedEdits,
} from '../sync/overwritten.ts'
import { peopleFor, peopleOf } from '../sync/people.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import type { Snapshot, ToolFields } from '../sync/snapshot.ts'
import type { LoadedMirror } from './load-mirrors.ts'
import type { OpenConnection } from './open-connection.ts'
import { describedPeople } from './people-there.ts'

/** What follows from the edits that writes of ours replaced. `base` and `shown`: as they were before the writes. */
export const judgeLostEdits = async (
  connection: OpenConnection,
  { view, colleagues, naming }: Pick<LoadedMirror, 'view' | 'colleagues' | 'naming'>,
  mapping: Mapping,
  base: MirrorBase,
  shown: Snapshot,
  replaced: readonly ReplacedEdits[],
): Promise<Overwritten> => {
  if (replaced.every((one) => Object.keys(one.overwrote).length === 0)) return NOTHING_OVERWRITTEN
  const people = peopleOf(
    [...shown.people, ...(await describedPeople(connection))],
    mapping.people,
    colleagues,
  )
  const conversion = {
    ...{ mapping, format: connection.capabilities.richText },
    people: peopleFor(people, connection.row.party === 'desk' ? 'support' : 'engineering', naming),
  }
  return judgeOverwritten({
    conversion,
    base,
    hub: view.fields,
    state: view.state,
    shown: shown.fields,
    replaced,
  })
}

/**
 * What the tool's history says of writes whose answer was lost, and of which it is known now whether they happened. A
 * write that somebody changed again since is among them: what it replaced is gone all the same.
 */
export const recallReplaced = async (
  { session }: OpenConnection,
  { attempts }: Pick<LoadedMirror, 'attempts'>,
  ends: readonly AttemptEnd[],
): Promise<readonly ReplacedEdits[]> => {
  const replaced: ReplacedEdits[] = []
  for (const { id, planned } of attempts) {
    const { operation } = planned
    const isWrite = operation.op === 'update' || operation.op === 'transition'
    if (!isWrite || session.overwritten === undefined || !ends.some((end) => end.id === id)) continue
    replaced.push({ planned, overwrote: await session.overwritten(operation) })
  }
  return replaced
}

/** As `judgeLostEdits` of the calls just made; and what of `restore` the tool did not take back. */
export const judgeCalls = async (
  connection: OpenConnection,
  { view, colleagues, naming }: Pick<LoadedMirror, 'view' | 'colleagues' | 'naming'>,
  calls: {
    readonly mapping: Mapping
    readonly base: MirrorBase
    readonly shown: Snapshot
    readonly restore: ToolFields
  },
  done: readonly { readonly planned: PlannedOperation; readonly receipt: Receipt }[],
): Promise<Overwritten> => {
  const { mapping, base, shown, restore } = calls
  const replaced = done.map(({ planned, receipt }) => ({ planned, overwrote: receipt.overwrote ?? {} }))
  const lost = await judgeLostEdits(connection, { view, colleagues, naming }, mapping, base, shown, replaced)
  const taken = done.map(({ planned }) => planned).find(isGivingBack)?.operation
  const refused = Object.entries(restore).filter(
    ([field]) => taken?.op !== 'update' || !(field in taken.fields),
  )
  return joined([
    lost,
    judgeRefused({ mapping, base, hub: view.fields, state: view.state }, Object.fromEntries(refused)),
  ])
}

const isGivingBack = ({ operation, fields }: PlannedOperation): boolean =>
  operation.op === 'update' && fields.length === 0

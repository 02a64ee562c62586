import { sameValue } from '../../../lib/stable.ts'
import type { ToolValue } from '../../../sync/snapshot.ts'
import type { CallEntry, DemoItem, DemoKind, DemoSetup, DemoUser, LedgerEntry, LedgerOp } from './model.ts'

/**
 * What the tool holds, and the one way it changes: `commit`. Items are values; a listing that lags behind simply
 * reads older values.
 */

export interface ToolState {
  readonly kind: DemoKind
  readonly name: string
  readonly account: DemoUser
  readonly now: () => Date
  readonly newId: (prefix: string) => string
  setup: DemoSetup
  /** In the order of making; deleted ones stay, marked. */
  items: Map<string, DemoItem>
  revisions: Map<string, readonly Revision[]>
  readonly ledger: LedgerEntry[]
  /** At least so many lines stay. */
  readonly ledgerKept: number
  readonly calls: CallEntry[]
  readonly blobs: Map<string, Uint8Array>
  /** Answers by idempotency key. */
  readonly answered: Map<string, { readonly status: number; readonly json: unknown }>
  /** Last number given, per prefix; `''` numbers items. */
  readonly numbers: Record<string, number>
  readonly committed: (item: DemoItem, op: LedgerOp) => void
}

export interface Revision {
  readonly atMs: number
  /** Whose change made it, by user id. */
  readonly who: string
  readonly item: DemoItem
}

export interface Actor {
  /** User id. */
  readonly who: string
  readonly via: 'api' | 'hand'
  /** Idempotency key. */
  readonly key: string | null
}

// Enough history for any lag a test sets later; more would only cost memory.
const REVISIONS_KEPT = 20

/** The tool's own clock: skewed, and coarse where the setup says so. */
export const toolTime = (state: ToolState): string => {
  const { skewMs, resolutionMs } = state.setup
  const ms = state.now().getTime() + skewMs
  return new Date(Math.floor(ms / resolutionMs) * resolutionMs).toISOString()
}

export const nextNumber = (state: ToolState, prefix: string): number => {
  const next = (state.numbers[prefix] ?? 0) + 1
  state.numbers[prefix] = next
  return next
}

export interface Change {
  readonly op: LedgerOp
  readonly before: Readonly<Record<string, ToolValue>> | null
  readonly after: Readonly<Record<string, ToolValue>> | null
  readonly elementId?: string
}

/**
 * Takes a new value of an item in: the ledger line, the revision, the webhook. A change that changes nothing gets its
 * ledger line (`changed: false`) and nothing else, as in tools that ignore an equal value.
 */
export const commit = (state: ToolState, item: DemoItem, actor: Actor, change: Change): DemoItem => {
  const changed = !sameValue(change.before, change.after)
  if (state.ledger.length >= 2 * state.ledgerKept) state.ledger.splice(0, state.ledgerKept)
  state.ledger.push({
    seq: nextNumber(state, 'ledger'),
    at: state.now().toISOString(),
    who: actor.who,
    via: actor.via,
    op: change.op,
    key: actor.key,
    itemId: item.id,
    itemKey: item.key,
    elementId: change.elementId ?? null,
    before: change.before,
    after: change.after,
    changed,
  })
  if (!changed) return state.items.get(item.id) ?? item
  const stamped = Object.freeze({ ...item, updatedAt: toolTime(state), version: item.version + 1 })
  keep(state, stamped, actor.who)
  state.committed(stamped, change.op)
  return stamped
}

const keep = (state: ToolState, item: DemoItem, who: string): void => {
  state.items.set(item.id, item)
  const earlier = state.revisions.get(item.id) ?? []
  state.revisions.set(item.id, [
    ...earlier.slice(1 - REVISIONS_KEPT),
    { atMs: state.now().getTime(), who, item },
  ])
}

/** What a listing shows: every item as the index knew it `indexLagMs` ago, in the order of making. */
export const indexedItems = (state: ToolState): readonly DemoItem[] => {
  const until = state.now().getTime() - state.setup.indexLagMs
  const known: DemoItem[] = []
  for (const [id, current] of state.items) {
    const item =
      state.setup.indexLagMs <= 0
        ? current
        : state.revisions.get(id)?.findLast((revision) => revision.atMs <= until)?.item
    if (item !== undefined && !item.deleted) known.push(item)
  }
  return known
}

/** What the API reaches under an id: not a deleted item; and the other one, where merged items redirect. */
export const reachedItem = (state: ToolState, id: string): DemoItem | undefined => {
  const item = state.items.get(id)
  const isRedirect = item?.mergedInto != null && state.setup.traits.merged === 'redirect'
  if (isRedirect) return reachedItem(state, item.mergedInto ?? '')
  return item?.deleted ? undefined : item
}

/** An item by its id or its present key; also deleted ones. */
export const findItem = (state: ToolState, idOrKey: string): DemoItem | undefined => {
  const byId = state.items.get(idOrKey)
  if (byId !== undefined) return byId
  for (const item of state.items.values()) if (item.key === idOrKey) return item
  return undefined
}

// ---- dump and load ------------------------------------------------------------------------------------------

/** Everything the tool holds, as JSON. Requests (`calls`) are not kept. */
export interface DemoDump {
  readonly format: 1
  readonly items: readonly DemoItem[]
  readonly ledger: readonly LedgerEntry[]
  readonly numbers: Readonly<Record<string, number>>
  /** sha256 → base64. */
  readonly blobs: Readonly<Record<string, string>>
  readonly answered: readonly (readonly [string, { readonly status: number; readonly json: unknown }])[]
}

export const dumpState = (state: ToolState): DemoDump =>
  structuredClone({
    format: 1,
    items: [...state.items.values()],
    ledger: state.ledger,
    numbers: state.numbers,
    blobs: Object.fromEntries(
      [...state.blobs].map(([hash, bytes]) => [hash, Buffer.from(bytes).toString('base64')]),
    ),
    answered: [...state.answered],
  })

/**
 * Puts the items of a dump back. `whole` also brings ledger and counters (a restart). Without it (a restore from
 * backup) the ledger goes on, and numbers are not given out twice.
 */
export const loadState = (state: ToolState, dump: DemoDump, whole: boolean): void => {
  state.items = new Map()
  state.revisions = new Map()
  for (const item of dump.items) keep(state, Object.freeze(structuredClone(item)), item.createdBy)
  for (const [hash, base64] of Object.entries(dump.blobs))
    state.blobs.set(hash, Buffer.from(base64, 'base64'))
  state.answered.clear()
  for (const [key, answer] of dump.answered) state.answered.set(key, answer)
  if (!whole) return
  state.ledger.splice(0, state.ledger.length, ...dump.ledger)
  Object.assign(state.numbers, dump.numbers)
}

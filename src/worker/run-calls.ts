import { sayHold } from '../domain/hold-words.ts'
import type { AttemptEnd, NewAttempt } from '../store/attempts.ts'
import type { Receipt } from '../sync/connector.ts'
import { RemoteFault } from '../sync/fault.ts'
import type { Hold, PlannedOperation } from '../sync/plan.ts'
import type { Snapshot, ToolField, ToolFields } from '../sync/snapshot.ts'
import { triedFields } from '../sync/tried-fields.ts'
import { asFault, faultRecord } from './as-fault.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'
import type { StillHeld } from './still-held.ts'

/**
 * Makes the calls of one mirror, one after the other, each after its intent was committed.
 *
 * A refusal of one field (`invalid`) holds that field and goes on without it. A lost answer (`unknown`) or a tool that
 * is away ends the round: what is left was not begun and is planned anew next time.
 */
export interface CallsResult {
  readonly ends: readonly AttemptEnd[]
  readonly done: readonly { readonly planned: PlannedOperation; readonly receipt: Receipt }[]
  readonly holds: readonly Hold[]
  /** What ended the round early. */
  readonly fault: RemoteFault | null
  /** Another worker has the mirror: nothing more was called, and nothing is to be written. */
  readonly lost: boolean
  /** The item as the last answer showed it, when every later call left it complete. */
  readonly shown: Snapshot | null
}

export const runCalls = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  attempts: readonly NewAttempt[],
  stillHeld: StillHeld,
): Promise<CallsResult> => {
  const ends: AttemptEnd[] = []
  const done: { planned: PlannedOperation; receipt: Receipt }[] = []
  const holds: Hold[] = []
  let shown: Snapshot | null = null
  let ended: RemoteFault | null = null
  let held = true
  for (const attempt of attempts) {
    if (ended !== null || !held) {
      ends.push({ id: attempt.id, state: 'abandoned', receipt: null, fault: null })
      continue
    }
    const outcome = await callWithoutRefused(deps, connection, attempt, stillHeld)
    if (outcome === 'lost') {
      held = false
      continue
    }
    holds.push(...outcome.holds)
    if (outcome.receipt !== null) {
      done.push({ planned: outcome.planned, receipt: outcome.receipt })
      shown = outcome.receipt.snapshot
      ends.push({ id: attempt.id, state: 'done', receipt: outcome.receipt, fault: null })
      // of fields tried one by one: some were taken, then the tool went away
      ended = outcome.fault
      continue
    }
    const { fault } = outcome
    ends.push({
      id: attempt.id,
      state: fault?.kind === 'unknown' ? 'unknown' : 'failed',
      receipt: null,
      fault: fault === null ? null : faultRecord(fault, deps.clock.now()),
    })
    if (fault !== null && fault.kind !== 'invalid') ended = fault
    shown = null
  }
  return { ends, done, holds, fault: ended, lost: !held, shown }
}

interface CallOutcome {
  readonly planned: PlannedOperation
  readonly receipt: Receipt | null
  readonly fault: RemoteFault | null
  readonly holds: readonly Hold[]
}

/** At most this many fields are left out one after the other before the whole call is held. */
const MAX_REFUSED_FIELDS = 10

const callWithoutRefused = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  attempt: NewAttempt,
  stillHeld: StillHeld,
): Promise<CallOutcome | 'lost'> => {
  const holds: Hold[] = []
  let planned = attempt.planned
  for (let round = 0; round <= MAX_REFUSED_FIELDS; round += 1) {
    const key = round === 0 ? attempt.id : `${attempt.id}.${round}`
    await connection.turn()
    deps.crashPoint('before-call')
    // last of all: in whatever was waited for above, the lease may have run out
    if (!(await stillHeld())) return 'lost'
    try {
      const receipt = await connection.session.push(planned.operation, key, contentOf(deps, planned))
      deps.crashPoint('after-call')
      return { planned, receipt, fault: null, holds }
    } catch (thrown) {
      const fault = asFault(thrown, 'unknown')
      if (fault.kind !== 'invalid') return { planned, receipt: null, fault, holds }
      const left = withoutField(planned, fault)
      if (left === null && planned.operation.op === 'update' && planned.fields.length > 1)
        return callFieldByField(deps, connection, attempt, planned, stillHeld)
      holds.push(...refusalHolds(planned, fault, left))
      if (left === null) return { planned, receipt: null, fault, holds }
      planned = left
    }
  }
  return { planned, receipt: null, fault: null, holds }
}

/** The tool refused the whole call and does not say why: each field is tried alone, so that only the bad one waits. */
const callFieldByField = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  attempt: NewAttempt,
  planned: PlannedOperation,
  stillHeld: StillHeld,
): Promise<CallOutcome | 'lost'> => {
  const { operation } = planned
  if (operation.op !== 'update') return { planned, receipt: null, fault: null, holds: [] }
  const holds: Hold[] = []
  const taken: PlannedOperation['fields'][number][] = []
  let receipt: Receipt | null = null
  let overwrote: ToolFields = {}
  for (const write of planned.fields) {
    const field = write.tool as ToolField
    const one: PlannedOperation = {
      ...planned,
      fields: [write],
      operation: {
        ...operation,
        version: null,
        since: operation.since ?? operation.version,
        fields: { [field]: write.sent },
      },
    }
    const outcome = await callWithoutRefused(
      deps,
      connection,
      { id: `${attempt.id}.${field}`, planned: one },
      stillHeld,
    )
    if (outcome === 'lost') return 'lost'
    holds.push(...outcome.holds)
    if (outcome.receipt !== null) {
      overwrote = { ...overwrote, ...outcome.receipt.overwrote }
      receipt = { ...outcome.receipt, overwrote }
      taken.push(write)
    } else if (outcome.fault !== null && outcome.fault.kind !== 'invalid') {
      // what became of a lost answer is found out from the tool's history, with all that this call replaced
      return receipt === null || outcome.fault.kind === 'unknown'
        ? { planned, receipt: null, fault: outcome.fault, holds }
        : { planned: { ...planned, fields: taken }, receipt, fault: outcome.fault, holds }
    }
  }
  return { planned: { ...planned, fields: taken }, receipt, fault: null, holds }
}

const contentOf = (
  deps: WorkerDeps,
  planned: PlannedOperation,
): (() => AsyncIterable<Uint8Array>) | undefined => {
  const { operation } = planned
  if (operation.op !== 'attach') return undefined
  return async function* () {
    const blob = await deps.blobs.read(operation.sha256)
    if (blob === null)
      throw new RemoteFault('invalid', `The bytes of “${operation.name}” are not in the file store.`)
    yield* blob.stream
  }
}

/** The call without the field the tool refused; null when nothing is left of it, or it cannot be taken apart. */
const withoutField = (planned: PlannedOperation, fault: RemoteFault): PlannedOperation | null => {
  const { operation } = planned
  if (operation.op !== 'update' && operation.op !== 'create') return null
  const names = Object.keys(operation.fields) as ToolField[]
  // a tool that does not say which field it means: the one we know least of goes first
  const refused =
    names.find((name) => name === fault.field) ??
    (operation.op === 'update' && names.length === 1 ? names[0] : undefined)
  if (refused === undefined || (operation.op === 'create' && refused === 'title')) return null
  const fields = Object.fromEntries(Object.entries(operation.fields).filter(([name]) => name !== refused))
  if (operation.op === 'update' && Object.keys(fields).length === 0) return null
  return {
    ...planned,
    operation: { ...operation, fields },
    fields: planned.fields.filter((write) => write.tool !== refused),
  }
}

const refusalHolds = (
  planned: PlannedOperation,
  fault: RemoteFault,
  left: PlannedOperation | null,
): readonly Hold[] => {
  const kept = new Set(left?.fields.map((write) => write.pair))
  const lost = planned.fields.filter((write) => left === null || !kept.has(write.pair))
  const of = (field: string, value: unknown): Hold => ({
    field,
    code: 'refused-by-tool',
    ...sayHold('refused-by-tool', { detail: fault.detail }),
    value,
  })
  if (lost.length > 0) return lost.map((write) => of(write.pair, write.sent))
  // of a create: the type or the component there, which no field of ours stands for
  if (planned.fields.length > 0) return [of(fault.field ?? planned.operation.op, null)]
  return triedFields(planned).map((field) => of(field, planned.status?.tool ?? planned.link))
}

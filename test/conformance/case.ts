import assert from 'node:assert/strict'
import type { Operation, Receipt, Session } from '../../src/sync/connector.ts'
import { type FaultKind, isFault, type RemoteFault } from '../../src/sync/fault.ts'
import type { RemoteRef, Snapshot, ToolFields } from '../../src/sync/snapshot.ts'
import type { Subject, SubjectFault } from './subject.ts'
import { validateSnapshot } from './validate-snapshot.ts'

/** One thing every connector must do. Plain assertions, so that vitest and the command line run the same cases. */
export interface Case {
  /** Stable: `group: what it must do`. */
  readonly name: string
  /** Why this subject cannot be asked that; null: it can. */
  readonly unsupported: (subject: Subject) => string | null
  readonly run: (subject: Subject, session: Session) => Promise<void>
}

export const always = (): null => null

/** Not supported unless the capability holds. */
export const when =
  (has: (subject: Subject) => boolean, reason: string) =>
  (subject: Subject): string | null =>
    has(subject) ? null : reason

export const withFault =
  (fault: SubjectFault, more: Case['unsupported'] = always) =>
  (subject: Subject): string | null =>
    subject.faults.includes(fault) ? more(subject) : `this fake has no fault "${fault}"`

let keys = 0
/** A new idempotency key. */
export const newKey = (): string => `conformance-${process.pid}-${++keys}`
/** A new marker, in the form of those that the hub gives: a key, and what tells this hub from others. */
export const newMarker = (): string => `TK-${process.pid}${++keys}/a1b2c3d4`

export const push = (session: Session, operation: Operation): Promise<Receipt> =>
  session.push(operation, newKey())

/** Makes an item through the connector; answers its ref. */
export const make = async (
  subject: Subject,
  session: Session,
  fields: ToolFields = { title: 'Conformance' },
  marker = newMarker(),
): Promise<RemoteRef> => {
  const receipt = await push(session, { op: 'create', container: subject.container, fields, marker })
  assert.ok(receipt.ref, 'a create must answer the ref')
  return receipt.ref
}

/** Fetches an item that must exist, and validates what is shown. */
export const shown = async (subject: Subject, session: Session, ref: RemoteRef): Promise<Snapshot> => {
  const snapshot = await session.fetch(ref)
  if (snapshot === 'gone') assert.fail(`item ${ref.id} is gone`)
  assert.deepEqual(validateSnapshot(snapshot, subject.capabilities, true), [])
  return snapshot
}

/** The promise must be rejected with a RemoteFault of one of the kinds. */
export const faultOf = async (
  work: Promise<unknown>,
  ...kinds: readonly FaultKind[]
): Promise<RemoteFault> => {
  const outcome = await work.then(
    (value: unknown) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  )
  if ('value' in outcome)
    assert.fail(
      `expected a fault (${kinds.join(' or ')}), got ${JSON.stringify(outcome.value)?.slice(0, 200)}`,
    )
  const { thrown } = outcome
  if (!isFault(thrown)) assert.fail(`expected a RemoteFault, got ${String(thrown)}`)
  assert.ok(kinds.includes(thrown.kind), `expected ${kinds.join(' or ')}, got ${thrown.message}`)
  assert.notEqual(thrown.detail, '', 'a fault says what happened')
  return thrown
}

// a pull that never ends is a failure, not a hang
const MAX_PAGES = 200

/** Pulls until there is no more. */
export const pullAll = async (
  subject: Subject,
  session: Session,
  scope: 'changes' | 'all',
  from: string | null,
): Promise<{ readonly snapshots: readonly Snapshot[]; readonly cursor: string; readonly pages: number }> => {
  const snapshots: Snapshot[] = []
  let cursor = from
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const page = await session.pull(cursor, scope)
    for (const snapshot of page.snapshots)
      assert.deepEqual(validateSnapshot(snapshot, subject.capabilities), [])
    snapshots.push(...page.snapshots)
    cursor = page.cursor
    if (!page.more) return { snapshots, cursor, pages }
  }
  return assert.fail(`pull(${scope}) was not at its end after ${MAX_PAGES} pages`)
}

export const bytesOf = async (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

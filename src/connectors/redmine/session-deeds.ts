import { createHash, randomBytes } from 'node:crypto'
import type { Operation, PullPage, Session } from '../../sync/connector.ts'
import type { Snapshot } from '../../sync/snapshot.ts'

/** What the session cases are given, and what they do again and again. */

export type Who = 'integration' | 'developer' | 'reporter' | 'admin'

export interface RedmineSubject {
  readonly url: string
  /** `host:port` */
  readonly address: string
  readonly apiKeys: Readonly<Record<Who, string>>
  readonly userIds: Readonly<Record<Who, number>>
  readonly customFieldIds: Readonly<Record<string, number>>
  readonly close: () => Promise<void>
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 40_000) yield bytes.subarray(at, at + 40_000)
}

/** What must be there. */
export const shown = (snapshot: Snapshot | 'gone' | null): Snapshot => {
  if (snapshot === null || snapshot === 'gone') throw new Error(`no snapshot: ${snapshot}`)
  return snapshot
}

const newMarker = (): string => `T-${randomBytes(6).toString('hex')}`

/** A new issue in atlas, with our marker. */
export const made = async (
  session: Session,
  more: Partial<Extract<Operation, { op: 'create' }>> = {},
): Promise<Snapshot> => {
  const marker = newMarker()
  const fields = { title: 'Export hangs', type: 'Bug', 'cf:Severity': 'High', ...more.fields }
  const receipt = await session.push({ op: 'create', container: 'atlas', marker, ...more, fields }, marker)
  return shown(receipt.snapshot)
}

export const update = async (
  session: Session,
  item: Snapshot,
  fields: Snapshot['fields'],
): Promise<Snapshot> =>
  shown((await session.push({ op: 'update', ref: item.ref, fields, version: null }, 'k')).snapshot)

export const everyPage = async (
  session: Session,
  scope: 'changes' | 'all',
  cursor: string | null,
): Promise<PullPage> => {
  const first = await session.pull(cursor, scope)
  if (!first.more) return first
  const rest = await everyPage(session, scope, first.cursor)
  return { ...rest, snapshots: [...first.snapshots, ...rest.snapshots] }
}

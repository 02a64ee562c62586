import type { Operation } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import type { WireIssue } from './answers.ts'
import type { Catalog } from './catalog.ts'
import type { JiraClient } from './client.ts'
import { type Target, targetOf } from './convert.ts'
import type { Desk } from './desk.ts'
import type { JiraSettings } from './settings.ts'

/** What every operation is given, and what several of them do. */

export interface PushContext {
  readonly client: JiraClient
  readonly catalog: Catalog
  readonly settings: JiraSettings
  readonly desk: Desk
  readonly fetch: (ref: RemoteRef) => Promise<Snapshot | 'gone'>
  readonly snapshot: (issue: WireIssue) => Promise<Snapshot>
}

export type Of<K extends Operation['op']> = Extract<Operation, { op: K }>

export const knownTarget = (ref: RemoteRef): Target => {
  const target = targetOf(ref.id)
  if (target === null) throw new RemoteFault('gone', `"${ref.id}" is no id of Jira`)
  return target
}

export const issueId = (ref: RemoteRef, what: string): string => {
  const target = knownTarget(ref)
  if (target.kind === 'issue') return target.id
  throw new RemoteFault('invalid', `a version in Jira has no ${what}`)
}

export const elementId = (id: string, what: string): string => {
  if (/^[1-9]\d{0,17}$/.test(id)) return id
  throw new RemoteFault('gone', `"${id}" is no id of a ${what} in Jira`)
}

/** What does not exist any more is deleted. */
export const unlessGone = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!isFault(error) || error.kind !== 'gone') throw error
  }
}

/** A read-back that fails says nothing about the write: the caller's next read tells. */
export const readBack = async (context: PushContext, ref: RemoteRef): Promise<Snapshot | null> => {
  try {
    const shown = await context.fetch(ref)
    return shown === 'gone' ? null : shown
  } catch (error) {
    if (isFault(error)) return null
    throw error
  }
}

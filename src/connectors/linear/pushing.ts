import type { Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { LinearClient } from './client.ts'
import { isUuid, targetOf } from './convert.ts'
import type { WireRelease, WireWhole } from './schema.ts'
import { markPrefixOf, type Settings } from './settings.ts'

/** What every operation that writes is given, and what they have in common. */

export interface Pushing {
  readonly client: LinearClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly whole: (issue: WireWhole) => Promise<Snapshot>
  readonly release: (release: WireRelease) => Promise<Snapshot>
  readonly fetch: (ref: RemoteRef) => Promise<Snapshot | 'gone'>
}

export type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
export type Content = (() => AsyncIterable<Uint8Array>) | undefined

export const goneFault = (what: string): RemoteFault =>
  new RemoteFault('gone', `${what} does not exist in Linear (any more)`)

/** Variables of every document that shows a whole issue. */
export const extentOf = async ({ catalog, settings }: Pushing) => ({
  marks: markPrefixOf(settings),
  ...(await catalog.extent()),
})

export const receipt = (snapshot: Snapshot | null, elementId: string | null = null): Receipt => ({
  ref: snapshot?.ref ?? null,
  elementId,
  snapshot,
})

/** The write is done; showing it may take more questions, and their failing says nothing of the write. */
export const shownOf = async (pushing: Pushing, issue: WireWhole | null): Promise<Snapshot | null> => {
  if (issue === null) return null
  try {
    return await pushing.whole(issue)
  } catch (thrown) {
    if (isFault(thrown)) return null
    throw thrown
  }
}

export const issueIdOf = (ref: RemoteRef, what: string): string => {
  const target = targetOf(ref.id)
  if (target === null) throw goneFault(`“${ref.id.slice(0, 60)}”`)
  if (target.kind === 'issue') return target.id
  throw new RemoteFault('invalid', `a release in Linear has no ${what}`)
}

/** An element's id of Linear, or it is gone. */
export const elementIdOf = (id: string): string => {
  if (isUuid(id)) return id
  throw goneFault(`“${id.slice(0, 60)}”`)
}

import { type Naming, namingOf } from '../domain/naming.ts'
import { type Attempt, loadOpenAttempts } from '../store/attempts.ts'
import { loadColleagues } from '../store/colleagues.ts'
import { loadFacts, loadWords } from '../store/hub-facts.ts'
import { type ClaimedMirror, loadElements, type StoredElement } from '../store/mirrors.ts'
import { readSettings } from '../store/settings.ts'
import type { HubView } from '../sync/hub-view.ts'
import type { Colleague } from '../sync/people.ts'
import { addressOf, project } from '../sync/projection.ts'
import type { WorkerDeps } from './deps.ts'

/** What is loaded for a mirror before it is reconciled. */
export interface LoadedMirror {
  readonly mirror: ClaimedMirror
  readonly view: HubView
  readonly elements: readonly StoredElement[]
  readonly attempts: readonly Attempt[]
  readonly colleagues: readonly Colleague[]
  readonly naming: Naming
  /** When it was claimed, about: ms of this process's clock. */
  readonly loadedAt: number
}

/** Loads many mirrors in a fixed number of queries. One whose record is gone is left out. */
export const loadMirrors = async (
  deps: WorkerDeps,
  mirrors: readonly ClaimedMirror[],
): Promise<readonly LoadedMirror[]> => {
  if (mirrors.length === 0) return []
  const { db } = deps.runner
  const loadedAt = deps.clock.now().getTime()
  const records = mirrors.flatMap((mirror) =>
    mirror.record_id === null ? [] : [{ kind: mirror.record_kind, id: mirror.record_id }],
  )
  const ids = mirrors.map((mirror) => mirror.id)
  const [facts, words, elements, attempts, colleagues, settings] = await Promise.all([
    loadFacts(db, records, deps.publicUrl),
    loadWords(
      db,
      records.filter((record) => record.kind !== 'release').map((record) => record.id),
    ),
    loadElements(db, ids),
    loadOpenAttempts(db, ids),
    loadColleagues(db),
    readSettings(db),
  ])
  const naming = namingOf(settings)
  return mirrors.flatMap((mirror) => {
    const known = facts.get(mirror.record_id ?? '')
    if (known === undefined) return []
    const view = project(known, words.get(known.id) ?? { comments: [], attachments: [] }, (one) =>
      addressOf(one, deps.publicUrl),
    )
    return [
      {
        mirror,
        view,
        elements: elements.get(mirror.id) ?? [],
        attempts: attempts.get(mirror.id) ?? [],
        colleagues,
        naming,
        loadedAt,
      },
    ]
  })
}

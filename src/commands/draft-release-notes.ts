import { refuse } from '../domain/refusal.ts'
import { noteKindOf } from '../domain/release-note.ts'
import { err } from '../lib/result.ts'
import { insertReleaseNote } from '../store/release-notes.ts'
import { lockRelease } from '../store/releases.ts'
import { listUnnoted } from '../store/views/release-note-list.ts'
import { done, type Effects, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface DraftReleaseNotes {
  /** Id. */
  readonly release: string
  /** Ids; at most 200 at once. Those that have a note already, or are not in the release, are left out. */
  readonly workItems: readonly string[]
}

const AT_ONCE = 200

/** A draft for each of these work items of a release, with what engineering wrote of it. */
export const draftReleaseNotes: Command<DraftReleaseNotes, { readonly ids: readonly string[] }> = async (
  tx,
  context,
  input,
) => {
  const release = await lockRelease(tx, input.release)
  if (release === null) return unknown('release', input.release, '/release')
  const filter = { releaseId: release.id, ids: input.workItems }
  const unnoted = await listUnnoted(tx, filter, { after: null, limit: AT_ONCE })
  if (!unnoted.ok) return unnoted
  if (unnoted.value.items.length === 0)
    return err(refuse('already-done', 'Each of these has a note already, or is not in this release.'))
  const ids: string[] = []
  const events: Effects['events'][number][] = []
  for (const work of unnoted.value.items) {
    const id = context.newId()
    const kind = noteKindOf(work)
    const isNew = await insertReleaseNote(tx, {
      ...{ id, release_id: release.id, kind, state: 'draft', title: work.title, work_item_id: work.id },
      ...{ body: work.behaviourNote ?? '', workaround: kind === 'known broken' ? work.workaround : null },
      ...{ component_id: work.componentId, written_by: JSON.stringify(context.actor) },
      ...{ created_at: context.now, updated_at: context.now },
    })
    if (!isNew) continue
    ids.push(id)
    events.push({
      kind: 'release-note.created',
      record: { kind: 'release-note', id },
      data: { release: release.name, kind, title: work.title },
    })
  }
  return done({ ids }, { events, changed: [] })
}

import type { Severity, WorkItemKind } from '../domain/words.ts'
import type { WorkItemPatch } from '../store/work-items.ts'
import { callingAsBefore, type RichText } from '../sync/rich-text/index.ts'
import { type ChangedVersion, mergeCustom } from './change-ticket.ts'
import { checkCustom, checkTitle } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldWorkItem, progressWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'
import {
  checkWords,
  resolveWorkItemReferences,
  type WorkItemReferences,
  type WorkItemWords,
} from './work-item-fields.ts'

export interface OfWorkItem {
  /** Id or key. */
  readonly workItem: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

export interface ChangeWorkItem extends OfWorkItem {
  readonly set: WorkItemReferences &
    WorkItemWords & {
      readonly title?: string
      readonly description?: RichText
      readonly kind?: WorkItemKind
      readonly severity?: Severity | null
      /** Before all others, and beside the limits of the board. */
      readonly expedite?: boolean
      /** Merged into what is there; null removes one. */
      readonly custom?: Readonly<Record<string, string | null>>
    }
}

/** Changes what a work item says and whose it is. Its state has commands of its own; a release can change what is out. */
export const changeWorkItem: Command<ChangeWorkItem, ChangedVersion> = async (tx, context, input) => {
  const held = await heldWorkItem(tx, input.workItem, input.version)
  if (!held.ok) return held
  const item = held.value
  const { set } = input
  const patch: WorkItemPatch = {}
  if (set.title !== undefined) {
    const title = checkTitle(set.title, '/set/title')
    if (!title.ok) return title
    patch.title = title.value
  }
  const words = checkWords(set, '/set')
  if (!words.ok) return words
  const refs = await resolveWorkItemReferences(tx, set, item)
  if (!refs.ok) return refs
  if (set.custom !== undefined) {
    const custom = checkCustom(mergeCustom(item.custom, set.custom))
    if (!custom.ok) return custom
    patch.custom = JSON.stringify(custom.value)
  }
  if (set.description !== undefined)
    patch.description = JSON.stringify(callingAsBefore(set.description, item.description))
  if (set.kind !== undefined) patch.kind = set.kind
  if (set.severity !== undefined) patch.severity = set.severity
  if (set.expedite !== undefined) patch.expedite = set.expedite
  const progressed = await progressWorkItem(tx, context, item, null, {
    ...patch,
    ...words.value,
    ...refs.value,
  })
  if (!progressed.ok) return progressed
  return done({ id: item.id, key: item.key, version: progressed.value.version }, progressed.value)
}

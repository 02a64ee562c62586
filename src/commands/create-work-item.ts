import type { Severity, WorkItemKind } from '../domain/words.ts'
import { insertWorkItem } from '../store/work-items.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import type { CreatedRecord } from './create-ticket.ts'
import { checkCustom, checkTitle } from './field-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import {
  checkWords,
  resolveWorkItemReferences,
  type WorkItemReferences,
  type WorkItemWords,
} from './work-item-fields.ts'

export interface CreateWorkItem extends WorkItemReferences, WorkItemWords {
  readonly title: string
  readonly description: RichText
  readonly kind?: WorkItemKind
  /** Its own; where tickets stand behind it, theirs counts. */
  readonly severity?: Severity | null
  readonly custom?: Readonly<Record<string, string>>
  /** Decided already where it goes: not to triage. */
  readonly state?: 'backlog'
}

/** Writes down work that engineering found itself. What a customer asks comes by an escalation. */
export const createWorkItem: Command<CreateWorkItem, CreatedRecord> = async (tx, context, input) => {
  const title = checkTitle(input.title)
  if (!title.ok) return title
  const words = checkWords(input)
  if (!words.ok) return words
  const custom = checkCustom(input.custom ?? {})
  if (!custom.ok) return custom
  const refs = await resolveWorkItemReferences(tx, input, null)
  if (!refs.ok) return refs
  const item = await insertWorkItem(tx, {
    id: context.newId(),
    kind: input.kind ?? 'task',
    state: input.state ?? 'triage',
    title: title.value,
    description: input.description,
    steps: null,
    expected: null,
    actual: null,
    frequency: null,
    since: null,
    priority: null,
    severity: input.severity ?? null,
    team_id: null,
    assignee_id: null,
    product_id: null,
    component_id: null,
    release_version: null,
    environment: null,
    release_id: null,
    duplicate_of: null,
    duplicate_key: null,
    decline_reason: null,
    root_cause: null,
    workaround: null,
    behaviour_note: null,
    custom: custom.value,
    created_at: context.now,
    ...words.value,
    ...refs.value,
  })
  return done(
    { id: item.id, key: item.key, version: item.version },
    {
      events: [
        {
          kind: 'work-item.created',
          record: { kind: 'work item', id: item.id },
          data: { key: item.key, team: item.team_id },
        },
      ],
      changed: [{ kind: 'work item', id: item.id }],
    },
  )
}

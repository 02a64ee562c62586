import type { Voice } from '../../store/views/voices.ts'
import type { ListedWorkItem } from '../../store/views/work-item-list.ts'
import type { WorkItemView } from '../../store/views/work-item-view.ts'
import { asJson } from '../json.ts'
import { presentEscalation, writeMarkdown } from '../words.ts'

export const presentWorkItem = (view: WorkItemView) => {
  const { workItem: item, ...around } = view
  return asJson({
    ...around,
    tickets: around.tickets.map((ticket) => ({
      ...ticket,
      escalation: presentEscalation(ticket.escalation),
    })),
    id: item.id,
    key: item.key,
    revision: item.version,
    kind: item.kind,
    state: item.state,
    title: item.title,
    description: writeMarkdown(item.description),
    steps: item.steps,
    expected: item.expected,
    actual: item.actual,
    frequency: item.frequency,
    since: item.since,
    priority: item.priority,
    version: item.release_version,
    environment: item.environment,
    workaround: item.workaround,
    rootCause: item.root_cause,
    behaviourNote: item.behaviour_note,
    declineReason: item.decline_reason,
    duplicateKey: item.duplicate_key,
    custom: item.custom,
    expedite: item.expedite,
    snoozedUntil: item.snoozed_until,
    statusMovedAt: item.status_moved_at,
    createdAt: item.created_at,
    updatedAt: item.updated_at,
    doneAt: item.done_at,
  })
}

export const presentListedWorkItem = ({ version, ...row }: ListedWorkItem) =>
  asJson({ ...row, revision: version })

export const presentVoice = (voice: Voice) =>
  asJson({
    ...voice,
    description: writeMarkdown(voice.description),
    said: voice.said.map((words) => ({ ...words, text: writeMarkdown(words.text) })),
  })

import type {
  FakeAttachment,
  FakeIssue,
  FakeJournal,
  FakeNamed,
  FakeState,
  FakeUser,
  FakeVersion,
} from './state.ts'
import { may, nameOf } from './state.ts'

/** Records as Redmine's JSON: times to the second, names beside ids, absent members where it leaves them out. */

export const shownTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

const pick = (rows: readonly FakeNamed[], id: number | null): FakeNamed | undefined => {
  const found = rows.find((each) => each.id === id)
  return found === undefined ? undefined : { id: found.id, name: found.name }
}

const status = (state: FakeState, id: number) => {
  const found = state.statuses.find((each) => each.id === id)
  return found === undefined ? undefined : { id, name: found.name, is_closed: found.isClosed }
}

/** Words reachable in one step, the present one first. A reporter moves nothing. */
export const allowedStatuses = (
  state: FakeState,
  issue: Pick<FakeIssue, 'statusId'>,
  who: FakeUser,
): readonly number[] => {
  const present = state.statuses.find((each) => each.id === issue.statusId)
  if (!may(who, 'edit_issues')) return [issue.statusId]
  const words = who.isAdmin || state.workflow === null ? null : (state.workflow[present?.name ?? ''] ?? [])
  // As in Redmine's default workflow, only a manager rejects.
  const rejects = who.isAdmin || who.role?.name === 'Manager'
  const reachable = state.statuses.filter((each) =>
    words === null ? rejects || each.name !== 'Rejected' : words.includes(each.name),
  )
  return [...new Set([issue.statusId, ...reachable.map((each) => each.id)])]
}

/** A role without the right sees private notes of its own only. */
export const visibleJournals = (issue: FakeIssue, who: FakeUser): readonly FakeJournal[] =>
  issue.journals.filter((each) => !each.isPrivate || each.userId === who.id || may(who, 'view_private_notes'))

const shownJournal = (state: FakeState, journal: FakeJournal) => ({
  id: journal.id,
  user: nameOf(state, journal.userId),
  notes: journal.notes,
  created_on: shownTime(journal.atMs),
  private_notes: journal.isPrivate,
  details: journal.details,
})

const shownAttachment = (state: FakeState, attachment: FakeAttachment, base: string) => ({
  id: attachment.id,
  filename: attachment.filename,
  filesize: attachment.bytes.length,
  content_type: attachment.contentType,
  description: attachment.description,
  content_url: `${base}/attachments/download/${attachment.id}/${encodeURIComponent(attachment.filename)}`,
  author: nameOf(state, attachment.authorId),
  created_on: shownTime(attachment.atMs),
})

export const shownIssue = (state: FakeState, issue: FakeIssue) => ({
  id: issue.id,
  project: pick(state.projects, issue.projectId),
  tracker: pick(state.trackers, issue.trackerId),
  status: status(state, issue.statusId),
  priority: pick(state.priorities, issue.priorityId),
  author: nameOf(state, issue.authorId),
  assigned_to: issue.assignedToId === null ? undefined : nameOf(state, issue.assignedToId),
  category: pick(
    state.projects.flatMap((each) => each.categories),
    issue.categoryId,
  ),
  fixed_version: pick([...state.versions.values()], issue.versionId),
  subject: issue.subject,
  description: issue.description,
  due_date: issue.dueDate,
  custom_fields: state.customFields.map((each) => ({
    id: each.id,
    name: each.name,
    ...(each.multiple ? { multiple: true } : {}),
    value: issue.custom.get(each.id) ?? (each.multiple ? [] : null),
  })),
  created_on: shownTime(issue.createdMs),
  updated_on: shownTime(issue.updatedMs),
})

/** One issue with what `include` asks for. */
export const shownWhole = (
  state: FakeState,
  issue: FakeIssue,
  who: FakeUser,
  include: readonly string[],
  base: string,
) => {
  const relations = state.relations.filter((each) => each.fromId === issue.id || each.toId === issue.id)
  return {
    ...shownIssue(state, issue),
    ...(include.includes('attachments')
      ? { attachments: issue.attachments.map((each) => shownAttachment(state, each, base)) }
      : {}),
    ...(include.includes('relations') && relations.length > 0
      ? {
          relations: relations.map((each) => ({
            id: each.id,
            issue_id: each.fromId,
            issue_to_id: each.toId,
            relation_type: each.type,
            delay: null,
          })),
        }
      : {}),
    ...(include.includes('journals')
      ? { journals: visibleJournals(issue, who).map((each) => shownJournal(state, each)) }
      : {}),
    ...(include.includes('allowed_statuses')
      ? { allowed_statuses: allowedStatuses(state, issue, who).map((id) => status(state, id)) }
      : {}),
  }
}

export const shownVersion = (state: FakeState, version: FakeVersion) => ({
  id: version.id,
  project: pick(state.projects, version.projectId),
  name: version.name,
  description: version.description,
  status: version.status,
  due_date: version.dueDate,
  sharing: 'none',
  created_on: shownTime(version.createdMs),
  updated_on: shownTime(version.updatedMs),
})

import type { FakeAttachment, FakeComment, FakeHistory, FakeIssue, FakeState, FakeVersion } from './state.ts'
import { stepsFrom } from './writes.ts'

/** What a pretended Jira shows. */

export const timeOf = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000')

export const shownUser = (state: FakeState, id: unknown) => {
  const user = state.users.find((each) => each.id === id)
  if (user === undefined) return null
  const { displayName, email, name } = user
  return state.cloud
    ? {
        accountId: user.id,
        accountType: user.isCustomer ? 'customer' : 'atlassian',
        displayName,
        active: true,
        // people on Cloud hide their address by default
        ...(user.isCustomer ? {} : { emailAddress: email }),
      }
    : { key: user.id, name, displayName, emailAddress: email, active: true }
}

const named = (name: unknown) => (typeof name === 'string' ? { name, id: '10000' } : null)

export const shownStatus = (state: FakeState, name: string) => {
  const status = state.statuses.find((each) => each.name === name)
  return {
    id: String(status?.id ?? 1),
    name,
    self: `https://jira.invalid/status/${status?.id}`,
    statusCategory: { id: 2, key: status?.category ?? 'new', name: status?.category ?? 'new' },
  }
}

export const shownComment = (state: FakeState, comment: FakeComment, withProperties: boolean) => ({
  id: String(comment.id),
  author: shownUser(state, comment.authorId),
  updateAuthor: shownUser(state, comment.authorId),
  body: comment.body,
  created: timeOf(comment.createdMs),
  updated: timeOf(comment.updatedMs),
  ...(comment.visibility === null
    ? {}
    : { visibility: { ...comment.visibility, identifier: comment.visibility.value } }),
  ...(state.cloud ? { jsdPublic: !comment.isInternal } : {}),
  ...(withProperties && state.desk
    ? { properties: [{ key: 'sd.public.comment', value: { internal: comment.isInternal } }] }
    : {}),
})

export const shownAttachment = (state: FakeState, attachment: FakeAttachment, base: string) => ({
  id: String(attachment.id),
  filename: attachment.filename,
  author: shownUser(state, attachment.authorId),
  created: timeOf(attachment.createdMs),
  size: attachment.bytes.length,
  mimeType: attachment.mimeType,
  content: state.cloud
    ? `${base}/rest/api/3/attachment/content/${attachment.id}`
    : `${base}/secure/attachment/${attachment.id}/${encodeURIComponent(attachment.filename)}`,
})

export const shownVersion = (version: FakeVersion, projectId: number) => ({
  id: String(version.id),
  name: version.name,
  description: version.description,
  released: version.released,
  archived: version.archived,
  projectId,
  ...(version.releaseDate === null ? {} : { releaseDate: version.releaseDate }),
})

/** An agreed time of 8 hours from the start. */
const agreement = (issue: FakeIssue) => ({
  id: '1',
  name: 'Time to resolution',
  completedCycles: [],
  ongoingCycle: {
    breached: false,
    paused: false,
    breachTime: { iso8601: timeOf(issue.createdMs + 8 * 3_600_000) },
  },
})

const customValue = (state: FakeState, issue: FakeIssue, id: string): unknown => {
  const field = state.fields.find((each) => each.id === id)
  const value = issue.values.get(id) ?? null
  if (field?.schema.custom?.endsWith(':sd-sla-field')) return agreement(issue)
  if (field?.schema.items === 'sd-customerorganization') return [{ id: 1, name: 'Example Company' }]
  if (value === null) return null
  const option = (each: unknown) => ({ id: '1', value: each })
  if (field?.schema.type === 'option') return option(value)
  if (field?.schema.items === 'option' && Array.isArray(value))
    return value.length === 0 ? null : value.map(option)
  if (field?.schema.type === 'sd-customerrequesttype')
    return state.cloud ? { requestType: { id: '11', name: value } } : `desk/${value}`
  return value
}

const fieldsOf = (state: FakeState, issue: FakeIssue, base: string) => {
  const project = state.projects.find((each) => each.key === issue.projectKey)
  const list = (id: string): readonly unknown[] => {
    const value = issue.values.get(id)
    return Array.isArray(value) ? value : []
  }
  const custom = state.fields
    .filter((each) => each.custom)
    .map(({ id }) => [id, customValue(state, issue, id)])
  return {
    summary: issue.values.get('summary') ?? null,
    description: issue.values.get('description') ?? null,
    status: shownStatus(state, issue.status),
    issuetype: named(issue.values.get('issuetype')),
    project: { id: String(project?.id ?? 0), key: issue.projectKey, name: project?.name },
    priority: named(issue.values.get('priority')),
    resolution: named(issue.values.get('resolution')),
    assignee: shownUser(state, issue.values.get('assignee')),
    reporter: shownUser(state, issue.values.get('reporter')),
    creator: shownUser(state, issue.creatorId),
    components: list('components').map(named),
    fixVersions: list('fixVersions').map(named),
    labels: list('labels'),
    duedate: issue.values.get('duedate') ?? null,
    created: timeOf(issue.createdMs),
    updated: timeOf(issue.updatedMs),
    issuelinks: [],
    comment: {
      comments: issue.comments.map((each) => shownComment(state, each, false)),
      total: issue.comments.length,
      maxResults: issue.comments.length,
      startAt: 0,
    },
    attachment: issue.attachments.map((each) => shownAttachment(state, each, base)),
    ...Object.fromEntries(custom),
  }
}

const asked = (fields: Readonly<Record<string, unknown>>, names: readonly string[]) => {
  const out = new Set(names.filter((each) => each.startsWith('-')).map((each) => each.slice(1)))
  const all = names.some((each) => each === '*all' || each === '*navigable')
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => (all ? !out.has(name) : names.includes(name))),
  )
}

export const shownSteps = (state: FakeState, issue: FakeIssue, withFields: boolean) =>
  stepsFrom(state, issue).map(({ id, to, demands }) => ({
    id: String(id),
    name: `To ${to.name}`,
    hasScreen: demands.length > 0,
    isAvailable: true,
    to: shownStatus(state, to.name),
    ...(withFields
      ? {
          fields: Object.fromEntries(
            demands.map((field) => [
              field,
              {
                required: true,
                hasDefaultValue: false,
                name: state.fields.find((each) => each.id === field)?.name ?? field,
                key: field,
                operations: ['set'],
                schema: { type: field, system: field },
              },
            ]),
          ),
        }
      : {}),
  }))

const shownHistory = (state: FakeState, history: FakeHistory) => ({
  id: String(history.id),
  author: shownUser(state, history.authorId),
  created: timeOf(history.createdMs),
  items: history.items.map(({ fieldId, ...item }) => ({
    ...item,
    fieldtype: 'jira',
    // Data Center has names only
    ...(state.cloud ? { fieldId } : {}),
  })),
})

/** Cloud shows the newest hundred, newest first; Data Center everything, oldest first. */
const shownHistories = (state: FakeState, issue: FakeIssue) => {
  const all = issue.histories.map((each) => shownHistory(state, each))
  const histories = state.cloud ? all.toReversed().slice(0, 100) : all
  return { histories, startAt: 0, maxResults: histories.length, total: all.length }
}

export const shownIssue = (
  state: FakeState,
  issue: FakeIssue,
  base: string,
  more: {
    readonly fields: readonly string[]
    readonly expand: readonly string[]
    readonly properties: readonly string[]
  },
) => ({
  id: String(issue.id),
  key: `${issue.projectKey}-${issue.number}`,
  self: `${base}/rest/api/3/issue/${issue.id}`,
  fields: asked(fieldsOf(state, issue, base), more.fields),
  ...(more.properties.length === 0
    ? {}
    : {
        properties: Object.fromEntries(
          more.properties.flatMap((key) =>
            issue.properties.has(key) ? [[key, issue.properties.get(key)]] : [],
          ),
        ),
      }),
  ...(more.expand.some((each) => each.startsWith('transitions'))
    ? { transitions: shownSteps(state, issue, more.expand.includes('transitions.fields')) }
    : {}),
  ...(more.expand.includes('changelog') ? { changelog: shownHistories(state, issue) } : {}),
})

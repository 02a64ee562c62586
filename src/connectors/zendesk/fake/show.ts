import { plainOf } from './html.ts'
import type {
  FakeAttachment,
  FakeAudit,
  FakeComment,
  FakeState,
  FakeTicket,
  FakeUser,
  FakeWebhook,
} from './state.ts'

/** Things as Zendesk's answers show them. */

/** To the second, always in UTC. */
export const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export const showUser = (user: FakeUser) => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  active: true,
  suspended: false,
  ticket_restriction: null,
  only_private_comments: user.onlyPrivate,
  created_at: '2020-01-01T00:00:00Z',
})

/** Values come as texts, whatever kind the field is of. */
const shownValue = (value: unknown): unknown => (typeof value === 'number' ? String(value) : (value ?? null))

export const showTicket = (state: FakeState, ticket: FakeTicket, base: string) => ({
  url: `${base}/api/v2/tickets/${ticket.id}.json`,
  id: ticket.id,
  external_id: ticket.externalId,
  via: { channel: 'api', source: { from: {}, to: {}, rel: null } },
  created_at: timeOf(ticket.createdMs),
  updated_at: timeOf(ticket.updatedMs),
  generated_timestamp: Math.floor(ticket.updatedMs / 1000),
  type: ticket.type,
  subject: ticket.subject,
  raw_subject: ticket.subject,
  description: plainOf(ticket.comments[0]?.html ?? ''),
  priority: ticket.priority,
  status: ticket.isDeleted ? 'deleted' : ticket.status,
  recipient: null,
  requester_id: ticket.requesterId,
  submitter_id: ticket.submitterId,
  assignee_id: ticket.assigneeId,
  organization_id: ticket.organizationId,
  group_id: ticket.groupId,
  collaborator_ids: [],
  follower_ids: [],
  email_cc_ids: [],
  problem_id: ticket.problemId,
  has_incidents: false,
  is_public: ticket.comments.some((comment) => comment.isPublic),
  due_at: ticket.dueAt,
  tags: [...ticket.tags].sort(),
  custom_fields: state.fields
    .filter(({ id }) => id > 600_100)
    .map(({ id, type }) => ({
      id,
      value: type === 'checkbox' ? ticket.values.get(id) === true : shownValue(ticket.values.get(id)),
    })),
  ticket_form_id: ticket.formId,
  brand_id: ticket.brandId,
  custom_status_id: ticket.customStatusId,
  allow_channelback: false,
  allow_attachments: true,
  from_messaging_channel: false,
})

export const showAttachment = (attachment: FakeAttachment, base: string) => ({
  url: `${base}/api/v2/attachments/${attachment.id}.json`,
  id: attachment.id,
  file_name: attachment.name,
  content_url: `${base}/attachments/token/t${attachment.id}/?name=${encodeURIComponent(attachment.name)}`,
  content_type: attachment.mediaType,
  size: attachment.bytes.length,
  inline: false,
  deleted: false,
  malware_access_override: false,
  malware_scan_result: attachment.malware ? 'malware_found' : 'malware_not_found',
  thumbnails: [],
})

export const showComment = (comment: FakeComment, base: string) => ({
  id: comment.id,
  type: 'Comment',
  author_id: comment.authorId,
  body: plainOf(comment.html),
  html_body: comment.html,
  plain_body: plainOf(comment.html),
  public: comment.isPublic,
  attachments: comment.attachments.map((each) => showAttachment(each, base)),
  via: { channel: 'api', source: { from: {}, to: {}, rel: null } },
  created_at: timeOf(comment.atMs),
  metadata: { system: {}, custom: {} },
})

export const showAudit = (ticket: FakeTicket, audit: FakeAudit, base: string) => ({
  id: audit.id,
  ticket_id: ticket.id,
  created_at: timeOf(audit.atMs),
  author_id: audit.authorId,
  metadata: { system: {}, custom: {} },
  via: { channel: 'api', source: { from: {}, to: {}, rel: null } },
  events: [
    ...(audit.comment === null ? [] : [{ ...showComment(audit.comment, base), audit_id: audit.id }]),
    ...audit.changes.map((change, index) => ({ id: audit.id * 100 + index, ...change })),
  ],
})

export const showWebhook = (hook: FakeWebhook) => ({
  id: hook.id,
  name: hook.name,
  status: hook.status,
  endpoint: hook.endpoint,
  http_method: 'POST',
  request_format: 'json',
  subscriptions: hook.subscriptions,
  created_at: '2026-01-01T00:00:00Z',
  created_by: '900001',
})

export const showFields = (state: FakeState) =>
  state.fields.map((field) => ({
    id: field.id,
    type: field.type,
    title: field.title,
    active: true,
    required: field.required,
    removable: field.id > 600_100,
    tag: field.tag,
    ...(field.options.length > 0
      ? { custom_field_options: field.options.map((each, at) => ({ id: field.id * 10 + at, ...each })) }
      : {}),
  }))

export const showStatuses = (state: FakeState) =>
  state.statuses.map(({ id, category, label }) => ({
    id,
    status_category: category,
    agent_label: label,
    end_user_label: label,
    active: true,
    default: label !== 'In review',
  }))

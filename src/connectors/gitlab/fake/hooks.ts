import { createHmac, randomUUID } from 'node:crypto'
import { signingKey } from '../signing.ts'
import { shownUser } from './show.ts'
import { type FakeIssue, type FakeState, userOf } from './state.ts'

/** Webhooks as GitLab sends them: with the secret token as it is, or signed in the way of Standard Webhooks. */

export interface SentHook {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export const hookHeaders = (
  bytes: Uint8Array,
  secret: string,
  nowMs: number,
  id: string = randomUUID(),
): Readonly<Record<string, string>> => {
  const shared = {
    'content-type': 'application/json',
    'user-agent': 'GitLab/18.5.0',
    'x-gitlab-event': 'Issue Hook',
    'x-gitlab-event-uuid': '9cebe914-4827-408f-b014-cfa23a47a35f',
    'idempotency-key': id,
  }
  const key = signingKey(secret)
  if (key === null) return { ...shared, 'x-gitlab-token': secret }
  const at = String(Math.floor(nowMs / 1000))
  const signature = createHmac('sha256', key).update(`${id}.${at}.`).update(bytes).digest('base64')
  return {
    ...shared,
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': `v1,${signature}`,
  }
}

export const issueHook = (state: FakeState, base: string, issue: FakeIssue): Uint8Array => {
  const project = state.projects.find((each) => each.id === issue.projectId)
  const body = {
    object_kind: 'issue',
    event_type: issue.confidential ? 'confidential_issue' : 'issue',
    user: shownUser(base, userOf(state, issue.authorId)),
    project: { id: issue.projectId, name: project?.name, path_with_namespace: project?.path },
    object_attributes: {
      id: issue.id,
      iid: issue.iid,
      project_id: issue.projectId,
      title: issue.title,
      description: issue.description,
      state: issue.state,
      type: 'Issue',
      action: 'update',
    },
  }
  return Buffer.from(JSON.stringify(body))
}

import { createHmac } from 'node:crypto'
import type { FakeHook, FakeIssue, FakeState } from './state.ts'
import type { Params } from './writes.ts'

/** Webhooks of a pretended Jira: an administrator's, which stay, and an app's, which expire after thirty days. */

export const APP_HOOK_LIVES_MS = 30 * 24 * 3_600_000

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

export const addHook = (state: FakeState, by: FakeHook['by'], params: Params, nowMs: number): FakeHook => {
  state.last.element += 1
  const filters = params['filters']
  const jql =
    by === 'app'
      ? params['jqlFilter']
      : filters !== null && typeof filters === 'object' && 'issue-related-events-section' in filters
        ? filters['issue-related-events-section']
        : ''
  const hook: FakeHook = {
    id: state.last.element,
    by,
    url: String(params['url'] ?? ''),
    events: textsIn(params['events']),
    jql: String(jql),
    secret: String(params['secret'] ?? ''),
    enabled: true,
    expiresMs: by === 'app' ? nowMs + APP_HOOK_LIVES_MS : Number.MAX_SAFE_INTEGER,
  }
  state.hooks.push(hook)
  return hook
}

export const shownAdminHook = (hook: FakeHook, base: string) => ({
  self: `${base}/rest/webhooks/1.0/webhook/${hook.id}`,
  name: 'Causeway',
  url: hook.url,
  events: hook.events,
  enabled: hook.enabled,
  filters: { 'issue-related-events-section': hook.jql },
})

export const shownAppHook = ({ id, url, events, jql, expiresMs }: FakeHook) => ({
  id,
  url,
  events,
  jqlFilter: jql,
  expirationDate: expiresMs,
})

/** What Jira posts about an issue, signed as an administrator's webhook is. */
export const delivery = (issue: FakeIssue, secret: string, nowMs: number) => {
  const body = {
    timestamp: nowMs,
    webhookEvent: 'jira:issue_updated',
    issue_event_type_name: 'issue_generic',
    user: { accountId: 'account-of-dora', displayName: 'Dora Example' },
    issue: {
      id: String(issue.id),
      key: `${issue.projectKey}-${issue.number}`,
      fields: { summary: issue.values.get('summary') },
    },
  }
  const bytes = Buffer.from(JSON.stringify(body))
  return { bytes, headers: signed(bytes, secret, `${issue.id}-${nowMs}`) }
}

export const signed = (bytes: Uint8Array, secret: string, id: string) => ({
  'content-type': 'application/json',
  'x-atlassian-webhook-identifier': id,
  'x-hub-signature': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
})

/** What an OAuth app's webhook carries: a token signed with the client secret. */
export const appToken = (clientSecret: string, untilS: number): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ iss: 'jira', exp: untilS })}`
  return `Bearer ${text}.${createHmac('sha256', clientSecret).update(text).digest('base64url')}`
}

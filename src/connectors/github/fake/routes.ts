import { answerGraphql } from './graphql.ts'
import { type HookCall, hookCall } from './hook-routes.ts'
import type { FakeHooks } from './hooks.ts'
import { listedIssues, paged, pageOf } from './lists.ts'
import {
  apiPath,
  type Origins,
  shownAccount,
  shownComment,
  shownIssue,
  shownLabel,
  shownMilestone,
  shownRelease,
  shownUser,
} from './show.ts'
import { shownRepository } from './show-repository.ts'
import type { FakeIssue, FakeRepository, FakeState } from './state.ts'
import { addComment, apply, type Given, newIssue, type Refusal, refusals } from './write.ts'

/** What a pretended GitHub answers to one call. */

export interface FakeRequest {
  readonly method: string
  /** Below `/api/v3`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly accept: string
  readonly body: unknown
}

export type Write =
  | 'issue'
  | 'issue update'
  | 'comment'
  | 'comment edit'
  | 'comment delete'
  | 'milestone update'
  | 'release update'
  | 'hook'
  | 'project'

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly wrote?: Write
}

export interface FakeCall extends HookCall {
  readonly state: FakeState
  readonly request: FakeRequest
  readonly origins: Origins
  readonly hooks: FakeHooks
  readonly nowMs: number
}

const said = (status: number, message: string): FakeAnswer => ({
  status,
  json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
})
const NOT_FOUND = said(404, 'Not Found')

const unprocessable = (errors: readonly Refusal[]): FakeAnswer => ({
  status: 422,
  json: {
    message: 'Validation Failed',
    errors: errors.map((each) => ({ resource: 'Issue', ...each })),
    documentation_url: 'https://docs.github.com/rest',
    status: '422',
  },
})

const givenOf = (body: unknown): Given =>
  body !== null && typeof body === 'object' && !Array.isArray(body) ? { ...body } : {}

/** A new name is answered with the number's address, which nobody documents and everybody is sent to. */
const redirect = (call: FakeCall, path: string): FakeAnswer => ({
  ...said(call.request.method === 'GET' ? 301 : 307, 'Moved Permanently'),
  headers: { location: `${call.origins.api}${path}` },
})

const changeIssue = (call: FakeCall, at: FakeRepository, issue: FakeIssue): FakeAnswer => {
  const { state, request, origins, hooks, nowMs } = call
  const given = givenOf(request.body)
  const wrong = refusals(state, at, given)
  if (wrong.length > 0) return unprocessable(wrong)
  apply(state, at, issue, given, state.accountId, nowMs, state.mayPush)
  hooks.ring(at, 'issues', 'edited', { issue: { id: issue.id, number: issue.number } })
  return { status: 200, json: shownIssue(state, at, issue, origins), wrote: 'issue update' }
}

const createIssue = (call: FakeCall, at: FakeRepository): FakeAnswer => {
  const { state, request, origins, hooks, nowMs } = call
  if (at.isArchived) return said(403, 'Repository was archived so is read-only.')
  const given = givenOf(request.body)
  const wrong = refusals(state, at, { title: '', ...given })
  if (wrong.length > 0) return unprocessable(wrong)
  const issue = newIssue(state, at, given, state.accountId, nowMs, { isTrusted: state.mayPush })
  hooks.ring(at, 'issues', 'opened', { issue: { id: issue.id, number: issue.number } })
  return { status: 201, json: shownIssue(state, at, issue, origins), wrote: 'issue' }
}

const commentsCall = (call: FakeCall, at: FakeRepository, issue: FakeIssue): FakeAnswer => {
  const { state, request, origins, hooks, nowMs } = call
  const shown = issue.comments.map((each) => shownComment(state, at, issue, each, origins))
  if (request.method === 'GET') return paged(shown, request.query)
  if (issue.isLocked) return said(403, 'Unable to create comment because issue is locked.')
  const { body } = givenOf(request.body)
  if (typeof body !== 'string' || body.trim() === '')
    return unprocessable([{ field: 'body', code: 'missing_field' }])
  const id = addComment(state, issue, body, state.accountId, nowMs)
  const made = issue.comments.find((each) => each.id === id)
  hooks.ring(at, 'issue_comment', 'created', { issue: { id: issue.id, number: issue.number } })
  if (made === undefined) return NOT_FOUND
  return { status: 201, json: shownComment(state, at, issue, made, origins), wrote: 'comment' }
}

const commentCall = (call: FakeCall, at: FakeRepository, id: number): FakeAnswer => {
  const { state, request, origins, nowMs } = call
  const issue = [...at.issues.values()].find((each) => each.comments.some((one) => one.id === id))
  const comment = issue?.comments.find((each) => each.id === id)
  if (issue === undefined || comment === undefined) return NOT_FOUND
  if (request.method === 'DELETE') {
    issue.comments = issue.comments.filter((each) => each.id !== id)
    return { status: 204, wrote: 'comment delete' }
  }
  if (request.method === 'PATCH') {
    // The issue's own time stays: nobody finds an edited comment in a list of what changed.
    comment.body = String(givenOf(request.body)['body'] ?? '')
    comment.updatedMs = nowMs
    return { status: 200, json: shownComment(state, at, issue, comment, origins), wrote: 'comment edit' }
  }
  return { status: 200, json: shownComment(state, at, issue, comment, origins) }
}

const issueCall = (
  call: FakeCall,
  at: FakeRepository,
  number: number,
  more: readonly string[],
): FakeAnswer => {
  const { state, request, origins } = call
  const moved = at.moved.get(number)
  if (moved !== undefined)
    // Only the issue itself is redirected, not what hangs on it.
    return more.length > 0
      ? NOT_FOUND
      : redirect(call, `/repositories/${moved.repositoryId}/issues/${moved.number}`)
  if (at.deleted.has(number)) return said(410, 'This issue was deleted')
  const issue = at.issues.get(number)
  if (issue === undefined) return NOT_FOUND
  if (more[0] === 'comments') return commentsCall(call, at, issue)
  if (request.method === 'PATCH') return changeIssue(call, at, issue)
  return { status: 200, json: shownIssue(state, at, issue, origins) }
}

const changeRelease = (call: FakeCall, at: FakeRepository, kind: string, number: number): FakeAnswer => {
  const { state, request, origins, nowMs } = call
  const given = givenOf(request.body)
  if (kind === 'milestones') {
    const found = at.milestones.find((each) => each.number === number)
    if (found === undefined) return NOT_FOUND
    if (request.method === 'PATCH') {
      if (typeof given['title'] === 'string') found.title = given['title']
      if (typeof given['description'] === 'string') found.description = given['description']
      if (given['state'] === 'open' || given['state'] === 'closed') found.state = given['state']
      if ('due_on' in given) found.dueOn = given['due_on'] === null ? null : String(given['due_on'])
      found.updatedMs = nowMs
    }
    const wrote = request.method === 'PATCH' ? ({ wrote: 'milestone update' } as const) : {}
    return { status: 200, json: shownMilestone(state, at, found, origins), ...wrote }
  }
  const found = at.releases.find((each) => each.id === number)
  if (found === undefined) return NOT_FOUND
  if (request.method === 'PATCH') {
    if (typeof given['name'] === 'string') found.name = given['name']
    if (typeof given['body'] === 'string') found.body = given['body']
    found.updatedMs = nowMs
  }
  const wrote = request.method === 'PATCH' ? ({ wrote: 'release update' } as const) : {}
  return { status: 200, json: shownRelease(state, at, found, origins), ...wrote }
}

const lists = (call: FakeCall, at: FakeRepository, noun: string): FakeAnswer | null => {
  const { state, request, origins } = call
  switch (noun) {
    case 'labels':
      return paged(
        at.labels.map((name, index) => shownLabel(name, index, apiPath(at, origins))),
        request.query,
      )
    case 'milestones':
      return paged(
        at.milestones.map((each) => shownMilestone(state, at, each, origins)),
        request.query,
      )
    case 'releases':
      return paged(
        at.releases.map((each) => shownRelease(state, at, each, origins)),
        request.query,
      )
    case 'assignees':
      return paged(
        state.users.map((each) => shownUser(each, origins)),
        request.query,
      )
    case 'issues':
      if (request.method === 'POST') return createIssue(call, at)
      return {
        status: 200,
        json: pageOf(listedIssues(at, request.query), request.query).map((each) =>
          shownIssue(state, at, each, origins),
        ),
      }
    default:
      return null
  }
}

const inRepository = (call: FakeCall, at: FakeRepository, rest: readonly string[]): FakeAnswer => {
  const [noun, key, ...more] = rest
  if (noun === undefined) return { status: 200, json: shownRepository(call.state, at, call.origins) }
  if (noun === 'hooks') return hookCall(call, at, rest.slice(1))
  if (key === undefined) return lists(call, at, noun) ?? NOT_FOUND
  if (noun === 'issues' && key === 'comments') return commentCall(call, at, Number(more[0]))
  if (noun === 'issues') return issueCall(call, at, Number(key), more)
  if (noun === 'milestones' || noun === 'releases') return changeRelease(call, at, noun, Number(key))
  return NOT_FOUND
}

const graphql = ({ state, request, nowMs }: FakeCall): FakeAnswer => {
  const { body, wrote } = answerGraphql(state, request.body, nowMs)
  const headers = { date: new Date(nowMs).toUTCString(), 'x-oauth-scopes': state.scopes }
  return { status: 200, json: body, headers, ...(wrote ? { wrote: 'project' } : {}) }
}

export const answer = (call: FakeCall): FakeAnswer => {
  const { state, request, origins } = call
  const [first = '', second = '', third = '', ...rest] = request.path.split('/').slice(1)
  if (first === 'user') {
    const account = state.users.find((each) => each.id === state.accountId)
    return account === undefined ? NOT_FOUND : { status: 200, json: shownAccount(account, origins) }
  }
  if (first === 'graphql') return state.hasGraphql ? graphql(call) : NOT_FOUND
  if (first === 'orgs')
    return {
      status: 200,
      json: state.types.map((name, index) => ({
        id: index + 1,
        node_id: `IT_${name}`,
        name,
        description: null,
      })),
    }
  if (first === 'repositories') {
    const at = state.repositories.find((each) => String(each.id) === second && !each.isHidden)
    return at === undefined
      ? NOT_FOUND
      : inRepository(
          call,
          at,
          [third, ...rest].filter((each) => each !== ''),
        )
  }
  if (first !== 'repos') return NOT_FOUND
  const named = (name: string) => (each: FakeRepository) =>
    each.owner.toLowerCase() === second.toLowerCase() && name.toLowerCase() === third.toLowerCase()
  const at = state.repositories.find((each) => !each.isHidden && named(each.name)(each))
  if (at !== undefined) return inRepository(call, at, rest)
  const renamed = state.repositories.find(
    (each) => !each.isHidden && each.oldNames.some((name) => named(name)(each)),
  )
  if (renamed === undefined) return NOT_FOUND
  return redirect(call, ['', 'repositories', String(renamed.id), ...rest].join('/'))
}

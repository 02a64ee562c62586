import { answerAboutProjects } from './project-answers.ts'
import { seconds } from './show.ts'
import type { FakeState } from './state.ts'

/** The questions that the connector asks GraphQL, and nothing else. */

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export interface GraphqlGiven {
  readonly body: unknown
  /** Something changed. */
  readonly wrote: boolean
}

export const answerGraphql = (state: FakeState, body: unknown, nowMs: number): GraphqlGiven => {
  const { query, variables } = isMembers(body) ? body : {}
  const aboutProjects =
    typeof query === 'string' && isMembers(variables)
      ? answerAboutProjects(state, query, variables, nowMs)
      : null
  return aboutProjects ?? { body: answerOthers(state, query, variables), wrote: false }
}

const answerOthers = (state: FakeState, query: unknown, variables: unknown): unknown => {
  const loginOf = (id: number): string => state.users.find((each) => each.id === id)?.login ?? 'ghost'
  if (typeof query === 'string' && query.startsWith('query Viewer'))
    return { data: { viewer: { login: loginOf(state.accountId), databaseId: state.accountId } } }
  if (typeof query !== 'string' || !query.startsWith('query History') || !isMembers(variables))
    return { errors: [{ type: 'undefinedField', message: 'this fake knows a few questions' }] }
  const { owner, name, number, since } = variables
  const at = state.repositories.find((each) => each.owner === owner && each.name === name)
  const issue = at?.issues.get(Number(number))
  if (at === undefined || issue === undefined)
    return { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve' }] }
  const from = Date.parse(String(since))
  const nodes = issue.events
    .filter((each) => Math.floor(each.atMs / 1000) * 1000 >= from)
    .slice(-100)
    .map(({ type, atMs, actorId, more }) => ({
      __typename: type,
      createdAt: seconds(atMs),
      actor: { login: loginOf(actorId) },
      ...more,
    }))
  const edits = issue.edits
    .toReversed()
    .slice(0, 20)
    .map(({ atMs, editorId, text }) => ({
      editedAt: seconds(atMs),
      editor: { login: loginOf(editorId) },
      diff: text,
    }))
  return { data: { repository: { issue: { timelineItems: { nodes }, userContentEdits: { nodes: edits } } } } }
}

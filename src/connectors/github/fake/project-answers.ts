import {
  addItem,
  type FakeField,
  type FakeItem,
  type FakeProject,
  type FakeValue,
  setValue,
} from './projects.ts'
import { seconds } from './show.ts'
import type { FakeIssue, FakeRepository, FakeState } from './state.ts'

/** What a pretended GitHub's GraphQL says of projects, to the questions that the connector asks. */

type Members = Readonly<Record<string, unknown>>

export interface ProjectAnswer {
  readonly body: unknown
  readonly wrote: boolean
}

const MAX_ITEMS = 100
const MAX_PROJECTS_OF_ISSUE = 10

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const membersOf = (value: unknown): Members => (isMembers(value) ? value : {})

const said = (data: unknown, errors: readonly unknown[] = []): ProjectAnswer => ({
  body: { data, ...(errors.length === 0 ? {} : { errors }) },
  wrote: false,
})

const refused = (type: string, message: string, path: readonly string[]) => ({ type, message, path })
const NOT_FOUND = 'Could not resolve to a node with the global id given.'

interface Placed {
  readonly at: FakeRepository
  readonly issue: FakeIssue
}

const issuesOf = (state: FakeState): readonly Placed[] =>
  state.repositories.flatMap((at) => [...at.issues.values()].map((issue) => ({ at, issue })))

const visible = (state: FakeState): readonly FakeProject[] => state.projects.filter((each) => !each.isHidden)

// ---- reading ----------------------------------------------------------------------------------------------

const shownField = ({ id, name, type, options, over }: FakeField): unknown => {
  const titled = (all: FakeField['options']) => all.map((each) => ({ id: each.id, title: each.name }))
  if (type === 'SINGLE_SELECT') return { __typename: 'ProjectV2SingleSelectField', id, name, options }
  if (type === 'ITERATION') {
    const configuration = { iterations: titled(options), completedIterations: titled(over) }
    return { __typename: 'ProjectV2IterationField', id, name, configuration }
  }
  return { __typename: 'ProjectV2Field', id, name, dataType: type }
}

const project = (state: FakeState, { owner, number }: Members): ProjectAnswer => {
  if (!/project/.test(state.scopes))
    return {
      body: {
        errors: [
          {
            type: 'INSUFFICIENT_SCOPES',
            message:
              "Your token has not been granted the required scopes to execute this query. The 'projectV2' field requires one of the following scopes: ['read:project'].",
          },
        ],
      },
      wrote: false,
    }
  const found = visible(state).find((each) => each.owner === owner && each.number === number)
  if (found === undefined) {
    const message = `Could not resolve to a ProjectV2 with the number ${String(number)}.`
    return said({ repositoryOwner: { __typename: 'Organization', projectV2: null } }, [
      refused('NOT_FOUND', message, ['repositoryOwner', 'projectV2']),
    ])
  }
  const projectV2 = {
    id: found.id,
    viewerCanUpdate: found.mayWrite,
    fields: { nodes: found.fields.map(shownField) },
  }
  return said({ repositoryOwner: { __typename: 'Organization', projectV2 } })
}

const shownValue = (at: FakeProject, fieldId: string, value: FakeValue): unknown => {
  const field = at.fields.find((each) => each.id === fieldId)
  const option = [...(field?.options ?? []), ...(field?.over ?? [])].find((each) => each.id === value)
  const of = { field: { id: fieldId } }
  switch (field?.type) {
    case 'NUMBER':
      return { __typename: 'ProjectV2ItemFieldNumberValue', number: value, ...of }
    case 'DATE':
      return { __typename: 'ProjectV2ItemFieldDateValue', date: value, ...of }
    case 'SINGLE_SELECT':
      return { __typename: 'ProjectV2ItemFieldSingleSelectValue', name: option?.name ?? null, ...of }
    case 'ITERATION':
      return { __typename: 'ProjectV2ItemFieldIterationValue', title: option?.name ?? '', ...of }
    default:
      return { __typename: 'ProjectV2ItemFieldTextValue', text: String(value), ...of }
  }
}

const shownItem = (at: FakeProject, item: FakeItem, title: string): unknown => ({
  id: item.id,
  project: { id: at.id },
  fieldValues: {
    nodes: [
      // Values of kinds that are the issue's own come too.
      { __typename: 'ProjectV2ItemFieldRepositoryValue' },
      ...at.fields.flatMap((field) => (field.type === 'TITLE' ? [shownValue(at, field.id, title)] : [])),
      ...[...item.values].map(([fieldId, value]) => shownValue(at, fieldId, value)),
    ],
  },
})

const values = (state: FakeState, { ids }: Members): ProjectAnswer => {
  const wanted = Array.isArray(ids) ? ids.map(String) : []
  const all = issuesOf(state)
  const nodes = wanted.map((id) => {
    const issue = all.find((each) => `I_${each.issue.id}` === id)?.issue
    if (issue === undefined) return null
    const items = visible(state).flatMap((at) =>
      at.items.filter((each) => each.issueId === issue.id).map((each) => shownItem(at, each, issue.title)),
    )
    const projectItems = {
      pageInfo: { hasNextPage: items.length > MAX_PROJECTS_OF_ISSUE },
      nodes: items.slice(0, MAX_PROJECTS_OF_ISSUE),
    }
    return { __typename: 'Issue', projectItems }
  })
  const missing = nodes.flatMap((each, index) =>
    each === null ? [{ type: 'NOT_FOUND', message: NOT_FOUND, path: ['nodes', index] }] : [],
  )
  return said({ nodes }, missing)
}

const items = (state: FakeState, { project: id, after }: Members): ProjectAnswer => {
  const at = visible(state).find((each) => each.id === id)
  if (at === undefined) return said({ node: null }, [refused('NOT_FOUND', NOT_FOUND, ['node'])])
  const from = after === null ? 0 : Number(after)
  if (Number.isNaN(from)) {
    const message = `\`${String(after)}\` does not appear to be a valid cursor.`
    return said({ node: null }, [refused('INVALID_CURSOR_ARGUMENTS', message, ['node', 'items'])])
  }
  const all = issuesOf(state)
  const nodes = at.items.slice(from, from + MAX_ITEMS).map((item) => {
    const placed = all.find((each) => each.issue.id === item.issueId)
    const content =
      placed === undefined
        ? null
        : placed.issue.isPull
          ? { __typename: 'PullRequest' }
          : {
              __typename: 'Issue',
              number: placed.issue.number,
              repository: { databaseId: placed.at.id },
            }
    return { updatedAt: seconds(item.updatedMs), content }
  })
  const end = from + nodes.length
  const pageInfo = { hasNextPage: end < at.items.length, endCursor: nodes.length === 0 ? null : String(end) }
  return said({ node: { __typename: 'ProjectV2', items: { pageInfo, nodes } } })
}

// ---- writing ----------------------------------------------------------------------------------------------

const add = (state: FakeState, variables: Members, nowMs: number): ProjectAnswer => {
  const { projectId, contentId } = membersOf(variables['input'])
  const at = visible(state).find((each) => each.id === projectId)
  const issue = issuesOf(state).find((each) => `I_${each.issue.id}` === contentId)?.issue
  const path = ['addProjectV2ItemById']
  if (at === undefined || issue === undefined)
    return said({ addProjectV2ItemById: null }, [refused('NOT_FOUND', NOT_FOUND, path)])
  const before = at.items.length
  const item = addItem(at, issue.id, nowMs)
  const { body } = said({ addProjectV2ItemById: { item: { id: item.id } } })
  return { body, wrote: at.items.length > before }
}

const MEMBERS: Readonly<Record<string, string>> = {
  TEXT: 'text',
  NUMBER: 'number',
  DATE: 'date',
  SINGLE_SELECT: 'singleSelectOptionId',
  ITERATION: 'iterationId',
}

const isValue = (value: unknown): value is FakeValue => typeof value === 'string' || typeof value === 'number'

/** null: done. */
const setOne = (state: FakeState, input: Members, nowMs: number): ReturnType<typeof refused> | null => {
  const at = visible(state).find((each) => each.id === input['projectId'])
  const item = at?.items.find((each) => each.id === input['itemId'])
  const field = at?.fields.find((each) => each.id === input['fieldId'])
  if (at === undefined || item === undefined || field === undefined)
    return refused('NOT_FOUND', NOT_FOUND, [])
  if (!at.mayWrite || !/(?:^|, )project/.test(state.scopes))
    return refused('INSUFFICIENT_SCOPES', 'Your token has not been granted the required scopes', [])
  if (input['value'] === undefined) {
    setValue(item, field.id, null, nowMs)
    return null
  }
  const value = membersOf(input['value'])[MEMBERS[field.type] ?? '']
  const isOption = field.type === 'SINGLE_SELECT' || field.type === 'ITERATION'
  const isKnown = !isOption || [...field.options, ...field.over].some((each) => each.id === value)
  if (!isValue(value) || !isKnown)
    return refused('UNPROCESSABLE', `The value does not fit the field ${field.name}`, [])
  setValue(item, field.id, value, nowMs)
  return null
}

const setAll = (state: FakeState, variables: Members, nowMs: number): ProjectAnswer => {
  const data: Record<string, unknown> = {}
  const errors: unknown[] = []
  for (const [name, input] of Object.entries(variables)) {
    const wrong = setOne(state, membersOf(input), nowMs)
    data[name] = wrong === null ? { projectV2Item: { id: membersOf(input)['itemId'] } } : null
    if (wrong !== null) errors.push({ ...wrong, path: [name] })
  }
  return { ...said(data, errors), wrote: errors.length < Object.keys(variables).length }
}

/** null: not about projects. */
export const answerAboutProjects = (
  state: FakeState,
  query: string,
  variables: Members,
  nowMs: number,
): ProjectAnswer | null => {
  if (query.startsWith('query Project(')) return project(state, variables)
  if (query.startsWith('query ProjectValues')) return values(state, variables)
  if (query.startsWith('query ProjectItems')) return items(state, variables)
  if (query.startsWith('mutation AddToProject')) return add(state, variables, nowMs)
  if (query.startsWith('mutation SetFields')) return setAll(state, variables, nowMs)
  return null
}

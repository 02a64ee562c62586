import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** What GraphQL is asked about projects, and the shapes of its answers. REST would be a call for each issue and project. */

export const PROJECT_QUERY = `query Project($owner: String!, $number: Int!) {
  repositoryOwner(login: $owner) {
    __typename
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        id
        viewerCanUpdate
        fields(first: 100) {
          nodes {
            __typename
            ... on ProjectV2Field { id name dataType }
            ... on ProjectV2SingleSelectField { id name options { id name } }
            ... on ProjectV2IterationField {
              id
              name
              configuration { iterations { id title } completedIterations { id title } }
            }
          }
        }
      }
    }
  }
}`

/** A hundred issues in ten projects each: eleven points of GitHub's budget. */
export const VALUES_QUERY = `query ProjectValues($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      projectItems(first: 10) {
        pageInfo { hasNextPage }
        nodes {
          id
          project { id }
          fieldValues(first: 100) {
            nodes {
              __typename
              ... on ProjectV2ItemFieldTextValue { text field { ...Named } }
              ... on ProjectV2ItemFieldNumberValue { number field { ...Named } }
              ... on ProjectV2ItemFieldDateValue { date field { ...Named } }
              ... on ProjectV2ItemFieldSingleSelectValue { name field { ...Named } }
              ... on ProjectV2ItemFieldIterationValue { title field { ...Named } }
            }
          }
        }
      }
    }
  }
}
fragment Named on ProjectV2FieldConfiguration {
  ... on ProjectV2FieldCommon { id }
}`

/** In the order people dragged them to: GitHub offers no other, and no filter by time. */
export const ITEMS_QUERY = `query ProjectItems($project: ID!, $after: String) {
  node(id: $project) {
    __typename
    ... on ProjectV2 {
      items(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          updatedAt
          content {
            __typename
            ... on Issue { number repository { databaseId } }
          }
        }
      }
    }
  }
}`

/** Answers the item that is there, where the issue is in the project already. */
export const ADD_MUTATION = `mutation AddToProject($input: AddProjectV2ItemByIdInput!) {
  addProjectV2ItemById(input: $input) {
    item { id }
  }
}`

/** One change of each kind given, `f0`, `f1` …: GitHub does them one after the other. */
export const setMutation = (kinds: readonly ('update' | 'clear')[]): string => {
  const input = { update: 'UpdateProjectV2ItemFieldValueInput', clear: 'ClearProjectV2ItemFieldValueInput' }
  const variables = kinds.map((kind, index) => `$f${index}: ${input[kind]}!`)
  const changes = kinds.map(
    (kind, index) =>
      `  f${index}: ${kind}ProjectV2ItemFieldValue(input: $f${index}) { projectV2Item { id } }`,
  )
  return `mutation SetFields(${variables.join(', ')}) {\n${changes.join('\n')}\n}`
}

// ---- answers ----------------------------------------------------------------------------------------------

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ minLength: 1, maxLength: 200 })
const Nodes = <T extends TSchema>(schema: T) =>
  Type.Object({ nodes: Nullable(Type.Array(Nullable(schema), { maxItems: 200 })) })

const Iterations = Type.Array(Type.Object({ id: Id, title: Type.String() }))
const Field = Type.Object({
  __typename: Type.String(),
  id: Type.Optional(Id),
  name: Type.Optional(Type.String()),
  dataType: Type.Optional(Type.String()),
  options: Type.Optional(Type.Array(Type.Object({ id: Id, name: Type.String() }))),
  configuration: Type.Optional(Type.Object({ iterations: Iterations, completedIterations: Iterations })),
})
export type WireProjectField = Static<typeof Field>

const Project = Type.Object({
  id: Id,
  viewerCanUpdate: Type.Boolean(),
  fields: Nodes(Field),
})
export type WireProject = Static<typeof Project>

const Value = Type.Object({
  __typename: Type.String(),
  field: Type.Optional(Type.Object({ id: Type.Optional(Id) })),
  text: Type.Optional(Nullable(Type.String())),
  number: Type.Optional(Nullable(Type.Number())),
  date: Type.Optional(Nullable(Type.String())),
  name: Type.Optional(Nullable(Type.String())),
  title: Type.Optional(Type.String()),
})
export type WireValue = Static<typeof Value>

const Item = Type.Object({ id: Id, project: Type.Object({ id: Id }), fieldValues: Nodes(Value) })

const Valued = Type.Object({
  projectItems: Type.Optional(
    Nullable(
      Type.Object({ pageInfo: Type.Object({ hasNextPage: Type.Boolean() }), ...Nodes(Item).properties }),
    ),
  ),
})
export type WireValued = Static<typeof Valued>

const ItemsPage = Type.Object({
  pageInfo: Type.Object({
    hasNextPage: Type.Boolean(),
    endCursor: Nullable(Type.String({ maxLength: 500 })),
  }),
  ...Nodes(
    Type.Object({
      updatedAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}' }),
      content: Nullable(
        Type.Object({
          number: Type.Optional(Type.Integer({ minimum: 1 })),
          repository: Type.Optional(Type.Object({ databaseId: Nullable(Type.Integer()) })),
        }),
      ),
    }),
  ).properties,
})

export type WireItemsPage = Static<typeof ItemsPage>

export const projectAnswers = {
  project: Compile(
    Type.Object({ repositoryOwner: Nullable(Type.Object({ projectV2: Type.Optional(Nullable(Project)) })) }),
  ),
  values: Compile(Type.Object({ nodes: Type.Array(Nullable(Valued), { maxItems: 100 }) })),
  items: Compile(Type.Object({ node: Nullable(Type.Object({ items: Type.Optional(ItemsPage) })) })),
  added: Compile(
    Type.Object({ addProjectV2ItemById: Nullable(Type.Object({ item: Nullable(Type.Object({ id: Id })) })) }),
  ),
} as const

import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

/**
 * Answers a GraphQL document from plain objects: a member is a value or a function of its arguments. As in GraphQL,
 * just what was asked for is answered, and mutations are done one after the other until one fails.
 */

export type Members = Readonly<Record<string, unknown>>
export type Args = Readonly<Record<string, unknown>>

/** An error as Linear tells it. */
export class FakeRefusal extends Error {
  readonly extensions: Members
  constructor(message: string, extensions: Members) {
    super(message)
    this.extensions = extensions
  }
}

export const invalid = (message: string, said = message): FakeRefusal =>
  new FakeRefusal(message, {
    type: 'invalid input',
    code: 'INPUT_ERROR',
    userError: true,
    userPresentableMessage: said,
  })

export const notFound = (entity: string): FakeRefusal =>
  invalid(`Entity not found: ${entity}`, `Could not find referenced ${entity}.`)

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export interface Document {
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

export const readDocument = (query: string): Document => {
  const { definitions } = parse(query, { noLocation: true })
  const operation = definitions.find((one) => one.kind === 'OperationDefinition')
  if (operation === undefined) throw invalid('Must provide an operation.')
  const fragments = definitions.filter((one) => one.kind === 'FragmentDefinition')
  return { operation, fragments: new Map(fragments.map((one) => [one.name.value, one])) }
}

const givenIn = (node: ValueNode, variables: Args): unknown => {
  switch (node.kind) {
    case 'Variable':
      return variables[node.name.value]
    case 'IntValue':
    case 'FloatValue':
      return Number(node.value)
    case 'NullValue':
      return null
    case 'ListValue':
      return node.values.map((one) => givenIn(one, variables))
    case 'ObjectValue':
      return Object.fromEntries(node.fields.map((one) => [one.name.value, givenIn(one.value, variables)]))
    default:
      return node.value
  }
}

const argsOf = (nodes: readonly ArgumentNode[] | undefined, variables: Args): Args =>
  Object.fromEntries((nodes ?? []).map((one) => [one.name.value, givenIn(one.value, variables)]))

export const execute = (document: Document, root: Members, variables: Args): Members => {
  const isWanted = (node: FieldNode): boolean =>
    (node.directives ?? []).every((directive) => {
      const condition = argsOf(directive.arguments, variables)['if']
      return directive.name.value === 'include' ? condition === true : condition !== true
    })

  const fieldsIn = (set: SelectionSetNode): readonly FieldNode[] =>
    set.selections.flatMap((node): readonly FieldNode[] => {
      if (node.kind === 'Field') return isWanted(node) ? [node] : []
      const inner = node.kind === 'FragmentSpread' ? document.fragments.get(node.name.value) : node
      return inner === undefined ? [] : fieldsIn(inner.selectionSet)
    })

  const shown = (value: unknown, set: SelectionSetNode | undefined): unknown => {
    if (Array.isArray(value)) return value.map((one) => shown(one, set))
    if (set === undefined) return value ?? null
    return isMembers(value) ? object(value, set) : null
  }

  const object = (of: Members, set: SelectionSetNode): Members => {
    const answer: Record<string, unknown> = {}
    for (const node of fieldsIn(set)) {
      const member = of[node.name.value]
      const value = typeof member === 'function' ? member(argsOf(node.arguments, variables)) : member
      answer[node.alias?.value ?? node.name.value] = shown(value, node.selectionSet)
    }
    return answer
  }

  return object(root, document.operation.selectionSet)
}

import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  validate,
} from 'graphql'
import type { Exchange, VendorSchema } from './openapi.ts'

/**
 * Checks requests and answers against a vendor's GraphQL schema: does each document of ours fit it, do our variables
 * fit the types that the document gives them, and does an answer hold what was asked for, in the schema's types. What
 * GraphQL passes over in silence (a variable that no operation declares) is a mistake here too.
 */

type Json = Readonly<Record<string, unknown>>
type Fits = (value: unknown) => boolean

export interface GraphqlOptions {
  /** Where it is asked, as sent. */
  readonly path: string
  /** What custom scalars hold in JSON, beside the well-known ones. Any value fits one that is not named. */
  readonly scalars?: Readonly<Record<string, Fits>>
}

/** Of one exchange: one wrong fragment makes a problem for each of its fields. */
const MAX_PROBLEMS = 20

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isText: Fits = (value) => typeof value === 'string'
const isDate: Fits = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const isDateTime: Fits = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)

const STANDARD_SCALARS: Readonly<Record<string, Fits>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  Float: (value) => typeof value === 'number',
  String: isText,
  Boolean: (value) => typeof value === 'boolean',
  ID: isText,
  Date: isDate,
  DateTime: isDateTime,
  JSONObject: isObject,
  TimelessDate: isDate,
  URI: isText,
  UUID: isText,
}

interface Known {
  readonly document: DocumentNode
  readonly problems: readonly string[]
}

interface Asked {
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
}

const sentences = (errors: readonly GraphQLError[]): readonly string[] => errors.map(({ message }) => message)

const operationOf = (document: DocumentNode, name: unknown): OperationDefinitionNode | string => {
  const operations = document.definitions.filter((one) => one.kind === 'OperationDefinition')
  const named =
    name === undefined || name === null ? operations : operations.filter((one) => one.name?.value === name)
  const [operation] = named
  if (operation === undefined || named.length > 1) return 'our body names no one operation of the document'
  return operation
}

export const graphqlSchema = (sdl: string, options: GraphqlOptions): VendorSchema => {
  const scalars = { ...STANDARD_SCALARS, ...options.scalars }
  const schema: GraphQLSchema = buildSchema(sdl, { assumeValidSDL: true })
  for (const type of Object.values(schema.getTypeMap())) {
    const fits = scalars[type.name]
    if (!isScalarType(type) || fits === undefined || type.name in BUILT_IN) continue
    type.parseValue = (value) => {
      if (fits(value)) return value
      throw new GraphQLError(`${type.name} cannot represent ${JSON.stringify(value)}`)
    }
  }

  const known = new Map<string, Known>()
  const documentOf = (query: string): Known => {
    const before = known.get(query)
    if (before !== undefined) return before
    const now = readDocument(schema, query)
    known.set(query, now)
    return now
  }

  const check = (exchange: Exchange): readonly string[] => {
    const { body } = exchange
    if (exchange.path !== options.path) return ['the vendor’s schema knows no such address']
    if (exchange.method !== 'POST' || !isObject(body)) return ['our query is not a POST of JSON']
    const problems = Object.keys(body)
      .filter((name) => !BODY_MEMBERS.includes(name))
      .map((name) => `our body.${name} is not a member of a query`)
    if (typeof body['query'] !== 'string') return [...problems, 'our body holds no query']
    const { document, problems: wrong } = documentOf(body['query'])
    if (wrong.length > 0) return [...problems, ...wrong]
    const operation = operationOf(document, body['operationName'])
    if (typeof operation === 'string') return [...problems, operation]
    const given = variablesOf(schema, operation, body['variables'])
    if (!given.ok) return [...problems, ...given.problems]
    const fragments = new Map(
      document.definitions
        .filter((one) => one.kind === 'FragmentDefinition')
        .map((one) => [one.name.value, one] as const),
    )
    return [
      ...problems,
      ...ofAnswer(schema, scalars, { operation, fragments, variables: given.variables }, exchange),
    ]
  }

  return {
    check: (exchange) =>
      check(exchange)
        .slice(0, MAX_PROBLEMS)
        .map((problem) => `${exchange.method} ${exchange.path}${nameOf(exchange.body)}: ${problem}`),
  }
}

/** One vendor with both: what is asked at the path of GraphQL is held against that schema, all else against the other. */
export const graphqlBeside = (path: string, graphql: VendorSchema, rest: VendorSchema): VendorSchema => ({
  check: (exchange) => (exchange.path === path ? graphql : rest).check(exchange),
})

/** Their coercion is the library's own. */
const BUILT_IN: Readonly<Record<string, true>> = {
  Int: true,
  Float: true,
  String: true,
  Boolean: true,
  ID: true,
}
const BODY_MEMBERS = ['query', 'variables', 'operationName', 'extensions']

const nameOf = (body: unknown): string => {
  const query = isObject(body) ? body['query'] : undefined
  const name = typeof query === 'string' ? /^\s*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1] : undefined
  return name === undefined ? '' : ` ${name}`
}

const readDocument = (schema: GraphQLSchema, query: string): Known => {
  try {
    const document = parse(query, { noLocation: true })
    return {
      document,
      problems: sentences(validate(schema, document, undefined, { maxErrors: MAX_PROBLEMS })),
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return {
      document: { kind: Kind.DOCUMENT, definitions: [] },
      problems: sentences([error]),
    }
  }
}

type Given =
  | { readonly ok: true; readonly variables: Asked['variables'] }
  | { readonly ok: false; readonly problems: readonly string[] }

const variablesOf = (schema: GraphQLSchema, operation: OperationDefinitionNode, sent: unknown): Given => {
  if (sent !== undefined && sent !== null && !isObject(sent))
    return { ok: false, problems: ['our variables are not an object'] }
  const declared = operation.variableDefinitions ?? []
  const names = new Set(declared.map((one) => one.variable.name.value))
  const unknown = Object.keys(sent ?? {})
    .filter((name) => !names.has(name))
    .map((name) => `our variable $${name} is not declared`)
  const { errors, coerced } = getVariableValues(schema, declared, sent ?? {}, { maxErrors: MAX_PROBLEMS })
  const problems = [...unknown, ...sentences(errors ?? [])]
  return problems.length > 0 || coerced === undefined
    ? { ok: false, problems }
    : { ok: true, variables: coerced }
}

const ofErrors = (errors: unknown): readonly string[] => {
  const isError = (one: unknown): boolean => isObject(one) && typeof one['message'] === 'string'
  return Array.isArray(errors) && errors.length > 0 && errors.every(isError)
    ? []
    : ['the answer’s errors are not a list of errors with messages']
}

const ofAnswer = (
  schema: GraphQLSchema,
  scalars: Readonly<Record<string, Fits>>,
  asked: Asked,
  { status, answer }: Exchange,
): readonly string[] => {
  if (!isObject(answer)) return status < 300 ? ['the answer is not an object'] : []
  const { data, errors } = answer
  const wrong = errors === undefined ? [] : ofErrors(errors)
  const hasData = data !== undefined && data !== null
  if (!hasData) return errors === undefined && status < 300 ? [...wrong, 'the answer holds no data'] : wrong
  const root = schema.getRootType(asked.operation.operation)
  if (root === undefined || root === null) return [...wrong, 'the schema has no such operation']
  return [
    ...wrong,
    ...answerProblems(schema, scalars, asked)(root, [asked.operation.selectionSet], data, 'data'),
  ]
}

const answerProblems = (schema: GraphQLSchema, scalars: Readonly<Record<string, Fits>>, asked: Asked) => {
  const isWanted = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, asked.variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, asked.variables)?.['if'] !== false

  const applies = (condition: string | undefined, type: GraphQLObjectType): boolean => {
    if (condition === undefined || condition === type.name) return true
    const wanted = schema.getType(condition)
    return isAbstractType(wanted) && schema.isSubType(wanted, type)
  }

  /** The fields asked for of an object of this type, by the name that the answer gives them. */
  const collect = (
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    into = new Map<string, FieldNode[]>(),
  ): ReadonlyMap<string, readonly FieldNode[]> => {
    for (const node of sets.flatMap((set) => set.selections)) {
      if (!isWanted(node)) continue
      if (node.kind === 'Field') {
        const name = node.alias?.value ?? node.name.value
        into.set(name, [...(into.get(name) ?? []), node])
        continue
      }
      const inner = node.kind === 'FragmentSpread' ? asked.fragments.get(node.name.value) : node
      if (inner !== undefined && applies(inner.typeCondition?.name.value, type))
        collect(type, [inner.selectionSet], into)
    }
    return into
  }

  const ofObject = (
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    value: Json,
    at: string,
  ): readonly string[] => {
    const wanted = collect(type, sets)
    const more = Object.keys(value)
      .filter((name) => !wanted.has(name))
      .map((name) => `${at}.${name} was not asked for of a ${type.name}`)
    return [
      ...more,
      ...[...wanted].flatMap(([name, nodes]) => ofField(type, nodes, value[name], `${at}.${name}`)),
    ]
  }

  const ofField = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    value: unknown,
    at: string,
  ): readonly string[] => {
    const [node] = nodes
    if (node?.name.value === '__typename') return value === type.name ? [] : [`${at} is not ${type.name}`]
    const field = node === undefined ? undefined : type.getFields()[node.name.value]
    if (field === undefined) return [`${at}: ${type.name} has no such field`]
    if (value === undefined) return [`${at} is missing`]
    const sets = nodes.flatMap((one) => (one.selectionSet === undefined ? [] : [one.selectionSet]))
    return ofValue(field.type, sets, value, at)
  }

  /** Without a `__typename` in the answer it is whichever fits. */
  const ofComposite = (
    types: readonly GraphQLObjectType[],
    sets: readonly SelectionSetNode[],
    value: unknown,
    at: string,
  ): readonly string[] => {
    if (!isObject(value)) return [`${at} is not an object`]
    let first: readonly string[] | null = null
    for (const type of types) {
      const problems = ofObject(type, sets, value, at)
      if (problems.length === 0) return []
      const says = [...collect(type, sets)].some(
        ([name, [node]]) => node?.name.value === '__typename' && value[name] === type.name,
      )
      if (says) return problems
      first ??= problems
    }
    return first ?? [`${at} can be of no type`]
  }

  const ofValue = (
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    at: string,
  ): readonly string[] => {
    if (isNonNullType(type))
      return value === null ? [`${at} must not be null`] : ofValue(type.ofType, sets, value, at)
    if (value === null) return []
    if (isListType(type))
      return Array.isArray(value)
        ? value.flatMap((one: unknown, index) => ofValue(type.ofType, sets, one, `${at}[${index}]`))
        : [`${at} is not a list`]
    if (isEnumType(type))
      return typeof value === 'string' && type.getValue(value) !== undefined && type.getValue(value) !== null
        ? []
        : [`${at}: ${type.name} has no value ${JSON.stringify(value)}`]
    if (isScalarType(type))
      return (scalars[type.name]?.(value) ?? true) ? [] : [`${at} is no ${getNamedType(type).name}`]
    return ofComposite(isObjectType(type) ? [type] : schema.getPossibleTypes(type), sets, value, at)
  }

  return (
    root: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    data: unknown,
    at: string,
  ): readonly string[] => ofComposite([root], sets, data, at)
}

import { Ajv, type ValidateFunction } from 'ajv'

/**
 * Checks requests and answers against an OpenAPI 3.0 or Swagger 2.0 document: is there such an operation, does it know
 * each query parameter we send and get those it requires, does each body fit its schema. A body of ours with a member
 * that the schema does not name is a mistake too, though JSON Schema allows it: vendors drop such members in silence.
 */

export type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
export const objectAt = (value: unknown, ...path: readonly string[]): Json => {
  let at: unknown = value
  for (const name of path) at = isObject(at) ? at[name] : undefined
  return isObject(at) ? at : {}
}

export interface Exchange {
  readonly method: string
  /** As sent: the path below the vendor's base, without query. */
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
  /** undefined: none, or not JSON. */
  readonly body: unknown
  readonly status: number
  /** undefined: none, or not JSON. */
  readonly answer: unknown
}

export interface VendorSchema {
  /** Sentences; empty when everything fits. */
  check(exchange: Exchange): readonly string[]
}

interface Operation {
  readonly template: string
  readonly pattern: RegExp
  /** Literal segments: of two that fit, the more literal one is meant. */
  readonly literals: number
  readonly method: string
  readonly definition: Json
  readonly shared: readonly unknown[]
}

/** Of one body: one wrong branch of a choice makes an error for each of its members. */
const MAX_ERRORS = 20

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/(\{[^}]+\})/)
      .map((part) => (part.startsWith('{') ? '[^/]+?' : escaped(part)))
      .join('')}$`,
  )

const operationsOf = (document: Json, prefix: string): readonly Operation[] =>
  Object.entries(objectAt(document, 'paths')).flatMap(([template, item]) =>
    METHODS.filter((method) => isObject(objectAt(item)[method])).map((method) => ({
      template,
      pattern: patternOf(prefix + template),
      literals: template.split('/').filter((part) => part !== '' && !part.includes('{')).length,
      method,
      definition: objectAt(item, method),
      shared: Array.isArray(objectAt(item)['parameters']) ? (objectAt(item)['parameters'] as unknown[]) : [],
    })),
  )

/** What OpenAPI says otherwise than JSON Schema: exclusive limits as flags, `nullable` beside a `$ref` or an `enum`. */
const asJsonSchema = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asJsonSchema)
  if (!isObject(value)) return value
  const out: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    const isFlag = (name === 'exclusiveMinimum' || name === 'exclusiveMaximum') && typeof inner === 'boolean'
    const isNoise = name === 'example' || name === 'examples' || name === 'discriminator' || name === 'xml'
    if (!isFlag && !(isNoise && !isSchemaMap(value))) out[name] = asJsonSchema(inner)
  }
  if (value['nullable'] !== true && value['x-nullable'] !== true) return out
  delete out['nullable']
  return { anyOf: [out, { type: 'null' }] }
}

/** A map of names to schemas may hold a member called `example`. */
const isSchemaMap = (value: Json): boolean => Object.values(value).every(isObject) && !('type' in value)

export const vendorSchema = (raw: unknown, prefix = ''): VendorSchema => {
  const document = objectAt(asJsonSchema(raw))
  const operations = operationsOf(document, prefix)
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false })
  ajv.addSchema({ ...document, $id: 'vendor' }, 'vendor')
  const compiled = new Map<unknown, ValidateFunction>()

  const resolved = (value: unknown): Json => {
    const ref = objectAt(value)['$ref']
    if (typeof ref !== 'string') return objectAt(value)
    return resolved(objectAt(document, ...ref.replace(/^#\//, '').split('/').map(unpointed)))
  }

  const absolute = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(absolute)
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === '$ref' && typeof inner === 'string' ? `vendor${inner}` : absolute(inner),
      ]),
    )
  }

  const fits = (schema: unknown, value: unknown, what: string): readonly string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(objectAt(absolute(schema)))
    compiled.set(schema, validate)
    if (validate(value)) return []
    return (validate.errors ?? [])
      .slice(0, MAX_ERRORS)
      .map((error) => `${what}: ${ajv.errorsText([error], { dataVar: '' })}`)
  }

  /** Members of ours that no branch of the schema names. */
  const unnamed = (schema: unknown, value: unknown, at: string, depth = 0): readonly string[] => {
    if (depth > 8) return []
    if (Array.isArray(value)) {
      const items = resolved(schema)['items']
      return items === undefined ? [] : value.flatMap((one) => unnamed(items, one, `${at}[]`, depth + 1))
    }
    if (!isObject(value)) return []
    const known = membersOf(schema)
    if (known === null) return []
    return Object.entries(value).flatMap(([name, inner]) => {
      const own = known.get(name)
      return own === undefined
        ? [`${at}.${name} is not in the schema`]
        : unnamed(own, inner, `${at}.${name}`, depth + 1)
    })
  }

  /** null: any member may come. */
  const membersOf = (schema: unknown): ReadonlyMap<string, unknown> | null => {
    const own = resolved(schema)
    const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((name) =>
      Array.isArray(own[name])
        ? (own[name] as unknown[]).filter((one) => objectAt(one)['type'] !== 'null')
        : [],
    )
    if (own['properties'] === undefined && branches.length === 0) return null
    if (own['additionalProperties'] !== undefined && own['additionalProperties'] !== false) return null
    const members = new Map<string, unknown>(Object.entries(objectAt(own, 'properties')))
    for (const branch of branches) {
      const more = membersOf(branch)
      if (more === null) return null
      for (const [name, inner] of more) members.set(name, inner)
    }
    return members
  }

  const bodySchema = (holder: Json): unknown => {
    if (holder['schema'] !== undefined) return holder['schema']
    const content = objectAt(holder, 'content')
    const json = Object.entries(content).find(([type]) => /json/.test(type) || type === '*/*')
    return objectAt(json?.[1])['schema']
  }

  const parametersOf = ({ shared, definition }: Operation): readonly Json[] =>
    [
      ...shared,
      ...(Array.isArray(definition['parameters']) ? (definition['parameters'] as unknown[]) : []),
    ].map(resolved)

  const ofRequest = (operation: Operation, exchange: Exchange): readonly string[] => {
    const parameters = parametersOf(operation)
    const inQuery = parameters.filter((one) => one['in'] === 'query')
    const names = new Set(inQuery.map((one) => String(one['name']).replace(/\[\]$/, '')))
    const problems = Object.keys(exchange.query)
      .filter((name) => !names.has(name.replace(/\[.*\]$/, '')))
      .map((name) => `query parameter ${name} is not known`)
    for (const one of inQuery)
      if (one['required'] === true && exchange.query[String(one['name'])] === undefined)
        problems.push(`query parameter ${String(one['name'])} is required`)
    const inBody = parameters.find((one) => one['in'] === 'body')
    const schema = bodySchema(inBody ?? resolved(operation.definition['requestBody']))
    if (exchange.body !== undefined && schema !== undefined)
      problems.push(...fits(schema, exchange.body, 'our body'), ...unnamed(schema, exchange.body, 'our body'))
    return problems
  }

  const ofAnswer = (operation: Operation, exchange: Exchange): readonly string[] => {
    const answers = objectAt(operation.definition, 'responses')
    const found =
      answers[String(exchange.status)] ?? answers[`${String(exchange.status)[0]}XX`] ?? answers['default']
    if (found === undefined)
      return exchange.status < 300 ? [`status ${exchange.status} is not among its answers`] : []
    const schema = bodySchema(resolved(found))
    return schema === undefined || exchange.answer === undefined
      ? []
      : fits(schema, exchange.answer, 'the answer')
  }

  return {
    check: (exchange) => {
      const method = exchange.method.toLowerCase()
      const [operation] = operations
        .filter((one) => one.method === method && one.pattern.test(exchange.path))
        .sort((a, b) => b.literals - a.literals)
      const about = `${exchange.method} ${exchange.path}`
      if (operation === undefined) return [`${about}: the vendor's schema knows no such operation`]
      return [...ofRequest(operation, exchange), ...ofAnswer(operation, exchange)].map(
        (problem) => `${exchange.method} ${operation.template}: ${problem}`,
      )
    },
  }
}

const unpointed = (part: string): string => decodeURIComponent(part.replace(/~1/g, '/').replace(/~0/g, '~'))

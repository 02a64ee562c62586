import type { Vendor } from './checked-http.ts'
import { vendorSchema } from './openapi.ts'
import { vendorSpec } from './specs.ts'

/**
 * Microsoft’s own documents of the work item API. They are Swagger made from .NET code, and say some things otherwise than
 * the service does and its documentation says in words; what is put right here, and nothing else:
 *
 * - `{type: object}` alone stands for any value (.NET’s `object`), also for a number or a text.
 * - A list is documented as the list alone; the service wraps it as `{count, value}`, as its published examples show.
 * - A patch is documented as an object that is an array; it is an array.
 * - Project, team and the path of a node are part of every path though they may be left out, which the documentation of each
 *   call says.
 * - One path with different queries is several paths (`x-ms-paths`): what is optional then is optional here.
 */

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const isAnyValue = (value: Json): boolean =>
  value['type'] === 'object' &&
  Object.keys(value).every((name) => ['type', 'description', 'readOnly'].includes(name))

const put = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(put)
  if (!isObject(value)) return value
  if (isAnyValue(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, put(inner)]))
}

const wrapped = (schema: unknown): unknown =>
  isObject(schema) && schema['type'] === 'array'
    ? {
        type: 'object',
        required: ['value'],
        properties: { count: { type: 'integer' }, value: schema },
      }
    : schema

const inOperation = (operation: unknown): unknown => {
  if (!isObject(operation) || !isObject(operation['responses'])) return operation
  const responses = Object.entries(operation['responses']).map(([status, answer]) => [
    status,
    isObject(answer) && 'schema' in answer ? { ...answer, schema: wrapped(answer['schema']) } : answer,
  ])
  return { ...operation, responses: Object.fromEntries(responses) }
}

const parametersIn = (operation: unknown): readonly Json[] =>
  isObject(operation) && Array.isArray(operation['parameters'])
    ? operation['parameters'].filter(isObject)
    : []

const nameOf = (parameter: Json): string => String(parameter['name'] ?? parameter['$ref'])

/** Of two documents of one path: whatever only one of them requires is optional. */
const joined = (one: unknown, other: unknown): unknown => {
  if (!isObject(one)) return other
  if (!isObject(other)) return one
  const first = parametersIn(one)
  const second = parametersIn(other)
  const names = [...new Set([...first, ...second].map(nameOf))]
  const parameters = names.map((name) => {
    const found = [first, second].map((list) => list.find((parameter) => nameOf(parameter) === name))
    const known = found.find((parameter) => parameter !== undefined)
    return found.includes(undefined) && known?.['in'] === 'query' ? { ...known, required: false } : known
  })
  return { ...one, parameters }
}

const ORGANISATION = '/{organization}'

/** Below the organisation, with project and team and without. */
const templatesOf = (template: string): readonly string[] => {
  const below = (template.split('?')[0] ?? template).slice(ORGANISATION.length)
  const found = [below, below.replace('/{team}', ''), below.replace('/{project}', '').replace('/{team}', '')]
  return [...new Set(found.flatMap((each) => [each, each.replace('/{path}', '')]))]
}

const pathsOf = (document: Json): Json => {
  const paths: Record<string, Record<string, unknown>> = {}
  const documented = [document['paths'], document['x-ms-paths']].filter(isObject)
  for (const [template, item] of documented.flatMap((each) => Object.entries(each))) {
    if (!isObject(item)) continue
    for (const short of templatesOf(template)) {
      const known = paths[short] ?? {}
      for (const [method, operation] of Object.entries(item))
        known[method] = joined(known[method], inOperation(operation))
      paths[short] = known
    }
  }
  return paths
}

const asServed = (raw: unknown): unknown => {
  const document = isObject(put(raw)) ? (put(raw) as Json) : {}
  const definitions = isObject(document['definitions']) ? document['definitions'] : {}
  return {
    ...document,
    paths: pathsOf(document),
    'x-ms-paths': {},
    definitions: {
      ...definitions,
      JsonPatchDocument: { type: 'array', items: { $ref: '#/definitions/JsonPatchOperation' } },
    },
  }
}

const spec = vendorSpec('azure-devops/workItemTracking-7.1.json')

export const azureVendor: Vendor | null =
  spec === null
    ? null
    : {
        schema: vendorSchema(asServed(spec)),
        accepts: [
          {
            problem: /\/_apis\/(?:connectionData|projects)[^:]*: the vendor's schema knows no such operation/,
            because: 'the account and the projects are of other documents than that of work items',
          },
          {
            problem: /StreamedBatch|reporting\/workitemrevisions: the answer: .*values/,
            because: 'it says that revisions are texts, and its own examples show work items',
          },
        ],
      }

import type { TSchema } from 'typebox'
import { nearest } from '../lib/nearest.ts'

/**
 * Says what is wrong with a value in words, place by place. A validator only knows that "no branch of anyOf matches";
 * a person needs to read "Did you mean 'adopt'?". Understands the part of JSON Schema that our schemas use; a test
 * holds it against the real validator, so that neither accepts what the other refuses.
 */
export interface Problem {
  /** From the root of the value: `['connections', 'desk', 'kind']`. */
  readonly path: readonly (string | number)[]
  /** The place itself, or the name of the member at the end of the path. */
  readonly at: 'value' | 'key'
  readonly what: string
  readonly todo: string
}

interface Node {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly patternProperties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: Node
  readonly minItems?: number
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly description?: string
  readonly examples?: readonly unknown[]
}

type Path = readonly (string | number)[]

const KIND_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  null: 'empty',
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

const fits = (type: string, value: unknown): boolean =>
  type === 'integer' ? Number.isInteger(value) : type === kindOf(value)

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> => kindOf(value) === 'object'

/** A list or group is only named: made to text, one with a member `toString` of its own would throw. */
const quoted = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : isGroup(value) ? 'a group of fields' : `'${String(value).slice(0, 60)}'`

const listed = (words: readonly unknown[]): string =>
  words.length > 24 ? `${words.slice(0, 24).join(', ')} …` : words.join(', ')

const wrongType = (node: Node, value: unknown, path: Path): Problem => {
  const what = `must be ${KIND_WORDS[node.type ?? ''] ?? node.type}, not ${KIND_WORDS[kindOf(value)] ?? kindOf(value)}`
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  const todo =
    node.type === 'string' && scalar
      ? `Put it in quotes: "${value}".`
      : node.type === 'array' && value !== null && !isGroup(value)
        ? `Write a list: [${value}].`
        : (node.description ?? 'See the schema.')
  return { path, at: 'value', what, todo }
}

const explainText = (node: Node, value: string, path: Path): readonly Problem[] => {
  const problem = (what: string, todo: string): readonly Problem[] => [{ path, at: 'value', what, todo }]
  const hint = node.description ?? 'See the schema.'
  if (node.minLength !== undefined && value.length < node.minLength) return problem('must not be empty', hint)
  if (node.maxLength !== undefined && value.length > node.maxLength)
    return problem(`must have ${node.maxLength} characters at most, and has ${value.length}`, 'Shorten it.')
  if (node.format === 'uri' && !URL.canParse(value))
    return problem(`${quoted(value)} is not an address`, hint)
  if (node.pattern === undefined || new RegExp(node.pattern, 'u').test(value)) return []
  if (value === '') return problem('must not be empty', hint)
  const example = node.examples === undefined ? '' : ` For example: ${listed(node.examples)}.`
  return problem(`${quoted(value)} is not in the form expected`, `${hint}${example}`)
}

const explainNumber = (node: Node, value: number, path: Path): readonly Problem[] => {
  const low = node.minimum !== undefined && value < node.minimum
  const high = node.maximum !== undefined && value > node.maximum
  if (!low && !high) return []
  const todo = `Take a number ${node.minimum === undefined ? '' : `from ${node.minimum} `}${node.maximum === undefined ? '' : `up to ${node.maximum}`}`
  return [{ path, at: 'value', what: `${value} is too ${low ? 'small' : 'large'}`, todo: `${todo.trim()}.` }]
}

const notKnown = (name: string, known: readonly string[], node: Node, path: Path): Problem => {
  const guess = nearest(name, known)
  const pattern = Object.keys(node.patternProperties ?? {})[0]
  return {
    path: [...path, name],
    at: 'key',
    what:
      known.length === 0 ? `${quoted(name)} is no good as a name here` : `${quoted(name)} is not known here`,
    todo:
      guess !== null
        ? `Did you mean '${guess}'?`
        : known.length > 0
          ? `Known here: ${listed(known)}.`
          : `A name here has the form ${pattern}.`,
  }
}

const explainGroup = (
  node: Node,
  value: Readonly<Record<string, unknown>>,
  path: Path,
): readonly Problem[] => {
  const problems: Problem[] = []
  const known = Object.keys(node.properties ?? {})
  const patterns = Object.entries(node.patternProperties ?? {}).map(
    ([pattern, inner]) => [new RegExp(pattern, 'u'), inner] as const,
  )
  const names = Object.keys(value)
  const count = names.length
  for (const name of names) {
    const inner = [
      ...(node.properties && Object.hasOwn(node.properties, name) ? [node.properties[name]] : []),
      ...patterns.filter(([pattern]) => pattern.test(name)).map(([, schema]) => schema),
    ]
    if (inner.length === 0 && node.additionalProperties === false)
      problems.push(notKnown(name, known, node, path))
    for (const schema of inner)
      if (schema) problems.push(...explainNode(schema, value[name], [...path, name]))
  }
  for (const name of node.required ?? [])
    if (!Object.hasOwn(value, name))
      problems.push({
        path,
        at: 'value',
        what: `'${name}' is missing`,
        todo: node.properties?.[name]?.description ?? `Add '${name}'.`,
      })
  if (count < (node.minProperties ?? 0))
    problems.push({ path, at: 'value', what: 'must not be empty', todo: node.description ?? 'Add a line.' })
  if (count > (node.maxProperties ?? Number.POSITIVE_INFINITY))
    problems.push({
      path,
      at: 'value',
      what: `holds ${count} fields where one is expected`,
      todo: 'Start each of them on a line of its own with a dash.',
    })
  return problems
}

/** The branch a person most likely meant: the one of the value's own type; without one, the union itself is wrong. */
const explainUnion = (branches: readonly Node[], value: unknown, path: Path): readonly Problem[] => {
  const tries = branches.map((branch) => ({ branch, problems: explainNode(branch, value, path) }))
  if (tries.some((attempt) => attempt.problems.length === 0)) return []
  const likely = tries
    .filter(({ branch }) =>
      branch.type === undefined ? typeof value === 'string' : fits(branch.type, value),
    )
    .sort(
      (a, b) =>
        b.problems.reduce((deepest, p) => Math.max(deepest, p.path.length), 0) -
          a.problems.reduce((deepest, p) => Math.max(deepest, p.path.length), 0) ||
        a.problems.length - b.problems.length,
    )[0]
  if (likely) return likely.problems
  const kinds = branches.map((branch) => KIND_WORDS[branch.type ?? 'string'] ?? 'something else')
  return [
    {
      path,
      at: 'value',
      what: `must be ${[...new Set(kinds)].join(' or ')}, not ${KIND_WORDS[kindOf(value)]}`,
      todo: branches[0]?.description ?? 'See the schema.',
    },
  ]
}

const explainNode = (node: Node, value: unknown, path: Path): readonly Problem[] => {
  if (node.anyOf) return explainUnion(node.anyOf, value, path)
  const words = node.enum ?? (node.const === undefined ? undefined : [node.const])
  if (words) {
    if (words.includes(value)) return []
    const guess = typeof value === 'string' ? nearest(value, words.map(String)) : null
    return [
      {
        path,
        at: 'value',
        what: `${quoted(value)} is not one of: ${listed(words)}`,
        todo: guess === null ? (node.description ?? 'Take one of these words.') : `Did you mean '${guess}'?`,
      },
    ]
  }
  if (node.type !== undefined && !fits(node.type, value)) return [wrongType(node, value, path)]
  if (typeof value === 'string') return explainText(node, value, path)
  if (typeof value === 'number') return explainNumber(node, value, path)
  if (Array.isArray(value)) {
    const few = value.length < (node.minItems ?? 0)
    const own: readonly Problem[] = few
      ? [{ path, at: 'value', what: 'must not be empty', todo: node.description ?? 'Add an entry.' }]
      : []
    return [
      ...own,
      ...value.flatMap((item, index) => (node.items ? explainNode(node.items, item, [...path, index]) : [])),
    ]
  }
  return isGroup(value) ? explainGroup(node, value, path) : []
}

/** Everything that is wrong with `value`, in the order of the schema's reading; empty when it fits. */
export const explain = (schema: TSchema, value: unknown, path: Path = []): readonly Problem[] =>
  explainNode(schema as Node, value, path)

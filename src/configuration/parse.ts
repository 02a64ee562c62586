import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { err, ok, type Result } from '../lib/result.ts'
import { type Configuration, referenceIn } from './configuration.ts'
import type { FactsOf } from './connector-facts.ts'
import { crossCheck } from './cross-checks.ts'
import { explain, type Problem } from './explain.ts'
import { fromDocument } from './from-document.ts'
import { problemAt } from './mapping-checks.ts'
import { ConfigurationDocument } from './schema.ts'
import { checkKinds, withDefaults } from './settings-checks.ts'

/** One thing that is wrong in the file: where, what, and what to do. Lines and columns count from 1. */
export interface ConfigurationError {
  readonly line: number
  readonly column: number
  /** `connections.desk.mapping.fields[2].severity` */
  readonly path: string
  readonly what: string
  readonly todo: string
}

export interface ParseOptions {
  /** Names that `${NAME}` may refer to; null: not checked (an editor, a lint). */
  readonly names: ReadonlySet<string> | null
  /** What is stored already, so that a file may name it; null: the file stands alone. */
  readonly stored: Configuration | null
  /** The kinds of tool there are; null: settings are not checked. */
  readonly kinds: { readonly factsOf: FactsOf; readonly all: readonly string[] } | null
}

export const MAX_CONFIGURATION_BYTES = 1024 * 1024

const ALONE: ParseOptions = { names: null, stored: null, kinds: null }

const describePath = (path: Problem['path']): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )

/** Offset in the text of the deepest part of the path that is there. */
const offsetOf = (document: Document, problem: Problem): number => {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  problem.path.forEach((step, index) => {
    const here = isAlias(node) ? node.resolve(document) : node
    const wantsKey = problem.at === 'key' && index === problem.path.length - 1
    if (isMap(here)) {
      const pair = here.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      node = pair?.value
      const place = wantsKey || !isNode(node) ? pair?.key : node
      if (isNode(place)) offset = place.range?.[0] ?? offset
    } else if (isSeq(here)) {
      node = here.items[Number(step)]
      if (isNode(node)) offset = node.range?.[0] ?? offset
    } else {
      node = undefined
    }
  })
  return offset
}

const missingNames = (file: Configuration, names: ReadonlySet<string>): readonly Problem[] =>
  Object.entries(file.connections).flatMap(([key, connection]) =>
    Object.entries(connection.settings).flatMap(([field, value]) => {
      const name = referenceIn(value)
      if (name === null || names.has(name)) return []
      return [
        problemAt(
          ['connections', key, 'settings', field],
          `the environment has no ${name}`,
          `Set it where you apply the file: export ${name}=…`,
        ),
      ]
    }),
  )

const readValue = (document: Document): Result<unknown, string> => {
  try {
    return ok(document.toJS({ maxAliasCount: 50 }))
  } catch {
    return err('the file refers to itself too often')
  }
}

const inOrder = (a: ConfigurationError, b: ConfigurationError): number =>
  a.line - b.line || a.column - b.column

const readDocument = (text: string, lines: LineCounter): Document | null => {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  } catch {
    // only ever seen for thousands of nested brackets
    return null
  }
}

const whole = (what: string, todo: string): Result<never, readonly ConfigurationError[]> =>
  err([{ line: 1, column: 1, path: '', what, todo }])

interface ReadFile {
  readonly written: Configuration
  readonly places: (problems: readonly Problem[]) => readonly ConfigurationError[]
}

/** YAML and the schema: what can be judged by the text alone. */
const readFile = (text: string): Result<ReadFile, readonly ConfigurationError[]> => {
  if (Buffer.byteLength(text) > MAX_CONFIGURATION_BYTES)
    return whole('the file is larger than 1 MiB', 'Split it.')
  const lines = new LineCounter()
  const document = readDocument(text, lines)
  if (document === null) return whole('the file is nested too deeply', 'Write it flatter.')
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (document.errors.length > 0)
    return err(
      document.errors.map((error) => ({
        ...at(error.pos[0]),
        path: '',
        what: `this is not YAML: ${error.message.split('\n')[0]}`,
        todo: 'Check indentation, colons and quotes around here.',
      })),
    )
  const places = (problems: readonly Problem[]): readonly ConfigurationError[] =>
    problems
      .map((problem) => ({
        ...at(offsetOf(document, problem)),
        path: describePath(problem.path),
        what: problem.what,
        todo: problem.todo,
      }))
      .sort(inOrder)
  const value = readValue(document)
  if (!value.ok) return whole(value.error, 'Write the repeated parts out.')
  const shape = explain(ConfigurationDocument, value.value ?? {})
  if (shape.length > 0) return err(places(shape))
  // `explain` found nothing: the value has the schema's type
  return ok({ written: fromDocument((value.value ?? {}) as ConfigurationDocument), places })
}

/** What is wrong with a file by itself, without knowing what is stored: for a client, before it asks the server. */
export const shapeErrors = (text: string): readonly ConfigurationError[] => {
  const file = readFile(text)
  return file.ok ? [] : file.error
}

/** The configuration that a file describes, or everything that is wrong with it, in the order of its lines. */
export const parseConfiguration = (
  text: string,
  options: ParseOptions = ALONE,
): Result<Configuration, readonly ConfigurationError[]> => {
  const read = readFile(text)
  if (!read.ok) return read
  const { written, places } = read.value
  const file = options.kinds ? withDefaults(written, options.kinds.factsOf) : written
  const problems = [
    ...crossCheck(file, options.stored),
    ...(options.kinds ? checkKinds(file, options.kinds.factsOf, options.kinds.all) : []),
    ...(options.names ? missingNames(file, options.names) : []),
  ]
  return problems.length > 0 ? err(places(problems)) : ok(file)
}

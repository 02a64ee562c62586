import { parse as parseYaml } from 'yaml'
import { compile } from '../../lib/expression.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import type { StandardToolField, ToolField } from '../../sync/snapshot.ts'
import {
  authProblems,
  type Complain,
  MAX_PROBLEMS,
  type Problem,
  pagingProblems,
  shapeProblems,
  textPaths,
} from './declaration-problems.ts'
import { type FieldPath, fieldPath, readPath } from './field-path.ts'
import {
  CheckedDeclaration,
  type DeclarationShape,
  type FieldObject,
  type List,
  type PersonPaths,
  type VisibilityRule,
} from './schema.ts'

/** A declaration, checked once and turned into functions. Every problem names its place and what to do. */

/** The value a source stands for in a piece of the tool's JSON; undefined when it is not there or cannot be computed. */
export type Read = (value: unknown) => unknown

export interface Field {
  readonly field: ToolField
  readonly kind: NonNullable<FieldObject['kind']>
  readonly read: Read | null
  readonly write: FieldPath | null
  /** null: the value goes as it is, as an empty value always does. The error is a sentence. */
  readonly writeAs: ((value: unknown) => Result<unknown, string>) | null
  readonly title: string
  readonly options: readonly string[] | null
}

export interface PersonReader {
  readonly id: Read
  readonly name: Read
  readonly email: Read
}

export interface CompiledList {
  readonly shape: List
  readonly items: FieldPath
}

export interface Element {
  readonly list: CompiledList | null
  readonly embedded: FieldPath | null
  readonly count: FieldPath | null
  readonly id: Read
  readonly at: Read
  readonly author: PersonReader | null
  readonly visibility: Read | null
}

export interface Declaration {
  readonly shape: DeclarationShape
  readonly item: Readonly<
    Record<
      'id' | 'key' | 'url' | 'container' | 'createdAt' | 'updatedAt' | 'version' | 'createdBy' | 'deleted',
      Read | null
    >
  > & { readonly id: Read }
  readonly marker: FieldPath | null
  readonly fields: readonly Field[]
  readonly people: readonly PersonReader[]
  readonly list: CompiledList
  readonly find: CompiledList | null
  readonly account: PersonReader | null
  readonly comments: (Element & { readonly text: Read; readonly editedAt: Read | null }) | null
  readonly attachments:
    | (Element & { readonly name: Read; readonly mediaType: Read | null; readonly size: Read | null })
    | null
  /** Paths of the shape that are followed by text, already checked. */
  readonly path: (text: string | undefined) => FieldPath
}

const STANDARD: Readonly<Record<StandardToolField, Field['kind']>> = {
  title: 'text',
  description: 'rich',
  status: 'choice',
  type: 'choice',
  container: 'choice',
  priority: 'choice',
  owner: 'person',
  requester: 'person',
  component: 'choice',
  release: 'choice',
  labels: 'set',
  due: 'date',
  url: 'text',
}

const isStandard = (name: string): name is StandardToolField => Object.hasOwn(STANDARD, name)
const isToolField = (name: string): name is ToolField => name.startsWith('cf:') || isStandard(name)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** `title: subject` is short for `title: {read: subject, write: subject}`. */
const expanded = (value: unknown): unknown => {
  if (!isObject(value) || !isObject(value['item']) || !isObject(value['item']['fields'])) return value
  const fields = Object.entries(value['item']['fields']).map(([name, field]) => [
    name,
    typeof field === 'string' ? { read: field, ...(field.startsWith('=') ? {} : { write: field }) } : field,
  ])
  return { ...value, item: { ...value['item'], fields: Object.fromEntries(fields) } }
}

const parsedText = (text: string): Result<unknown, readonly Problem[]> => {
  try {
    // Aliases are limited, because a few lines of them can stand for gigabytes.
    return ok(parseYaml(text, { maxAliasCount: 20, prettyErrors: true }))
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : ''
    return err([{ at: '/', message: `is not valid YAML or JSON: ${message}` }])
  }
}

/** Checks and compiles. `source`: YAML or JSON text, or the value itself. */
export const compileDeclaration = (source: unknown): Result<Declaration, readonly Problem[]> => {
  const parsed = typeof source === 'string' ? parsedText(source) : ok(source)
  if (!parsed.ok) return parsed
  const shape = expanded(parsed.value)
  if (!CheckedDeclaration.Check(shape)) return err(shapeProblems(shape))
  const problems: Problem[] = []
  const declaration = compiled(shape, problems)
  return problems.length === 0 ? ok(declaration) : err(problems.slice(0, MAX_PROBLEMS))
}

const NOWHERE: FieldPath = { text: '', segments: [] }

const compiled = (shape: DeclarationShape, problems: Problem[]): Declaration => {
  const complain: Complain = (at, message) => {
    problems.push({ at, message })
  }
  const pathAt = (at: string, text: string | undefined): FieldPath => {
    const path = fieldPath(text ?? '')
    if (path.ok) return path.value
    complain(at, `the path "${text}" ${path.error}`)
    return NOWHERE
  }
  const expression = (at: string, source: string, variable: string) => {
    const made = compile(source.slice(1), [variable])
    if (made.ok) return (value: unknown) => made.value.evaluate({ [variable]: value })
    complain(at, `the expression is wrong at character ${made.error.position + 2}: ${made.error.message}`)
    return (): Result<unknown, string> => err('the expression is wrong')
  }
  const read = (at: string, source: string): Read => {
    if (!source.startsWith('=')) {
      const path = pathAt(at, source)
      return (value) => readPath(value, path)
    }
    const evaluate = expression(at, source, 'item')
    return (value) => {
      const result = evaluate(value)
      return result.ok ? result.value : undefined
    }
  }
  const optional = (at: string, source: string | undefined): Read | null =>
    source === undefined ? null : read(at, source)
  const person = (at: string, paths: PersonPaths): PersonReader => ({
    id: read(`${at}/id`, paths.id),
    name: optional(`${at}/name`, paths.name) ?? (() => undefined),
    email: optional(`${at}/email`, paths.email) ?? (() => undefined),
  })
  const list = (at: string, from: List): CompiledList => {
    pagingProblems(from, at, complain)
    return { shape: from, items: pathAt(`${at}/items`, from.items) }
  }
  const field = (name: string, from: FieldObject): readonly Field[] => {
    const at = `/item/fields/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!isToolField(name)) {
      complain(at, `is not a field: use one of ${Object.keys(STANDARD).join(', ')}, or cf:<name> for another`)
      return []
    }
    return [
      {
        field: name,
        kind: from.kind ?? (isStandard(name) ? STANDARD[name] : 'text'),
        read: optional(`${at}/read`, from.read),
        write: from.write === undefined ? null : pathAt(`${at}/write`, from.write),
        writeAs: from.writeAs === undefined ? null : expression(`${at}/writeAs`, from.writeAs, 'value'),
        title: from.title ?? name.replace(/^cf:/, ''),
        options: from.options ?? null,
      },
    ]
  }
  const visibility = (at: string, rule: VisibilityRule): Read | null => {
    if (rule.read === undefined && (rule.public === undefined) === (rule.internal === undefined)) {
      complain(
        at,
        'needs "read" with the values for "public" and "internal", or one of "public: true" and "internal: true" alone',
      )
    }
    return optional(`${at}/read`, rule.read)
  }
  const element = (
    at: string,
    from: {
      list?: List
      embedded?: string
      count?: string
      id: string
      at: string
      author?: PersonPaths
      visibility: VisibilityRule
    },
  ): Element => {
    if (from.list === undefined && from.embedded === undefined)
      complain(at, 'needs "list" (a call) or "embedded" (a path in the item)')
    return {
      list: from.list === undefined ? null : list(`${at}/list`, from.list),
      embedded: from.embedded === undefined ? null : pathAt(`${at}/embedded`, from.embedded),
      count: from.count === undefined ? null : pathAt(`${at}/count`, from.count),
      id: read(`${at}/id`, from.id),
      at: read(`${at}/at`, from.at),
      author: from.author === undefined ? null : person(`${at}/author`, from.author),
      visibility: visibility(`${at}/visibility`, from.visibility),
    }
  }

  const { item, comments, attachments } = shape
  authProblems(shape, complain)
  if (item.container === undefined && shape.container === undefined) {
    complain('/item/container', 'is missing: give a path, or "container" with one name for all items')
  }
  if (shape.webhook !== undefined)
    for (const [index, ids] of shape.webhook.ids.entries()) pathAt(`/webhook/ids/${index}`, ids)
  if (shape.webhook?.signs !== undefined && !shape.webhook.signs.includes('{body}'))
    complain('/webhook/signs', 'must hold {body}')
  const known = new Map<string, FieldPath>()
  for (const [at, text] of textPaths(shape)) known.set(text, pathAt(at, text))

  return {
    shape,
    item: {
      id: read('/item/id', item.id),
      key: optional('/item/key', item.key),
      url: optional('/item/url', item.url),
      container: optional('/item/container', item.container),
      createdAt: optional('/item/createdAt', item.createdAt),
      updatedAt: optional('/item/updatedAt', item.updatedAt),
      version: optional('/item/version', item.version),
      createdBy: optional('/item/createdBy', item.createdBy),
      deleted: optional('/item/deleted', item.deleted),
    },
    marker: item.marker === undefined ? null : pathAt('/item/marker', item.marker),
    fields: Object.entries(item.fields).flatMap(([name, from]) => field(name, from)),
    people: (item.people ?? []).map((each, index) => person(`/item/people/${index}`, each)),
    list: list('/list', shape.list),
    find: shape.find === undefined ? null : list('/find', shape.find),
    account: shape.account === undefined ? null : person('/account', shape.account),
    comments:
      comments === undefined
        ? null
        : {
            ...element('/comments', comments),
            text: read('/comments/text', comments.text),
            editedAt: optional('/comments/editedAt', comments.editedAt),
          },
    attachments:
      attachments === undefined
        ? null
        : {
            ...element('/attachments', attachments),
            name: read('/attachments/name', attachments.name),
            mediaType: optional('/attachments/mediaType', attachments.mediaType),
            size: optional('/attachments/size', attachments.size),
          },
    path: (text) => known.get(text ?? '') ?? NOWHERE,
  }
}

import { CheckedDeclaration, type DeclarationShape, type List } from './schema.ts'

/** What can be wrong with a declaration, each with its place and what to do. */

export interface Problem {
  /** JSON Pointer into the declaration. */
  readonly at: string
  readonly message: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const MAX_PROBLEMS = 10

export const shapeProblems = (value: unknown): readonly Problem[] =>
  CheckedDeclaration.Errors(value)
    // An unknown member is reported twice; the other report names the member in its place.
    .filter((error) => error.keyword !== 'additionalProperties')
    .slice(0, MAX_PROBLEMS)
    .map((error) => ({
      at: error.instancePath || '/',
      message:
        error.keyword === 'boolean'
          ? 'is not known here: is it misspelled?'
          : `${error.message}${detailOf(error.params)}`,
    }))

const detailOf = (params: unknown): string => {
  if (!isObject(params)) return ''
  const names = params['requiredProperties']
  return Array.isArray(names) ? `: ${names.slice(0, 5).join(', ')}` : ''
}

export type Complain = (at: string, message: string) => void

export const authProblems = (shape: DeclarationShape, complain: Complain): void => {
  const { type, name, username } = shape.auth
  if ((type === 'header' || type === 'query') && name === undefined)
    complain('/auth/name', `is missing: the name of the ${type} that takes the secret`)
  if (type === 'basic' && username === undefined)
    complain('/auth/username', 'is missing: basic authentication needs it')
}

export const pagingProblems = (list: List, at: string, complain: Complain): void => {
  const page = list.page
  if (page === undefined || page.type === 'none' || page.type === 'link') return
  if (page.query === undefined)
    complain(`${at}/page/query`, `is missing: the query member that takes the ${page.type}`)
  if (page.type === 'cursor' && page.next === undefined)
    complain(`${at}/page/next`, 'is missing: where the answer names the next cursor')
}

/** All other members of the shape that hold paths, with their places. */
export const textPaths = (shape: DeclarationShape): readonly (readonly [string, string])[] => {
  const { comments, attachments } = shape
  const writes = [
    ['/create', shape.create],
    ['/patch', shape.patch],
    ['/transition', shape.transition],
    ['/comments/add', comments?.add],
    ['/comments/edit', comments?.edit],
    ['/comments/delete', comments?.delete],
    ['/attachments/delete', attachments?.delete],
  ] as const
  const pages = [
    ['/list', shape.list],
    ['/find', shape.find],
    ['/comments/list', comments?.list],
    ['/attachments/list', attachments?.list],
  ] as const
  const found: readonly (readonly [string, string | undefined])[] = [
    ...writes.flatMap(([at, write]) => [
      [`${at}/wrap`, write?.wrap] as const,
      [`${at}/item`, write?.item] as const,
    ]),
    ...pages.map(([at, list]) => [`${at}/page/next`, list?.page?.next] as const),
    ...(shape.webhook?.ids ?? []).map((ids, index) => [`/webhook/ids/${index}`, ids] as const),
    ['/webhook/deliveryPath', shape.webhook?.deliveryPath],
    ['/get/item', shape.get.item],
    ['/comments/textField', comments?.textField],
    ['/comments/visibility/write', comments?.visibility.write],
    ['/attachments/upload/id', attachments?.upload?.id],
  ]
  return found.flatMap(([at, text]) => (text === undefined ? [] : [[at, text] as const]))
}

/** Problems as one sentence for a person. */
export const problemText = (problems: readonly Problem[]): string =>
  `The declaration has ${problems.length === 1 ? 'a problem' : 'problems'}: ${problems.map((each) => `at ${each.at}: ${each.message}`).join('; ')}`

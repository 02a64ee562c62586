import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** A sentence that the server says, with `{0}`, `{1}` … for what is put into it, and the file (below src/) that says it. */
export interface Sentence {
  readonly text: string
  readonly path: string
}

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const textOf = (quasi: Node): string =>
  (quasi['quasis'] as readonly { readonly value: { readonly cooked: string } }[])
    .map(({ value }, index, all) => (index === all.length - 1 ? value.cooked : `${value.cooked}{${index}}`))
    .join('')

/** What an expression says in words that stand there; what is computed elsewhere is read where it is written. */
const textsOf = (node: Node): readonly string[] => {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
  if (node.type === 'TemplateLiteral') return [textOf(node)]
  if (node.type === 'ConditionalExpression')
    return [node['consequent'], node['alternate']].flatMap((part) => (isNode(part) ? textsOf(part) : []))
  return []
}

/** A refusal (`refuse(code, …)`, `problem(code, …)`) or a sentence marked as one that is shown. */
const saidBy = (node: Node): readonly string[] => {
  const named = (member: string): string | null => {
    const of = node[member]
    return isNode(of) && of.type === 'Identifier' ? String(of['name']) : null
  }
  if (node.type === 'TaggedTemplateExpression' && named('tag') === 'said')
    return isNode(node['quasi']) ? [textOf(node['quasi'])] : []
  const [, detail, more] = node.type === 'CallExpression' ? (node['arguments'] as readonly unknown[]) : []
  const isRefusal = ['refuse', 'problem'].includes(named('callee') ?? '')
  // a reason has words of its own in every language, by its code
  return isRefusal && isNode(detail) && !hasMember(more, 'reason') ? textsOf(detail) : []
}

const hasMember = (object: unknown, name: string): boolean =>
  isNode(object) &&
  object.type === 'ObjectExpression' &&
  (object['properties'] as readonly Node[]).some(({ key }) => isNode(key) && key['name'] === name)

const walk = (value: unknown, visit: (node: Node) => void): void => {
  if (Array.isArray(value)) for (const one of value) walk(one, visit)
  else if (isNode(value)) {
    visit(value)
    for (const member of Object.values(value)) walk(member, visit)
  }
}

export const sentencesIn = (path: string, text: string): readonly Sentence[] => {
  const found: Sentence[] = []
  walk(parseSync(path, text).program, (node) =>
    found.push(...saidBy(node).map((sentence) => ({ text: sentence, path }))),
  )
  return found
}

const src = fileURLToPath(new URL('../../src/', import.meta.url))

/** Of all of src/. */
export const readSentences = (): readonly Sentence[] =>
  readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.includes('.test.'))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      return sentencesIn(file.slice(src.length).split(sep).join('/'), readFileSync(file, 'utf8'))
    })

import { isTreeNode, treeWords } from '../lib/tree-words.ts'

/**
 * Reads members of an answer without trusting that they are there: a command line and a server of different versions
 * still understand each other as far as they can.
 */
export interface Answer {
  text(name: string): string | null
  /** With line ends and all: for files, not for the screen. */
  exact(name: string): string | null
  number(name: string): number | null
  /** Whether the server said anything of it, if only that it is nothing. */
  has(name: string): boolean
  /** True only when the server says so. */
  flag(name: string): boolean
  list(name: string): readonly Answer[]
  texts(name: string): readonly string[]
  object(name: string): Answer
  /** In one line, whatever it is. */
  shown(name: string): string
  readonly raw: unknown
}

/** A tool's text may hold escape codes: they must not reach the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

const oneLine = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return printable(value)
  const text = isTreeNode(value) && value.type === 'root' ? treeWords(value).trim() : JSON.stringify(value)
  return printable(text)
}

export const readAnswer = (value: unknown): Answer => {
  const member = (name: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined
  const array = (name: string): readonly unknown[] => {
    const found = member(name)
    return Array.isArray(found) ? found : []
  }
  return {
    raw: value,
    text: (name) => {
      const found = member(name)
      return typeof found === 'string' ? printable(found) : null
    },
    exact: (name) => {
      const found = member(name)
      return typeof found === 'string' ? found : null
    },
    number: (name) => {
      const found = member(name)
      return typeof found === 'number' ? found : null
    },
    has: (name) => member(name) !== undefined,
    flag: (name) => member(name) === true,
    list: (name) => array(name).map(readAnswer),
    texts: (name) =>
      array(name)
        .filter((item): item is string => typeof item === 'string')
        .map(printable),
    object: (name) => readAnswer(member(name)),
    shown: (name) => oneLine(member(name)),
  }
}

import { existsSync, readFileSync } from 'node:fs'

/** What became of a step beyond its exit code: what was left out, and what failed by name. */
export interface Report {
  readonly skipped: readonly string[]
  readonly failed: readonly Failure[]
}

export interface Failure {
  /** `file > suite > test`, or the place that a compiler names. */
  readonly where: string
  /** The first line of the error; empty where nothing more is known. */
  readonly why: string
}

/** A step that was stopped before it could write has nothing to tell. */
export const readReport = (path: string): Report =>
  existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Report)
    : { skipped: [], failed: [{ where: 'the tests', why: 'ended without a report' }] }

const MOST_LINES = 20
const MOST_CHARACTERS = 300

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
const COLOURS = /\u001b\[[0-9;]*m/g

/** The first line that says something, without colours and the name of the class that every assertion has. */
export const firstLine = (error: string): string =>
  (
    error
      .replaceAll(COLOURS, '')
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  )
    .trim()
    .replace(/^(AssertionError|Error): /, '')

/** How the chapters of a story fail after the one that broke it, which is named itself. */
const FOLLOWS = 'The story broke off earlier'

/** One line each, so that the end of a long log is enough to know what to look at. */
export const failureLines = (all: readonly Failure[]): readonly string[] => {
  const failed = all.filter(({ why }) => !why.startsWith(FOLLOWS))
  const lines = failed.slice(0, MOST_LINES).map(({ where, why }) => {
    const line = why === '' ? where : `${where}: ${why}`
    return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
  })
  const more = failed.length - lines.length
  return more > 0 ? [...lines, `and ${more} more`] : lines
}

/** How a compiler, the linter and the story on real tools say what is wrong. */
const SAID: readonly RegExp[] = [
  /^(?<where>.+?\(\d+,\d+\)): error (?<why>TS\d+: .*)$/,
  /^(?<where>\S+:\d+:\d+) (?<why>lint\/\S+|assist\/\S+|suppressions\/\S+|parse)\b/,
  /^(?<where>\S+) (?<why>format|organizeImports|assist)\s+━/,
  /^FAILED: (?<where>.*)$/,
]

/** What failed, from the words of a step that writes no report. */
export const failuresSaid = (output: string): readonly Failure[] =>
  output
    .replaceAll(COLOURS, '')
    .split('\n')
    .flatMap((line) => {
      const found = SAID.map((pattern) => pattern.exec(line)?.groups).find((groups) => groups !== undefined)
      return found === undefined ? [] : [{ where: found['where'] ?? '', why: found['why'] ?? '' }]
    })

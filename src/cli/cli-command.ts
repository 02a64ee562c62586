import { parseArgs as parseTokens } from 'node:util'
import { type ArgsDef, parseArgs } from 'citty'
import { nearest } from '../lib/nearest.ts'
import { type Api, connectApi } from './api-client.ts'
import { CliStop, EXIT, type ExitCode } from './exit-codes.ts'
import { findServer } from './find-server.ts'
import type { Terminal } from './terminal.ts'

/** One thing the command line can do. The list of all is in `command-list.ts`. */
export interface CliCommand {
  /** `conflicts settle` */
  readonly name: string
  readonly about: string
  readonly args: ArgsDef
  /** Complete lines, without `causeway`. */
  readonly examples: readonly string[]
  readonly run: (call: Call) => Promise<ExitCode>
}

/** One use of a command. */
export interface Call {
  readonly terminal: Terminal
  readonly json: boolean
  text(name: string): string | null
  /** Every value of an option that may be given several times. */
  texts(name: string): readonly string[]
  /** A text the command cannot do without. */
  need(name: string): string
  flag(name: string): boolean
  api(): Api
  /** Prints the answer for programs with --json, else for people. */
  show(answer: unknown, forPeople: () => string): void
}

export const COMMON_ARGS = {
  url: {
    type: 'string',
    description: "The server's address (CAUSEWAY_URL; else the one of this machine)",
    valueHint: 'URL',
  },
  token: {
    type: 'string',
    description: 'The token to use (CAUSEWAY_TOKEN; else the one of this machine)',
    valueHint: 'TOKEN',
  },
  data: { type: 'string', description: 'The data folder (CAUSEWAY_DATA; else ./data)', valueHint: 'FOLDER' },
  json: { type: 'boolean', description: 'Answer in JSON, for programs' },
  help: { type: 'boolean', description: 'Say how to use it' },
} as const satisfies ArgsDef

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const usage = (command: CliCommand, what: string): CliStop =>
  new CliStop(EXIT.usage, what, `causeway ${command.name} --help shows how to use it.`)

/** citty lets unknown options and surplus words pass: a mistyped --dry-run would then be a real run. */
const refuseUnknown = (
  command: CliCommand,
  args: ArgsDef,
  parsed: Readonly<Record<string, unknown>>,
  words: number,
): void => {
  const names = Object.keys(args)
  for (const name of Object.keys(parsed)) {
    if (name === '_' || names.some((known) => known === name || camel(known) === name)) continue
    const guess = nearest(name, names)
    throw usage(command, `There is no option --${name}${guess === null ? '.' : `; did you mean --${guess}?`}`)
  }
  const expected = names.filter((name) => args[name]?.type === 'positional').length
  if (words > expected) throw usage(command, 'There are too many words.')
}

/** citty keeps only the last of an option that is given twice. */
const valuesOf = (args: ArgsDef, rest: readonly string[], name: string): readonly string[] => {
  const options = Object.fromEntries(
    Object.entries(args).flatMap(([option, { type }]) =>
      type === 'positional' ? [] : [[option, { type: type === 'boolean' ? 'boolean' : 'string' }] as const],
    ),
  )
  const { tokens } = parseTokens({ args: [...rest], options, strict: false, tokens: true })
  return tokens.flatMap((token) =>
    token.kind === 'option' && token.name === name && token.value !== undefined ? [token.value] : [],
  )
}

export const callOf = (command: CliCommand, rest: readonly string[], terminal: Terminal): Call => {
  const args: ArgsDef = { ...command.args, ...COMMON_ARGS }
  let parsed: Readonly<Record<string, unknown>> & { readonly _: readonly string[] }
  try {
    parsed = { ...parseArgs([...rest], args) }
  } catch (error) {
    throw usage(
      command,
      error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : 'The options cannot be read.',
    )
  }
  refuseUnknown(command, args, parsed, parsed._.length)
  const text = (name: string): string | null => {
    const value = parsed[name] ?? parsed[camel(name)]
    if (value === '' && args[name]?.type !== 'positional') throw usage(command, `--${name} needs a value.`)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const flag = (name: string): boolean => (parsed[name] ?? parsed[camel(name)]) === true
  const json = flag('json')
  return {
    terminal,
    json,
    text,
    texts: (name) => {
      const values = text(name) === null ? [] : valuesOf(args, rest, name)
      if (values.includes('')) throw usage(command, `--${name} needs a value.`)
      return values
    },
    flag,
    need: (name) => {
      const value = text(name)
      if (value === null) throw usage(command, `${name.toUpperCase()} is missing.`)
      return value
    },
    api: () =>
      connectApi(findServer(terminal, { url: text('url'), token: text('token'), data: text('data') })),
    show: (answer, forPeople) => terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : forPeople()),
  }
}

const optionLine = (name: string, arg: ArgsDef[string]): readonly [string, string] => {
  const hint =
    'valueHint' in arg && arg.valueHint ? ` ${arg.valueHint}` : arg.type === 'boolean' ? '' : ' VALUE'
  return [arg.type === 'positional' ? name.toUpperCase() : `--${name}${hint}`, arg.description ?? '']
}

const aligned = (lines: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...lines.map(([left]) => left.length))
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('')
}

export const helpOf = (command: CliCommand): string => {
  const own = Object.entries(command.args)
  const words = own
    .filter(([, arg]) => arg.type === 'positional')
    .map(([name, arg]) => (arg.required === false ? `[${name.toUpperCase()}]` : name.toUpperCase()))
  const lines = own.map(([name, arg]) => optionLine(name, arg))
  return [
    `${command.about}\n\nUsage: causeway ${[command.name, ...words].join(' ')} [options]\n`,
    ...(lines.length > 0 ? [`\n${aligned(lines)}`] : []),
    `\nAlways:\n${aligned(Object.entries(COMMON_ARGS).map(([name, arg]) => optionLine(name, arg)))}`,
    `\nExamples:\n${command.examples.map((example) => `  causeway ${example}\n`).join('')}`,
  ].join('')
}

export const overview = (commands: readonly CliCommand[]): string =>
  [
    'Causeway: the road between support and engineering.\n\nUsage: causeway COMMAND [options]\n\n',
    aligned(commands.map(({ name, about }) => [name, about])),
    '\n`causeway COMMAND --help` shows options and examples. Exit codes: 0 fine, 1 failed, 2 wrong usage,\n',
    '3 found something for a person (holds, conflicts, differences), 4 not reachable, 5 refused.\n',
  ].join('')

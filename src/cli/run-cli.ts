import { nearest } from '../lib/nearest.ts'
import { type CliCommand, callOf, helpOf, overview } from './cli-command.ts'
import { COMMANDS } from './command-list.ts'
import { CliStop, EXIT, type ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** Finds the command by the longest name that fits: `conflicts settle` before `conflicts`. */
const findCommand = (
  words: readonly string[],
): { readonly command: CliCommand; readonly rest: readonly string[] } | null => {
  for (const length of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command !== undefined) return { command, rest: words.slice(length) }
  }
  return null
}

const complain = (terminal: Terminal, stop: CliStop, json: boolean): void => {
  if (json)
    terminal.out(`${JSON.stringify({ error: stop.message, todo: stop.todo, lines: stop.lines }, null, 2)}\n`)
  terminal.err(
    [stop.message, ...stop.lines.map((line) => `  ${line}`), ...(stop.todo === '' ? [] : [stop.todo])]
      .join('\n')
      .concat('\n'),
  )
}

/** Runs one command line and gives its exit code. Throws nothing. */
export const runCli = async (words: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const [first] = words
  if (first === undefined || first === '--help' || first === 'help') {
    terminal.out(overview(COMMANDS))
    return first === undefined ? EXIT.usage : EXIT.fine
  }
  const found = findCommand(words)
  if (found === null) {
    const guess = nearest(
      first,
      COMMANDS.map(({ name }) => name.split(' ')[0] ?? name),
    )
    terminal.err(
      `There is no command '${first}'${guess === null ? '' : `; did you mean '${guess}'?`}\n\`causeway --help\` lists them all.\n`,
    )
    return EXIT.usage
  }
  const { command, rest } = found
  if (rest.includes('--help')) {
    terminal.out(helpOf(command))
    return EXIT.fine
  }
  try {
    return await command.run(callOf(command, rest, terminal))
  } catch (error) {
    if (error instanceof CliStop) {
      complain(terminal, error, rest.includes('--json'))
      return error.exit
    }
    terminal.err(
      `${error instanceof Error ? error.message : String(error)}\nThis should not happen. Please report it with the command you typed.\n`,
    )
    return EXIT.failed
  }
}

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { helpOf, overview } from '../src/cli/cli-command.ts'
import { COMMANDS } from '../src/cli/command-list.ts'

/**
 * Writes docs/operating/command-line.md from the commands themselves, so that it says what they do.
 * `node tools/write-command-line-docs.ts` writes it; a test says when it is behind.
 */
export const COMMAND_LINE_FILE = fileURLToPath(new URL('../docs/operating/command-line.md', import.meta.url))

const fenced = (text: string): string => `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`

/** What every command takes is said once, at the top. */
const withoutCommon = (help: string): string => help.replace(/\nAlways:\n[\s\S]*?\n\n/, '\n')

export const commandLineText = (): string =>
  [
    '# The command line\n',
    'Made from the commands themselves by `tools/write-command-line-docs.ts`.\n',
    fenced(overview(COMMANDS)),
    'Every command takes `--url`, `--token`, `--data`, `--json` and `--help`. On the machine where Causeway runs none',
    'of them is needed: address and token are in `local.json` of the data folder.\n',
    ...COMMANDS.map((command) => `## causeway ${command.name}\n\n${fenced(withoutCommon(helpOf(command)))}`),
  ].join('\n')

export const isCommandLineUpToDate = (): boolean => {
  try {
    return readFileSync(COMMAND_LINE_FILE, 'utf8') === commandLineText()
  } catch {
    return false
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(COMMAND_LINE_FILE, commandLineText())
  process.stdout.write(`Wrote ${COMMAND_LINE_FILE}\n`)
}

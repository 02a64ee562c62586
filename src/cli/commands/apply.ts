import { readFile } from 'node:fs/promises'
import { namesInText } from '../../configuration/names-in-text.ts'
import { shapeErrors } from '../../configuration/parse.ts'
import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { count } from '../table.ts'

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new CliStop(EXIT.usage, `${file} cannot be read (${code}).`, 'Check the name and its rights.')
  }
}

/** Only the variables the file names leave this machine. */
const valuesFor = (call: Call, yaml: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    namesInText(yaml).flatMap((name) => {
      const value = call.terminal.env[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )

/** The server judges the whole; what the text alone shows to be wrong is told at once, even without a server. */
const checkShape = (file: string, yaml: string): void => {
  const errors = shapeErrors(yaml)
  if (errors.length === 0) return
  throw new CliStop(
    EXIT.refused,
    `${file} is not applied.`,
    '',
    errors.map(
      ({ line, column, path, what, todo }) =>
        `${file}:${line}:${column}  ${path === '' ? '' : `${path}: `}${what}. ${todo}`,
    ),
  )
}

const HOW: Readonly<Record<string, string>> = { added: '+', changed: '~', removed: '-' }

const EFFECTS = [
  ['here', 'set here'],
  ['there', 'sent there'],
  ['held', 'would wait'],
  ['asked', 'asked of people'],
] as const

const describeReach = (line: Answer, dryRun: boolean): string => {
  const again = `${count(line.number('mirrors') ?? 0, 'item')} ${dryRun ? 'would be' : 'will be'} looked at again`
  const measured = line.number('measured')
  const touched = measured === null ? '' : `; ${line.number('touched') ?? 0} of ${measured} would change`
  const fields = line.list('fields').map((field) => {
    const effects = EFFECTS.flatMap(([name, words]) => {
      const n = field.number(name) ?? 0
      return n === 0 ? [] : [`${n} ${words}`]
    })
    return `      ${field.text('field') ?? ''}: ${effects.join(', ')}\n`
  })
  return [`  ${line.text('connection') ?? ''}: ${again}${touched}\n`, ...fields].join('')
}

const describe = (answer: Answer, dryRun: boolean): string => {
  const changes = answer.list('changes')
  if (changes.length === 0) return 'Nothing to change: everything is as the file says.\n'
  const lines = changes.map((change) => {
    const words = change.texts('words').map((word) => `      ${word}\n`)
    return `  ${HOW[change.text('how') ?? ''] ?? '?'} ${change.text('noun') ?? ''} ${change.text('key') ?? ''}\n${words.join('')}`
  })
  const reach = answer.list('reach').map((line) => describeReach(line, dryRun))
  const end = dryRun
    ? `${count(changes.length, 'change')} would be made. Nothing was changed.\n`
    : `${count(changes.length, 'change')} made.\n`
  return [...lines, ...(reach.length > 0 ? ['\n', ...reach] : []), '\n', end].join('')
}

const run = async (call: Call): Promise<ExitCode> => {
  const file = call.need('file')
  const dryRun = call.flag('dry-run')
  const yaml = await readText(file)
  checkShape(file, yaml)
  const body = { yaml, dryRun, prune: call.flag('prune'), secrets: valuesFor(call, yaml) }
  const answer = readAnswer(await call.api().post('/api/v1/configuration', body))
  call.show(answer.raw, () => describe(answer, dryRun))
  return dryRun && answer.list('changes').length > 0 ? EXIT.foundProblems : EXIT.fine
}

export const applyCommand: CliCommand = {
  name: 'apply',
  about: 'Make the configuration what a file says',
  args: {
    file: { type: 'positional', description: 'The YAML file', required: false },
    'dry-run': {
      type: 'boolean',
      description: 'Say what would change, change nothing (exit code 3 when something would)',
    },
    prune: { type: 'boolean', description: 'Also remove what the file does not name' },
  },
  examples: ['apply causeway.yaml --dry-run', 'apply causeway.yaml', 'apply causeway.yaml --prune --dry-run'],
  run,
}

import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { table } from '../table.ts'
import { mirrorName } from './holds.ts'

const conflictTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'ID', of: (row) => row.text('id') },
    { title: 'RECORD', of: (row) => mirrorName(row) },
    { title: 'FIELD', of: (row) => row.text('field') },
    { title: 'WHAT', of: (row) => (row.flag('overwritten') ? 'edit replaced' : 'both changed') },
    { title: 'BEFORE', of: (row) => row.shown('base') },
    { title: 'HERE', of: (row) => row.shown('hub') },
    { title: 'THERE', of: (row) => row.shown('tool') },
    { title: 'CONNECTION', of: (row) => row.text('connection') },
    { title: 'SINCE', of: (row) => row.text('openedAt') },
  ])

const quoted = (text: string): string => (text === '' ? 'nothing' : `“${text}”`)

/** Both sides look alike by now, so the table alone would not tell what there is to decide. */
const replacedEdit = (row: Answer): string => {
  const whose = row.text('replacedBy')
  return [
    `  ${row.text('id') ?? ''}: somebody wrote ${quoted(row.shown('tool'))} in ${row.text('connection') ?? ''} while `,
    `${quoted(row.shown('hub'))}${whose === null ? '' : ` of ${whose}`} was on its way and replaced it; both sides show ours now.\n`,
  ].join('')
}

/** An integrator is told that there is one, not its words. */
const replacedEdits = (rows: readonly Answer[]): string => {
  const replaced = rows.filter((row) => row.flag('overwritten') && row.has('tool'))
  return replaced.length === 0
    ? ''
    : `\nReplaced edits: --take tool gives one back, --take hub lets it go. The tool's history says whose it was.\n${replaced.map(replacedEdit).join('')}`
}

const list = async (call: Call): Promise<ExitCode> => {
  const answer = readAnswer(
    await call.api().get('/api/v1/conflicts', { connection: call.text('connection'), limit: '200' }),
  )
  const conflicts = answer.list('items')
  call.show(answer.raw, () =>
    conflicts.length === 0
      ? 'No open conflicts.\n'
      : `${conflictTable(conflicts)}${replacedEdits(conflicts)}\nSettle one with \`causeway conflicts settle ID --take hub\` (or tool, base, or --value TEXT).\n`,
  )
  return conflicts.length > 0 ? EXIT.foundProblems : EXIT.fine
}

const TAKES = ['hub', 'tool', 'base', 'value']

const settle = async (call: Call): Promise<ExitCode> => {
  const id = call.need('id')
  const value = call.text('value')
  const take = call.text('take') ?? (value === null ? null : 'value')
  if (take === null || !TAKES.includes(take))
    throw new CliStop(
      EXIT.usage,
      'Which side counts is missing.',
      'Add --take hub, tool or base, or --value TEXT.',
    )
  if ((take === 'value') !== (value !== null))
    throw new CliStop(EXIT.usage, '--value goes with --take value, and only with it.', 'Give one of the two.')
  const answer = await call.api().post(`/api/v1/conflicts/${encodeURIComponent(id)}/settle`, {
    choice: take,
    ...(value === null ? {} : { value }),
  })
  call.show(answer, () => 'Settled. Both sides will show it in a moment.\n')
  return EXIT.fine
}

export const conflictsCommand: CliCommand = {
  name: 'conflicts',
  about: 'Fields that both sides changed and a person decides',
  args: { connection: { type: 'string', description: 'Of this connection only', valueHint: 'KEY' } },
  examples: ['conflicts', 'conflicts settle 0190… --take tool'],
  run: list,
}

export const listConflictsCommand: CliCommand = { ...conflictsCommand, name: 'conflicts list' }

export const settleCommand: CliCommand = {
  name: 'conflicts settle',
  about: 'Decide a conflict',
  args: {
    id: { type: 'positional', description: 'Id of the conflict', required: false },
    take: {
      type: 'string',
      description:
        'hub: what stands here; tool: what stands there; base: what stood before; value: see --value',
      valueHint: 'hub|tool|base|value',
    },
    value: { type: 'string', description: 'A value of its own', valueHint: 'TEXT' },
  },
  examples: ['conflicts settle 0190… --take hub', 'conflicts settle 0190… --value "Export fails over 1 MB"'],
  run: settle,
}

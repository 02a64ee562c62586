import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { table } from '../table.ts'

export const keyOf = (row: Answer): string =>
  row.text('key') ?? row.object('record').text('key') ?? row.text('remoteKey') ?? ''

export const holdsCommand: CliCommand = {
  name: 'holds',
  about: 'Fields that wait, each with its reason and what to do',
  args: { connection: { type: 'string', description: 'Of this connection only', valueHint: 'KEY' } },
  examples: ['holds', 'holds --connection engineering'],
  run: async (call) => {
    const answer = readAnswer(await call.api().get('/api/v1/holds', { connection: call.text('connection') }))
    const holds = answer.list('items')
    call.show(answer.raw, () =>
      holds.length === 0
        ? 'Nothing waits.\n'
        : holds
            .map((row) => {
              const head = [keyOf(row), row.text('field'), row.text('connection')].filter(Boolean).join('  ')
              return `${head}\n  ${row.text('reason') ?? ''}\n  ${row.text('nextStep') ?? ''}\n`
            })
            .join('\n') + (answer.text('next') === null ? '' : '\n… and more; see --json.\n'),
    )
    return holds.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}

export const conflictTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'ID', of: (row) => row.text('id') },
    { title: 'RECORD', of: keyOf },
    { title: 'FIELD', of: (row) => row.text('field') },
    { title: 'BEFORE', of: (row) => row.shown('base') },
    { title: 'HERE', of: (row) => row.shown('hub') },
    { title: 'THERE', of: (row) => row.shown('tool') },
    { title: 'CONNECTION', of: (row) => row.text('connection') },
    { title: 'SINCE', of: (row) => row.text('openedAt') },
  ])

import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { table } from '../table.ts'

const who = (row: Answer): string =>
  row.text('by') ?? row.object('by').text('name') ?? row.object('actor').text('name') ?? ''

const run = async (call: Call): Promise<ExitCode> => {
  const key = call.need('key')
  const answer = readAnswer(
    await call.api().get(`/api/v1/why/${encodeURIComponent(key)}`, { field: call.text('field') }),
  )
  const fields = answer.list('fields')
  call.show(answer.raw, () => {
    if (fields.length === 0) return `Nothing has been written to ${key} yet.\n`
    return table(fields, [
      { title: 'FIELD', of: (row) => row.text('field') },
      { title: 'VALUE', of: (row) => row.shown('value') },
      { title: 'BY', of: who },
      { title: 'FROM', of: (row) => row.text('from') ?? row.text('connection') },
      { title: 'RULE', of: (row) => row.text('rule') },
      { title: 'WHEN', of: (row) => row.text('at') },
      { title: 'WAITS', of: (row) => row.text('hold') ?? row.object('hold').text('reason') },
    ])
  })
  return fields.some((row) => row.shown('hold') !== '' || row.shown('conflict') !== '')
    ? EXIT.foundProblems
    : EXIT.fine
}

export const whyCommand: CliCommand = {
  name: 'why',
  about: 'Who set a field of a record, where, and by which rule',
  args: {
    key: { type: 'positional', description: 'Key of a ticket or work item, here or there', required: false },
    field: { type: 'positional', description: 'One field; left out: all', required: false },
  },
  examples: ['why T-12', 'why T-12 severity'],
  run,
}

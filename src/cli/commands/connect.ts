import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { count, table } from '../table.ts'
import { startProgress } from '../terminal.ts'

/** `key:cf:TicketKey`, `title`, `title:24` (hours apart at most). */
const readMatch = (match: string): Readonly<Record<string, unknown>> => {
  const [by, ...rest] = match.split(':')
  const detail = rest.join(':')
  if (by === 'key' && detail !== '') return { by: 'key', field: detail }
  if (by === 'title' && (detail === '' || /^[1-9][0-9]{0,3}$/.test(detail)))
    return { by: 'title', withinHours: detail === '' ? 24 : Number(detail) }
  throw new CliStop(
    EXIT.usage,
    `--match ${match} cannot be read.`,
    'Use key:FIELD (a field there that holds our key, e.g. key:cf:TicketKey), or title, or title:HOURS.',
  )
}

const pairTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'DESK', of: (row) => row.object('desk').text('key') },
    { title: 'TRACKER', of: (row) => row.object('tracker').text('key') },
    { title: 'TITLE', of: (row) => row.object('desk').text('title') },
    { title: 'BECAUSE', of: (row) => row.text('because') },
  ])

const unclearTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'DESK', of: (row) => row.object('desk').text('key') },
    { title: 'TITLE', of: (row) => row.object('desk').text('title') },
    { title: 'UNCLEAR BECAUSE', of: (row) => row.text('reason') },
  ])

const run = async (call: Call): Promise<ExitCode> => {
  const connection = call.need('connection')
  const match = readMatch(call.need('match'))
  const apply = call.flag('yes')
  const other = call.text('with')
  const progress = startProgress(call.terminal)
  const answer = await call
    .api()
    .postLong(
      `/api/v1/connections/${encodeURIComponent(connection)}/match`,
      { ...match, apply, ...(other === null ? {} : { with: other }) },
      (told) => {
        const line = readAnswer(told)
        progress.step(line.text('step') ?? 'working', line.number('done') ?? 0, line.number('total'))
      },
    )
    .then(readAnswer)
    .finally(() => progress.end())
  const found = answer.list('pairs')
  const unclear = answer.list('unclear')
  call.show(answer.raw, () =>
    [
      found.length === 0 ? 'No pairs found.\n' : `${pairTable(found)}\n`,
      unclear.length > 0 ? `${count(unclear.length, 'item')} left alone:\n${unclearTable(unclear)}\n` : '',
      found.length === 0
        ? ''
        : apply
          ? `${count(found.length, 'pair')} connected. The first look at each finds what differs; nothing is overwritten unasked.\n`
          : `${count(found.length, 'pair')} would be connected. Add --yes to connect them.\n`,
    ].join(''),
  )
  return unclear.length > 0 || (!apply && found.length > 0) ? EXIT.foundProblems : EXIT.fine
}

export const connectCommand: CliCommand = {
  name: 'connect',
  about: 'Find tickets and work items that people kept in step by hand, and join them',
  args: {
    connection: { type: 'positional', description: 'Key of a connection', required: false },
    match: {
      type: 'string',
      description: 'How to find pairs: key:FIELD, title, or title:HOURS',
      valueHint: 'HOW',
    },
    with: {
      type: 'string',
      description: 'The connection of the other side, where there are several',
      valueHint: 'KEY',
    },
    yes: { type: 'boolean', description: 'Connect them; without it you only see them' },
  },
  examples: ['connect engineering --match key:cf:TicketKey', 'connect engineering --match title:48 --yes'],
  run,
}

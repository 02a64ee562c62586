import { readFile } from 'node:fs/promises'
import { readCsv } from '../../lib/csv.ts'
import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { count, table } from '../table.ts'
import { startProgress } from '../terminal.ts'

const HOURS = /^[1-9][0-9]{0,3}$/

/** `key:cf:TicketKey`, `link`, `title`, `title:24` (hours apart at most), `text`, `text:336`. */
const readMatch = (match: string): Readonly<Record<string, unknown>> => {
  const [by, ...rest] = match.split(':')
  const detail = rest.join(':')
  if (by === 'key' && detail !== '') return { by, field: detail }
  if (by === 'link' && detail === '') return { by }
  if ((by === 'title' || by === 'text') && (detail === '' || HOURS.test(detail)))
    return { by, ...(detail === '' ? {} : { withinHours: Number(detail) }) }
  throw new CliStop(
    EXIT.usage,
    `--match ${match} cannot be read.`,
    'Use key:FIELD (a field there that holds our key, e.g. key:cf:TicketKey), link, title, title:HOURS, text, or text:HOURS.',
  )
}

/** More are asked for in several goes. */
const MAX_PAIRS = 20_000

/** The columns that hold the keys: by the names in the first line where they are given, else the first two. */
const readPairs = async (
  path: string,
  columns: string | null,
): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CliStop(
      EXIT.usage,
      `${path} cannot be read: ${String(error)}.`,
      'Name a CSV file of key pairs.',
    )
  })
  const rows = readCsv(text)
  const [first = []] = rows
  const [deskName, trackerName, ...more] =
    columns === null ? [] : columns.split(',').map((name) => name.trim())
  const isNamed = deskName !== undefined && trackerName !== undefined && more.length === 0
  const at = isNamed ? [first.indexOf(deskName), first.indexOf(trackerName)] : [0, 1]
  const [desk = -1, tracker = -1] = at
  if ((columns !== null && !isNamed) || desk < 0 || tracker < 0)
    throw new CliStop(
      EXIT.usage,
      `--columns ${columns} does not name two columns of ${path}.`,
      `Its first line has: ${first.join(', ').slice(0, 200)}. Name the desk’s, then the tracker’s: --columns "${first[0] ?? 'A'},${first[1] ?? 'B'}".`,
    )
  const pairs = (isNamed ? rows.slice(1) : rows).flatMap((row) => {
    const [one, other] = [row[desk] ?? '', row[tracker] ?? '']
    return one === '' || other === '' ? [] : [{ desk: one, tracker: other }]
  })
  if (pairs.length === 0)
    throw new CliStop(
      EXIT.usage,
      `${path} holds no pair of keys.`,
      'It needs two columns: the desk’s keys, the tracker’s keys.',
    )
  if (pairs.length > MAX_PAIRS)
    throw new CliStop(
      EXIT.usage,
      `${path} holds ${pairs.length} pairs.`,
      `Split it into files of at most ${MAX_PAIRS} lines.`,
    )
  return { by: 'list', pairs }
}

/** How pairs are found: exactly one of the two ways. */
const wayOf = (
  call: Call,
): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>> => {
  const [match, pairs] = [call.text('match'), call.text('pairs')]
  if (match !== null && pairs !== null)
    throw new CliStop(EXIT.usage, '--match and --pairs are two ways to find pairs.', 'Give one of them.')
  return pairs === null ? readMatch(call.need('match')) : readPairs(pairs, call.text('columns'))
}

const leastOf = (call: Call): Readonly<Record<string, unknown>> => {
  const text = call.text('least')
  if (text === null) return {}
  const percent = Number(text.replace(/%$/, ''))
  if (Number.isFinite(percent) && percent >= 30 && percent <= 100) return { least: percent / 100 }
  throw new CliStop(EXIT.usage, `--least ${text} cannot be read.`, 'Give a number of per cent, 30 to 100.')
}

const pairTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'DESK', of: (row) => row.object('desk').text('key') },
    { title: 'TRACKER', of: (row) => row.object('tracker').text('key') },
    { title: 'TITLE', of: (row) => row.object('desk').text('title') },
    { title: 'BECAUSE', of: (row) => row.text('because') },
    { title: 'SURE', of: (row) => `${Math.round((row.number('confidence') ?? 0) * 100)} %` },
  ])

const unclearTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'DESK', of: (row) => row.object('desk').text('key') },
    { title: 'TITLE', of: (row) => row.object('desk').text('title') },
    { title: 'UNCLEAR BECAUSE', of: (row) => row.text('reason') },
  ])

const run = async (call: Call): Promise<ExitCode> => {
  const connection = call.need('connection')
  const match = { ...(await wayOf(call)), ...leastOf(call) }
  const apply = call.flag('yes')
  const write = call.flag('write')
  const other = call.text('with')
  const progress = startProgress(call.terminal)
  const answer = await call
    .api()
    .postLong(
      `/api/v1/connections/${encodeURIComponent(connection)}/match`,
      { ...match, apply, write, ...(other === null ? {} : { with: other }) },
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
          ? `${count(found.length, 'pair')} connected. ${write ? 'What crosses is now shown on both sides.' : 'Nothing is written to either tool until something changes.'}\n`
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
      description: 'How to find pairs: key:FIELD, link, title[:HOURS], or text[:HOURS]',
      valueHint: 'HOW',
    },
    pairs: {
      type: 'string',
      description: 'Pairs from a CSV file instead: the desk’s keys, the tracker’s keys',
      valueHint: 'FILE',
    },
    columns: {
      type: 'string',
      description: 'Names of the two columns in that file, where they are not the first two',
      valueHint: 'DESK,TRACKER',
    },
    least: {
      type: 'string',
      description: 'With text: how sure at least, in per cent (60)',
      valueHint: 'PERCENT',
    },
    with: {
      type: 'string',
      description: 'The connection of the other side, where there are several',
      valueHint: 'KEY',
    },
    yes: { type: 'boolean', description: 'Connect them; without it you only see them' },
    write: {
      type: 'boolean',
      description:
        'Show at once on both sides what crosses; without it, neither tool is written to until something changes',
    },
  },
  examples: [
    'connect engineering --match key:cf:TicketKey',
    'connect engineering --match text --least 75',
    'connect engineering --pairs links.csv --columns "Ticket,Issue" --yes',
  ],
  run,
}

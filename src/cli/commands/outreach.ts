import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'
import { table } from '../table.ts'
import { allPages, findRelease, RELEASE_ARGS } from './find-release.ts'

const STANDINGS = ['has it', 'must upgrade', 'gets it']

const ARGS = {
  ...RELEASE_ARGS,
  standing: {
    type: 'string',
    description: 'Only customers who stand so to it',
    valueHint: STANDINGS.join('|'),
  },
} as const satisfies CliCommand['args']

const waiting = async (call: Call): Promise<readonly Answer[]> => {
  const standing = call.text('standing')
  if (standing !== null && !STANDINGS.includes(standing))
    throw new CliStop(EXIT.usage, `--standing ${standing} is none.`, `One of: ${STANDINGS.join(', ')}.`)
  const release = call.text('release') === null ? null : await findRelease(call)
  return allPages(call, '/api/v1/outreach', { state: 'proposed', release, standing })
}

const whom = (row: Answer): string =>
  joined([row.object('contact').text('name'), row.object('customer').text('name')], ', ')

const keys = (row: Answer): string =>
  row
    .list('tickets')
    .map((ticket) => ticket.text('key'))
    .join(' ')

export const outreachCommand: CliCommand = {
  name: 'outreach',
  about: 'Messages to customers about releases that wait to be sent',
  args: ARGS,
  examples: ['outreach', 'outreach 4.3 --standing "has it"'],
  run: async (call) => {
    const rows = await waiting(call)
    call.show({ items: rows.map((row) => row.raw) }, () =>
      rows.length === 0
        ? 'Nothing waits to be told.\n'
        : table(rows, [
            { title: 'RELEASE', of: (row) => row.object('release').text('name') },
            { title: 'STANDING', of: (row) => row.text('standing') },
            { title: 'TO', of: whom },
            { title: 'TICKETS', of: keys },
            { title: 'GOES', of: (row) => row.text('dueAt') },
          ]),
    )
    return EXIT.fine
  },
}

const MOST_AT_ONCE = 500

export const sendOutreachCommand: CliCommand = {
  name: 'outreach send',
  about: 'Send the messages about a release that wait, as they were proposed',
  args: ARGS,
  examples: ['outreach send 4.3', 'outreach send 4.3 --standing "must upgrade"'],
  run: async (call) => {
    call.need('release')
    const rows = await waiting(call)
    const notices = rows.map((row) => ({ id: row.text('id'), revision: row.number('revision') }))
    const answers: Answer[] = []
    for (let at = 0; at < notices.length; at += MOST_AT_ONCE)
      answers.push(
        readAnswer(
          await call.api().post('/api/v1/outreach/send', { notices: notices.slice(at, at + MOST_AT_ONCE) }),
        ),
      )
    const left = answers.flatMap((answer) => answer.list('left'))
    const sent = notices.length - left.length
    call.show({ sent, left: left.map((one) => one.raw) }, () =>
      [
        sent === 1 ? '1 message goes.' : `${sent} messages go.`,
        ...left.map((one) => `Left: ${one.text('detail') ?? ''}`),
        '',
      ].join('\n'),
    )
    return left.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}

const told = (row: Answer): string => {
  const said = row.object('told')
  if (said.text('at') !== null)
    return joined(
      [said.text('standing'), said.text('at'), said.object('by').text('name'), said.text('answer')],
      ' · ',
    )
  if (row.flag('isProposed')) return 'waits to be sent'
  return joined([row.text('reason') ?? 'not yet', row.text('why')], ': ')
}

export const outreachReportCommand: CliCommand = {
  name: 'outreach report',
  about: 'The fixes of a release, the tickets behind them, and who was told when by whom, or why not',
  args: RELEASE_ARGS,
  examples: ['outreach report 4.3'],
  run: async (call) => {
    call.need('release')
    const path = `/api/v1/releases/${await findRelease(call)}/outreach`
    const coverage = readAnswer(await call.api().get(path)).object('coverage')
    const rows = await allPages(call, `${path}/report`)
    call.show({ coverage: coverage.raw, items: rows.map((row) => row.raw) }, () =>
      [
        `${coverage.number('inTime') ?? 0} of ${coverage.number('affected') ?? 0} customers were told within one business day of their fix; ${coverage.number('pending') ?? 0} are not told yet and have time; ${coverage.number('optedOut') ?? 0} want no messages.\n`,
        rows.length === 0
          ? 'No ticket stands behind what is new in it.\n'
          : table(rows, [
              { title: 'FIX', of: (row) => row.object('workItem').text('key') },
              { title: 'TICKET', of: (row) => row.object('ticket').text('key') },
              { title: 'CUSTOMER', of: whom },
              { title: 'TOLD', of: told },
            ]),
      ].join('\n'),
    )
    return EXIT.fine
  },
}

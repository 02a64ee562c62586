import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { table } from '../table.ts'
import { allPages } from './find-release.ts'

const demand = (what: string) => (row: Answer) => row.object('demand').number(what)

export const wishesCommand: CliCommand = {
  name: 'wishes',
  about: 'What customers wish for, with who wants it; each figure by itself',
  args: {
    order: {
      type: 'string',
      description: 'The column with the most first (else the newest)',
      valueHint: 'customers, tickets, revenue, important',
    },
  },
  examples: ['wishes', 'wishes --order customers'],
  run: async (call) => {
    const items = await allPages(call, '/api/v1/enhancements', { order: call.text('order') })
    call.show({ items: items.map(({ raw }) => raw) }, () =>
      items.length === 0
        ? 'Nobody wishes for anything that is written down.\n'
        : table(items, [
            { title: 'KEY', of: (row) => row.text('key') },
            { title: 'STANDING', of: (row) => row.text('standing') },
            { title: 'CUSTOMERS', of: demand('customers') },
            { title: 'TICKETS', of: demand('tickets') },
            { title: 'REVENUE', of: demand('revenue') },
            { title: 'RELEASE', of: (row) => row.object('release').text('name') },
            { title: 'TITLE', of: (row) => row.text('title') },
          ]),
    )
    return EXIT.fine
  },
}

const DECISIONS = ['accept', 'decline'] as const

export const decideWishCommand: CliCommand = {
  name: 'wishes decide',
  about: 'Accept or decline a wish; everybody who asked reads why, once',
  args: {
    wish: { type: 'positional', description: 'Key of the wish', required: false },
    decision: { type: 'string', description: 'What becomes of it', valueHint: 'accept or decline' },
    words: { type: 'string', description: 'What everybody who asked reads (Markdown)', valueHint: 'TEXT' },
  },
  examples: [
    'wishes decide R-12 --decision accept --words "We build it next; you hear of its release here."',
  ],
  run: async (call) => {
    const given = call.need('decision')
    const decision = DECISIONS.find((one) => one === given)
    if (decision === undefined)
      throw new CliStop(EXIT.usage, `--decision ${given} is none.`, 'Write --decision accept or decline.')
    const wish = readAnswer(
      await call.api().post(`/api/v1/enhancements/${encodeURIComponent(call.need('wish'))}/decide`, {
        ...{ decision, words: call.need('words') },
      }),
    )
    call.show(
      wish.raw,
      () => `${wish.text('key')} is ${wish.text('standing')}; everybody who asked is told once.\n`,
    )
    return EXIT.fine
  },
}

import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, pathOf, REF_KEY, type Words } from '../body-of.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { priorityOf, standingOf, ticketText, wordsOn, wordsText } from '../record-text.ts'
import { table } from '../table.ts'

const FILTERS = {
  state: { about: 'In this state only', hint: 'STATE' },
  owner: { about: 'An id, `me` or `nobody`', hint: 'OWNER' },
  severity: { about: 'Of this severity only', hint: 'SEVERITY' },
  text: { about: 'Part of the title, or the key' },
} as const satisfies Words

const ticketTable = (rows: readonly Answer[]): string =>
  table(rows, [
    { title: 'KEY', of: (row) => row.text('key') },
    { title: 'TITLE', of: (row) => row.text('title') },
    { title: 'STATE', of: standingOf },
    { title: 'PRIORITY', of: (row) => priorityOf(row, row) },
    { title: 'CUSTOMER', of: (row) => row.text('customer') },
    { title: 'OWNER', of: (row) => row.text('owner') },
    { title: 'ENGINEERING', of: (row) => row.text('engineeringStatus') },
    { title: 'WORK ITEM', of: (row) => row.text('workItem') },
  ])

export const ticketsCommand: CliCommand = {
  name: 'tickets',
  about: 'Tickets, the latest changed first',
  args: optionsOf(FILTERS),
  examples: ['tickets', 'tickets --owner me --state open', 'tickets --text export'],
  run: async (call) => {
    const query = { ...bodyOf(call, FILTERS), limit: '100' }
    const answer = readAnswer(await call.api().get('/api/v1/tickets', query))
    const rows = answer.list('items')
    call.show(answer.raw, () =>
      rows.length === 0
        ? 'No tickets.\n'
        : `${ticketTable(rows)}${answer.text('next') === null ? '' : '\n… and more: narrow it with an option.\n'}`,
    )
    return EXIT.fine
  },
}

export const showTicketCommand: CliCommand = {
  name: 'tickets show',
  about: 'One ticket: whose move it is, what engineering says, and the words on it',
  args: { key: REF_KEY },
  examples: ['tickets show T-12'],
  run: async (call) => {
    const path = pathOf('tickets', call)
    const ticket = readAnswer(await call.api().get(path))
    const timeline = call.json ? null : await wordsOn(call, path)
    call.show(ticket.raw, () => ticketText(ticket) + (timeline === null ? '' : wordsText(timeline)))
    return EXIT.fine
  },
}

const SAID = {
  description: { about: 'What the customer says, in Markdown' },
  kind: { about: 'What it is', hint: 'incident|question|…' },
  contact: { about: 'Who asks: an e-mail', hint: 'EMAIL' },
  customer: { about: 'Key of a customer', hint: 'KEY' },
  product: { about: 'Key of a product', hint: 'KEY' },
  component: { about: 'Key of a component', hint: 'KEY' },
  version: { about: 'The version the customer runs' },
  environment: { about: 'Where it runs' },
  severity: { about: 'How bad it is for the customer', hint: 'critical|high|medium|low' },
  owner: { about: 'Who takes it: an e-mail', hint: 'EMAIL' },
} as const satisfies Words

export const newTicketCommand: CliCommand = {
  name: 'tickets new',
  about: 'Write down what a customer asks',
  args: {
    title: { type: 'positional', description: 'In one line', required: false },
    ...optionsOf(SAID),
  },
  examples: [
    'tickets new "Export fails over 1 MB" --contact maria@northwind.example --component export --severity high',
  ],
  run: async (call) => {
    const body = { title: call.need('title'), description: '', ...bodyOf(call, SAID) }
    const ticket = readAnswer(await call.api().post('/api/v1/tickets', body))
    call.show(ticket.raw, () => ticketText(ticket))
    return EXIT.fine
  },
}

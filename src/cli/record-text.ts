import { type Answer, readAnswer } from './answer-reader.ts'
import type { Call } from './cli-command.ts'

/** Records as people read them on a screen. */

/** The words that are there, one after the other. */
export const joined = (parts: readonly (string | null)[], between = ', '): string =>
  parts.filter((part) => part !== null && part !== '').join(between)

const line = (about: string, text: string): string => (text === '' ? '' : `  ${about.padEnd(12)}${text}\n`)

/** A text of several lines; escape codes must not reach the terminal. */
const paragraphs = (text: string | null): string =>
  text === null || text.trim() === ''
    ? ''
    : `\n${text
        .trim()
        .split('\n')
        .map((row) => `  ${row.replace(/\p{Cc}+/gu, ' ')}\n`)
        .join('')}`

const releaseText = (release: Answer): string => {
  const estimate = release.object('estimate')
  const days = [...new Set([estimate.text('from'), estimate.text('to')])].filter((day) => day !== null)
  const sure = estimate.number('confidence')
  return joined([
    joined([release.text('name'), release.text('state')], ' '),
    release.text('releasedAt') === null ? joined(days, ' to ') : '',
    sure === null || release.text('releasedAt') !== null ? '' : `${sure} % sure`,
  ])
}

const question = (escalation: Answer): string => {
  const asked = escalation.object('asked')
  if (!asked.has('text')) return ''
  const answered = asked.texts('answeredFor')
  return `“${asked.text('text') ?? ''}” (${joined([
    asked.object('by').text('name'),
    asked.text('at'),
    answered.length === 0 ? '' : `answered for ${joined(answered)}`,
  ])})`
}

const itemsThere = (record: Answer): string =>
  joined(record.list('mirrors').map((item) => joined([item.text('key'), item.text('url')], ' ')))

/** `open, needs first response`, `waiting for customer`. */
export const standingOf = (ticket: Answer): string => {
  const waiting = ticket.text('waitingFor')
  return joined([waiting === null ? ticket.text('state') : `waiting for ${waiting}`, ticket.text('needs')])
}

/** A priority that nobody set says where it comes from. `inside` is where the severity stands. */
export const priorityOf = (ticket: Answer, inside: Answer): string => {
  const from = inside.text('severity') === null ? 'nobody set it' : 'from the severity'
  return `${ticket.text('priority') ?? ''}${inside.flag('priorityDerived') ? ` (${from})` : ''}`
}

export const ticketText = (ticket: Answer): string => {
  const inside = ticket.object('inside')
  const item = inside.object('workItem')
  return [
    `${ticket.text('key') ?? ''}  ${ticket.text('title') ?? ''}\n`,
    line('State', standingOf(ticket)),
    line(
      'Priority',
      joined([priorityOf(ticket, inside), inside.text('severity') && `severity ${inside.text('severity')}`]),
    ),
    line('Customer', joined([ticket.object('customer').text('name'), ticket.object('contact').text('name')])),
    line('Owner', ticket.object('owner').text('name') ?? ''),
    line(
      'About',
      joined([
        ticket.object('product').text('name'),
        inside.object('component').text('name'),
        ticket.text('version'),
        ticket.text('environment'),
      ]),
    ),
    line(
      'Engineering',
      joined([
        ticket.text('engineeringStatus'),
        item.text('key'),
        item.object('team').text('name'),
        item.object('assignee').text('name'),
      ]),
    ),
    line('Asks', question(inside.object('escalation'))),
    line('Release', releaseText(ticket.object('release'))),
    line('Woken', inside.text('wokenBecause') ?? ''),
    line('In tools', itemsThere(inside)),
    paragraphs(ticket.exact('description')),
  ].join('')
}

/** `1 ticket, customer unknown`, `3 tickets of 2 customers, 1 of an unknown one`. */
export const behindText = (tickets: number, customers: number, without: number): string => {
  const some = `${tickets} ticket${tickets === 1 ? '' : 's'}`
  if (tickets === 0) return 'no ticket'
  if (customers === 0) return without === 0 ? some : `${some}, customer unknown`
  return `${some} of ${customers} customer${customers === 1 ? '' : 's'}${without === 0 ? '' : `, ${without} of an unknown one`}`
}

export const workItemText = (item: Answer): string =>
  [
    `${item.text('key') ?? ''}  ${item.text('title') ?? ''}\n`,
    line('State', joined([item.text('state'), item.text('engineeringStatus')])),
    line(
      'Severity',
      joined([
        item.object('severity').text('severity'),
        item.text('priority') && `priority ${item.text('priority')}`,
      ]),
    ),
    line('Owner', joined([item.object('team').text('name'), item.object('assignee').text('name')])),
    line(
      'About',
      joined([
        item.object('product').text('name'),
        item.object('component').text('name'),
        item.text('version'),
      ]),
    ),
    line(
      'Behind it',
      behindText(
        item.number('ticketCount') ?? 0,
        item.number('customerCount') ?? 0,
        item.number('withoutCustomer') ?? 0,
      ),
    ),
    ...item
      .list('tickets')
      .map((ticket) =>
        line(
          '',
          joined([
            ticket.text('key'),
            ticket.object('customer').text('name') ?? 'customer unknown',
            ticket.object('escalation').text('state'),
          ]),
        ),
      ),
    line('Release', releaseText(item.object('release'))),
    line('Declined', item.text('declineReason') ?? ''),
    line('In tools', itemsThere(item)),
    ...(['steps', 'expected', 'actual'] as const).map((name) =>
      line(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, item.text(name) ?? ''),
    ),
    paragraphs(item.exact('description')),
  ].join('')

/** What was said on a record, as far as the caller may read it, the oldest first. */
export const wordsOn = async (call: Call, path: string): Promise<Answer> =>
  readAnswer(await call.api().get(`${path}/timeline`, { limit: '200' }))

export const wordsText = (timeline: Answer): string =>
  timeline
    .list('items')
    .filter((entry) => entry.text('type') === 'comment')
    .sort((a, b) => (a.text('at') ?? '').localeCompare(b.text('at') ?? ''))
    .map(
      (entry) =>
        `\n  ${joined([entry.object('author').text('name'), entry.text('at'), `for ${entry.text('audience') ?? ''}`])}${paragraphs(
          entry.exact('text'),
        )
          .replace(/^\n/, '\n  ')
          .replace(/\n {2}(?=\S)/g, '\n    ')
          .trimEnd()}\n`,
    )
    .join('')

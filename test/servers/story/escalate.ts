import { same, until } from '../awaited.ts'
import type { DeskTicket } from '../desk.ts'
import { listAt, numberAt, textAt } from '../json.ts'
import type { TrackerIssue } from '../tracker.ts'
import type { World } from '../world.ts'

/** What the steps do again and again: a ticket sent to engineering, and the two found. */

export const FIELDS: Readonly<Record<string, string>> = {
  Severity: 'High',
  Product: 'Atlas',
  Component: 'Export',
  Version: '2.0.0',
  Environment: 'production',
}

export interface Pair {
  readonly ticket: string
  readonly issue: string
}

/** The one issue of this name; fails at once when there are two. */
export const issueNamed = async (world: World, subject: string): Promise<TrackerIssue | null> => {
  const found = await world.trackerAdmin.find(subject)
  if (found.length > 1) throw new Error(`there are ${found.length} issues “${subject}”`)
  return found[0] ?? null
}

/** Writes as the customer, fills in and sends as the agent, waits for the issue and for its key on the ticket. */
export const escalate = async (world: World, subject: string, content: string): Promise<Pair> => {
  const { agent, customer, ledger } = world
  const ticket = await customer.create({ subject, content, requestor: 'customer@customer.example' })
  await agent.change(ticket, {}, { ...FIELDS, SentToEngineering: 'yes' })
  ledger.twins.set(subject, 1)
  const issue = await until(`an issue for ticket ${ticket}`, () => issueNamed(world, subject))
  await ticketShows(world, ticket, `the key of issue ${issue.id}`, ({ fields }) =>
    same('EngineeringKey', fields['EngineeringKey'], `#${issue.id}`),
  )
  return { ticket, issue: issue.id }
}

export const ticketShows = (
  { agent }: World,
  ticket: string,
  what: string,
  holds: (shown: DeskTicket) => boolean,
  seconds?: number,
): Promise<DeskTicket> =>
  until(
    `ticket ${ticket} to show ${what}`,
    async () => {
      const shown = await agent.show(ticket)
      return holds(shown) ? shown : null
    },
    seconds === undefined ? {} : { seconds },
  )

export const issueShows = (
  { trackerAdmin }: World,
  issue: string,
  what: string,
  holds: (shown: TrackerIssue) => boolean,
  seconds?: number,
): Promise<TrackerIssue> =>
  until(
    `issue ${issue} to show ${what}`,
    async () => {
      const shown = await trackerAdmin.show(issue)
      return holds(shown) ? shown : null
    },
    seconds === undefined ? {} : { seconds },
  )

/** The texts of a ticket's thread as its agent reads them. */
export const deskTexts = async ({ agent }: World, ticket: string): Promise<readonly string[]> =>
  (await agent.words(ticket)).map(({ text }) => text)

export const noteTexts = async ({ trackerAdmin }: World, issue: string): Promise<readonly string[]> =>
  (await trackerAdmin.show(issue)).notes.map(({ text }) => text)

/** Notes in the ledger that `text`, written in one tool, must stand so often in the other. */
export const expectWords = (
  world: World,
  text: string,
  at:
    | { readonly ticket: string; readonly times: number }
    | { readonly issue: string; readonly times: number },
): void => {
  world.ledger.words.push(
    'ticket' in at
      ? { text, times: at.times, place: `ticket ${at.ticket}`, read: () => deskTexts(world, at.ticket) }
      : { text, times: at.times, place: `issue ${at.issue}`, read: () => noteTexts(world, at.issue) },
  )
}

/** Notes in the ledger that a custom field or column must stand so at the end. */
export const expectOnTicket = (world: World, ticket: string, field: string, wanted: string): void => {
  world.ledger.edits.push({
    what: `${field} of ticket ${ticket}`,
    wanted,
    read: async () => {
      const shown = await world.agent.show(ticket)
      return field === 'Subject'
        ? shown.subject
        : field === 'Status'
          ? shown.status
          : (shown.fields[field] ?? '')
    },
  })
}

export const expectOnIssue = (
  world: World,
  issue: string,
  what: string,
  wanted: string,
  read: (shown: TrackerIssue) => string,
): void => {
  world.ledger.edits.push({
    what: `${what} of issue ${issue}`,
    wanted,
    read: async () => read(await world.trackerAdmin.show(issue)),
  })
}

/** Our key of the record that an item stands for; null while there is none. */
export const keyHere = async (
  { causeway }: World,
  remoteKey: string,
  connection: 'helpdesk' | 'engineering',
): Promise<string | null> => {
  const mirror = await mirrorOf(causeway, remoteKey, connection)
  return mirror === null || textAt(mirror, 'state') !== 'live'
    ? null
    : textAt(mirror, 'record', 'key') || null
}

export const mirrorOf = async (
  causeway: World['causeway'],
  remoteKey: string,
  connection: 'helpdesk' | 'engineering',
): Promise<unknown> => {
  let cursor = ''
  for (;;) {
    const page = await causeway.get(`/api/v1/mirrors?connection=${connection}&limit=200${cursor}`)
    const found = listAt(page, 'items').find((one) => textAt(one, 'there', 'key') === remoteKey)
    if (found !== undefined) return found
    if (textAt(page, 'next') === '') return null
    cursor = `&cursor=${encodeURIComponent(textAt(page, 'next'))}`
  }
}

export const statusId = ({ redmine }: World, name: string): number =>
  numberAt(
    listAt(redmine.state, 'statuses').find((one) => textAt(one, 'name') === name),
    'id',
  )

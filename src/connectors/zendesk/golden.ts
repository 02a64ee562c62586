import { numberOf, type Reading, ticketSnapshot } from './convert.ts'
import { overwroteIn } from './overwrote.ts'
import { refusal } from './refusal.ts'
import { answers, readAs } from './schema.ts'
import { readWebhook } from './webhook.ts'
import { fieldsOf, labelled, statusesOf } from './words.ts'

/**
 * What an answer from Zendesk's documentation must become, by the first word of its name. Used by the tests that compare
 * and damage them; nothing else calls it.
 */

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}

const OUR_ID = 5_246_746

/** `fields`, `statuses`, `groups`: what else the account told. */
const readingOf = (account: unknown): Reading => {
  const told = membersOf(account)
  const statuses = readAs(answers.statuses, told['statuses'], 'statuses').custom_statuses
  return {
    web: 'https://company.zendesk.com',
    accountId: OUR_ID,
    words: {
      ...fieldsOf(readAs(answers.fields, told['fields'], 'fields').ticket_fields),
      statuses: statusesOf(statuses),
      groups: labelled(readAs(answers.groups, told['groups'], 'groups').groups),
      brands: labelled([]),
      forms: labelled([]),
    },
  }
}

const wholeTicket = (answer: unknown, reading: Reading) => {
  const recorded = membersOf(answer)
  const { ticket, users, organizations } = readAs(answers.ticket, recorded['ticket'], 'a ticket')
  const told = readAs(answers.comments, recorded['comments'], 'comments')
  const beside = { users: [...(users ?? []), ...(told.users ?? [])], organizations: organizations ?? [] }
  return ticketSnapshot(ticket, told.comments, beside, reading)
}

const list = (answer: unknown, reading: Reading) => {
  const { tickets, users, organizations } = readAs(answers.changed, answer, 'changed tickets')
  const beside = { users: users ?? [], organizations: organizations ?? [] }
  return tickets.map((ticket) => ticketSnapshot(ticket, null, beside, reading))
}

const refused = (answer: unknown) => {
  const labels = new Map([[12_345_657, 'Type of problem']])
  const { kind, field, detail } = refusal(answer, { fields: [], labels })
  return { kind, field, detail }
}

/** `{headers, body, now, secret}`: a delivery as it arrived. */
const webhook = (answer: unknown) => {
  const { headers, body, now, secret } = membersOf(answer)
  const flat = Object.fromEntries(
    Object.entries(membersOf(headers)).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  )
  const bytes = Buffer.from(typeof body === 'string' ? body : '')
  const at = new Date(typeof now === 'string' ? now : 0)
  return readWebhook(
    { bytes, headers: flat, now: at },
    { webhookSecret: typeof secret === 'string' ? secret : '' },
  )
}

/** `{audits, sent}`: what a write of these fields replaced. */
const audits = (answer: unknown, reading: Reading) => {
  const recorded = membersOf(answer)
  const rows = readAs(answers.audits, recorded['audits'], 'audits').audits
  return overwroteIn(rows, { status: 'Pending', title: 'Ours' }, numberOf(String(OUR_ID)) ?? 0, reading.words)
}

/** Throws `RemoteFault` as the client would. `account`: what `account.json` holds. */
export const goldenOf = (name: string, answer: unknown, account: unknown): unknown => {
  switch (name.split('-')[0]) {
    case 'ticket':
      return wholeTicket(answer, readingOf(account))
    case 'list':
      return list(answer, readingOf(account))
    case 'audits':
      return audits(answer, readingOf(account))
    case 'webhook':
      return webhook(answer)
    default:
      return refused(answer)
  }
}

import { recordSnapshot } from './convert.ts'
import type { Kind } from './kinds.ts'
import { refusal } from './refusal.ts'
import { answers, readAs, type WireFormField, type WireNote, type WireRecord } from './schema.ts'
import { readWebhook } from './webhook.ts'
import { formOf, labelled } from './words.ts'

/**
 * What an answer from the documentation, or from the tests of the maker's SDK, must become, by the first word of its name.
 * Used by the tests that compare and damage them; nothing else calls it.
 */

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}

interface Told {
  readonly record: WireRecord
  readonly notes: readonly WireNote[]
  readonly form: readonly WireFormField[]
}

const toldOf = (kind: Kind, answer: unknown, forms: unknown): Told => {
  const { record, notes } = membersOf(answer)
  const form = membersOf(forms)[kind]
  switch (kind) {
    case 'ticket':
      return {
        record: readAs(answers.ticket, record, 'a ticket').ticket,
        notes: readAs(answers.conversations, notes, 'conversations').conversations,
        form: readAs(answers.ticketForm, form, 'a form').ticket_fields,
      }
    case 'problem':
      return {
        record: readAs(answers.problem, record, 'a problem').problem,
        notes: readAs(answers.notes, notes, 'notes').notes,
        form: readAs(answers.problemForm, form, 'a form').problem_fields,
      }
    case 'change':
      return {
        record: readAs(answers.change, record, 'a change').change,
        notes: readAs(answers.notes, notes, 'notes').notes,
        form: readAs(answers.changeForm, form, 'a form').change_fields,
      }
  }
}

const whole = (kind: Kind, answer: unknown, account: unknown) => {
  const { record, notes, form } = toldOf(kind, answer, account)
  const { groups, departments } = membersOf(account)
  return recordSnapshot(kind, record, notes, {
    web: 'https://company.freshservice.com',
    accountId: '21001931878',
    marker: 'causeway_key',
    byWorkspace: false,
    names: {
      groups: labelled(readAs(answers.groups, groups, 'groups').groups),
      departments: labelled(readAs(answers.departments, departments, 'departments').departments),
    },
    form: formOf(kind, form, 'causeway_key'),
    people: new Map(),
  })
}

const refused = (answer: unknown) => {
  const { kind, field, detail } = refusal(answer, { fields: [], labels: new Map([['choice', 'Choice']]) })
  return { kind, field, detail }
}

/** `{headers, body}`: a delivery as it arrived. */
const webhook = (answer: unknown) => {
  const { headers, body } = membersOf(answer)
  const flat = Object.fromEntries(
    Object.entries(membersOf(headers)).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  )
  const bytes = Buffer.from(typeof body === 'string' ? body : '')
  const now = new Date('2026-01-05T09:00:00.000Z')
  return readWebhook(
    { bytes, headers: flat, now },
    { webhookSecret: 'a secret', records: ['ticket', 'problem'] },
  )
}

/** Throws `RemoteFault` as the client would. `account`: what `account.json` holds. */
export const goldenOf = (name: string, answer: unknown, account: unknown): unknown => {
  const word = name.split('-')[0]
  switch (word) {
    case 'ticket':
    case 'problem':
    case 'change':
      return whole(word, answer, account)
    case 'webhook':
      return webhook(answer)
    default:
      return refused(answer)
  }
}

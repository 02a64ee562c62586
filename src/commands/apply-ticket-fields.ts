import { levelsFor, levelsOf } from '../domain/priority.ts'
import { readState, type TicketCommand } from '../domain/ticket.ts'
import { PRIORITIES, SEVERITIES } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findContact, findCustomerCalled, insertContact } from '../store/organisation.ts'
import type { Ticket, TicketPatch } from '../store/tickets.ts'
import { mergeCustom, ticketChanges } from './change-ticket.ts'
import { checkCustom, checkEmail, checkLine, checkText, checkTitle } from './field-rules.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done } from './outcome.ts'
import { readColleague } from './read-colleague.ts'
import { readComponent, readProduct } from './read-place.ts'
import type { Command, CommandContext } from './run-command.ts'
import {
  type AppliedFields,
  type ApplyFields,
  type FieldReader,
  lineOf,
  oneOf,
  readFields,
  richOf,
  sentence,
} from './tool-values.ts'

/** One own field to merge, besides columns. */
type Patch = TicketPatch & { readonly ownField?: Readonly<Record<string, string | null>> }

/**
 * Takes in what a desk shows of a ticket. The tool owns its state: any move is a fact, with all that follows from it
 * (a reopened ticket asks engineering about a regression). Refused as a whole only when the ticket changed meanwhile.
 */
export const applyTicketFields: Command<ApplyFields, AppliedFields> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.id, input.version ?? undefined, '/id')
  if (!held.ok) return held
  const ticket = held.value
  const read = await readFields<Patch>(input.set, readersFor(tx, context, ticket, input), (name, value) =>
    ok({ ownField: { [name]: value } }),
  )
  const { applied, refused } = { applied: [...read.applied], refused: [...read.refused] }
  const patch: TicketPatch = { ...read.patch }
  if (read.custom.length > 0) {
    const own = Object.assign({}, ...read.custom.map((one) => one.ownField))
    const custom = checkCustom(mergeCustom(ticket.custom, own))
    if (custom.ok) patch.custom = JSON.stringify(custom.value)
    else refused.push({ field: 'custom', detail: custom.error.detail })
  }
  const command = commandOf(input.state)
  if (command.ok) {
    if (input.state !== null) applied.push('state')
  } else refused.push({ field: 'state', detail: command.error })

  const changes = ticketChanges(ticket, patch)
  const { owner, ...others } = changes
  const real = Object.keys(changes).length > 0 ? patch : {}
  const ownerId = patch.owner_id === undefined ? ticket.owner_id : patch.owner_id
  const moved = await moveTicket(
    tx,
    context,
    { ...ticket, owner_id: ownerId },
    command.ok ? command.value : { do: 'note' },
    real,
  )
  if (!moved.ok) return moved
  const record = { kind: 'ticket', id: ticket.id } as const
  return done(
    { version: moved.value.version, applied, refused },
    {
      events: [
        ...(owner === undefined
          ? []
          : [{ kind: 'ticket.taken' as const, record, data: { owner: owner.to, before: owner.from } }]),
        ...(Object.keys(others).length === 0
          ? []
          : [{ kind: 'ticket.changed' as const, record, data: { changes: others } }]),
      ],
      changed: moved.value.version === ticket.version ? [] : [record],
    },
    { events: moved.value.events, changed: moved.value.changed.filter((one) => one.id !== ticket.id) },
  )
}

const commandOf = (state: string | null): Result<TicketCommand, string> => {
  if (state === null) return ok({ do: 'note' })
  const read = readState(state)
  return read === null
    ? err(`“${state.slice(0, 100)}” is no state of a ticket.`)
    : ok({ do: 'follow tool', ...read })
}

const readersFor = (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
  input: ApplyFields,
): Readonly<Record<string, FieldReader<Patch>>> => ({
  title: async (value) => {
    const title = sentence(checkTitle(lineOf(value) ?? ''))
    return title.ok ? ok({ title: title.value }) : title
  },
  description: async (value) => {
    const text = richOf(value)
    return text.ok ? ok({ description: JSON.stringify(text.value) }) : text
  },
  severity: async (value) => {
    const severity = oneOf(value, SEVERITIES)
    return severity.ok ? ok({ severity: severity.value }) : severity
  },
  priority: async (value) => {
    const priority = oneOf(value, PRIORITIES)
    if (!priority.ok) return priority
    return priority.value === null
      ? err('A ticket always has a priority.')
      : ok(levelsFor(priority.value, levelsOf(ticket)))
  },
  product: async (value) => readProduct(tx, value, ticket.product_id),
  component: async (value, soFar) =>
    readComponent(tx, value, soFar.product_id === undefined ? ticket.product_id : soFar.product_id),
  version: async (value) => lineColumn(value, 'release_version'),
  environment: async (value) => lineColumn(value, 'environment'),
  workaround: async (value) => {
    const text = sentence(checkText(lineOf(value) ?? '', '/workaround'))
    return text.ok ? ok({ workaround: text.value === '' ? null : text.value }) : text
  },
  owner: async (value) => {
    const owner = await readColleague(tx, value)
    return owner.ok ? ok({ owner_id: owner.value }) : owner
  },
  requester: async (value) => readRequester(tx, context, ticket, value, input.names ?? {}),
  customer: async (value) => {
    const text = lineOf(value)
    if (text === null) return ok({ customer_id: null })
    const customer = await findCustomerCalled(tx, text)
    return customer === null
      ? err(`No customer is called “${text.slice(0, 100)}”. Create it, or map the word to one.`)
      : ok({ customer_id: customer.id })
  },
})

const lineColumn = (
  value: Parameters<typeof lineOf>[0],
  column: 'release_version' | 'environment',
): Result<Patch, string> => {
  const text = lineOf(value)
  if (text === null) return ok({ [column]: null })
  const line = sentence(checkLine(text, `/${column}`))
  return line.ok ? ok({ [column]: line.value }) : line
}

/** The person who asked; somebody new becomes a contact. Their customer becomes the ticket's where it has none. */
const readRequester = async (
  tx: Tx,
  context: CommandContext,
  ticket: Ticket,
  value: Parameters<typeof lineOf>[0],
  names: Readonly<Record<string, string>>,
): Promise<Result<Patch, string>> => {
  const text = lineOf(value)
  if (text === null) return ok({ contact_id: null })
  const email = sentence(checkEmail(text))
  if (!email.ok) return err(`“${text.slice(0, 100)}” is not an e-mail address.`)
  const known = await findContact(tx, email.value)
  if (known !== null) {
    const follows = ticket.customer_id === null && known.customer_id !== null
    return ok({ contact_id: known.id, ...(follows ? { customer_id: known.customer_id } : {}) })
  }
  const id = context.newId()
  const name = names[email.value] ?? names[email.value.toLowerCase()] ?? email.value
  await insertContact(tx, { id, name: name.slice(0, 500), email: email.value, created_at: context.now })
  // somebody else may have made them in the same moment: theirs counts
  return ok({ contact_id: (await findContact(tx, email.value))?.id ?? id })
}

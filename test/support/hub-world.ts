import { createComponent } from '../../src/commands/create-component.ts'
import { createContact } from '../../src/commands/create-contact.ts'
import { createCustomer } from '../../src/commands/create-customer.ts'
import { createPerson } from '../../src/commands/create-person.ts'
import { createProduct } from '../../src/commands/create-product.ts'
import { createTeam } from '../../src/commands/create-team.ts'
import { type CreateTicket, createTicket } from '../../src/commands/create-ticket.ts'
import { type Command, runCommand } from '../../src/commands/run-command.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import type { Result } from '../../src/lib/result.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'

/**
 * A small company on a fresh database: product `shop` with components `cart` (team web) and `ledger` (team core), two
 * customers with a contact each, an agent and an engineer. Its clock stands still until a test moves it.
 */
export interface HubWorld {
  readonly database: TestDatabase
  readonly agent: Actor
  readonly engineer: Actor
  /** Contacts of customers `acme` and `globex`. */
  readonly alice: Actor
  readonly greta: Actor
  /** Runs a command as somebody and gives its answer. */
  tell<I, T>(actor: Actor, command: Command<I, T>, input: I): Promise<Result<T, Refusal>>
  /** The same where a refusal is a failure of the test. */
  do<I, T>(actor: Actor, command: Command<I, T>, input: I): Promise<T>
  /** A ticket of `acme` about the cart unless said otherwise; its key. */
  ticket(more?: Partial<CreateTicket>): Promise<string>
  later(minutes: number): Date
  close(): Promise<void>
}

export const openHubWorld = async (): Promise<HubWorld> => {
  const database = await openTestDatabase()
  let now = new Date('2026-03-02T09:00:00Z')
  const runner = { db: database.db, newId: uuidv7, now: () => now, signal: { notify: () => {} } }
  const tell: HubWorld['tell'] = (actor, command, input) => runCommand(runner, actor, command, input)
  const mustDo: HubWorld['do'] = async (actor, command, input) => {
    const result = await tell(actor, command, input)
    if (!result.ok) throw new Error(`refused (${result.error.code}): ${result.error.detail}`)
    return result.value
  }
  const installer: Actor = { kind: 'token', id: uuidv7(), name: 'installer' }
  const person = async (name: string, role: 'agent' | 'engineer'): Promise<Actor> => {
    const { id } = await mustDo(installer, createPerson, {
      name,
      email: `${name}@example.org`,
      roles: [role],
    })
    return { kind: 'person', id, name }
  }
  const contact = async (name: string, customer: string): Promise<Actor> => {
    await mustDo(installer, createCustomer, { key: customer, name: customer })
    const { id } = await mustDo(installer, createContact, {
      customer,
      name,
      email: `${name}@${customer}.example`,
    })
    return { kind: 'contact', id, name }
  }
  const agent = await person('ada', 'agent')
  const engineer = await person('erik', 'engineer')
  await mustDo(installer, createTeam, { key: 'web', name: 'Web', members: ['erik@example.org'] })
  await mustDo(installer, createTeam, { key: 'core', name: 'Core' })
  await mustDo(installer, createProduct, { key: 'shop', name: 'Shop' })
  await mustDo(installer, createComponent, { product: 'shop', key: 'cart', name: 'Cart', team: 'web' })
  await mustDo(installer, createComponent, { product: 'shop', key: 'ledger', name: 'Ledger', team: 'core' })
  const alice = await contact('alice', 'acme')
  const greta = await contact('greta', 'globex')
  return {
    database,
    agent,
    engineer,
    alice,
    greta,
    tell,
    do: mustDo,
    ticket: async (more = {}) => {
      const ticket = await mustDo(agent, createTicket, {
        title: 'Checkout button does nothing',
        description: plainText('I press checkout and nothing happens.'),
        customer: 'acme',
        component: 'cart',
        owner: 'ada@example.org',
        ...more,
      })
      return ticket.key
    },
    later: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
      return now
    },
    close: () => database.close(),
  }
}

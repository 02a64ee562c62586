import { createComponent } from '../commands/create-component.ts'
import { createCustomer } from '../commands/create-customer.ts'
import { createPerson } from '../commands/create-person.ts'
import { createProduct } from '../commands/create-product.ts'
import { createTeam } from '../commands/create-team.ts'
import { done } from '../commands/outcome.ts'
import { applyCommand, type Command, type CommandContext } from '../commands/run-command.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { beginnings, markMadeHere } from '../store/sample.ts'
import { makeSampleRecords } from './sample-records.ts'

/**
 * Sample data for a hub with nothing in it yet: the small company of the demo, without its tools. It is made by the
 * same commands as everything else and listed, so that it can be removed to the last record.
 */
export const addSampleCompany: Command<{ readonly me: string | null }, null> = async (tx, context, input) => {
  const { tickets, workItems, products, customers } = await beginnings(tx)
  if (tickets + workItems + products + customers > 0)
    return err(
      refuse(
        'wrong-state',
        'Sample data is for a hub that has no products, customers, tickets or work items yet.',
        { reason: { code: 'hub-not-empty' } },
      ),
    )
  const organisation = await makeOrganisation(tx, context)
  if (!organisation.ok) return organisation
  const made = await applyCommand(tx, context, makeSampleRecords, input)
  if (!made.ok) return made
  const records = await markMadeHere(tx, context.now)
  return done(null, { events: [{ kind: 'sample.added', record: null, data: { records } }], changed: [] })
}

const PEOPLE: readonly (readonly [name: string, email: string, role: Role, team: string])[] = [
  ['Ada Agent', 'ada@demo.example', 'agent', 'support'],
  ['Ben Backline', 'ben@demo.example', 'agent', 'support'],
  ['Eve Engineer', 'eve@demo.example', 'engineer', 'portal'],
  ['Finn Fixer', 'finn@demo.example', 'engineer', 'beacon'],
  ['Gita Lead', 'gita@demo.example', 'lead', 'beacon'],
]
/** Their keys leave the plain ones for teams of one’s own. */
const TEAMS = [
  ['support', 'sample-support', 'Support (sample)'],
  ['portal', 'sample-portal', 'Portal team (sample)'],
  ['beacon', 'sample-beacon', 'Beacon team (sample)'],
] as const
const PRODUCTS = [
  { key: 'portal', name: 'Portal', components: { api: 'API', billing: 'Billing', login: 'Login' } },
  { key: 'beacon', name: 'Beacon', components: { alerts: 'Alerts', reports: 'Reports' } },
] as const
const CUSTOMERS = [
  { key: 'northwind', name: 'Northwind Foods', tier: 'gold' },
  { key: 'fabrikam', name: 'Fabrikam Tools', tier: 'silver' },
  { key: 'tailspin', name: 'Tailspin Travel', tier: null },
] as const

const makeOrganisation = async (tx: Tx, context: CommandContext): Promise<Result<null, Refusal>> => {
  const run =
    <I>(command: Command<I, unknown>, input: I) =>
    () =>
      applyCommand(tx, context, command, input)
  const steps = [
    ...PEOPLE.map(([name, email, role]) => run(createPerson, { name, email, roles: [role] })),
    ...TEAMS.map(([team, key, name]) =>
      run(createTeam, { key, name, members: PEOPLE.filter((one) => one[3] === team).map((one) => one[1]) }),
    ),
    ...PRODUCTS.flatMap(({ key, name, components }) => [
      run(createProduct, { key, name, team: `sample-${key}` }),
      ...Object.entries(components).map(([component, called]) =>
        run(createComponent, { product: key, key: component, name: called, team: `sample-${key}` }),
      ),
    ]),
    ...CUSTOMERS.map((customer) => run(createCustomer, customer)),
  ]
  for (const step of steps) {
    const made = await step()
    if (!made.ok) return made
  }
  return ok(null)
}

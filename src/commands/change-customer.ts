import type { Language } from '../domain/settings.ts'
import { findCustomer, updateCustomer } from '../store/organisation.ts'
import { archivedAt, checkName, columnChanges, type Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeCustomer {
  /** Id or key. */
  readonly customer: string
  readonly set: {
    readonly name?: string
    readonly tier?: string | null
    readonly revenue?: number | null
    /** Its people are told of releases. */
    readonly takesNotices?: boolean
    /** Of messages to its people; null: as ours. */
    readonly language?: Language | null
    readonly archived?: boolean
  }
}

/** Renames a customer, changes its tier, archives it or brings it back. */
export const changeCustomer: Command<ChangeCustomer, Named> = async (tx, context, input) => {
  const customer = await findCustomer(tx, input.customer)
  if (customer === null) return unknown('customer', input.customer, '/customer')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const patch = {
    ...name.value,
    ...(input.set.tier === undefined ? {} : { tier: input.set.tier }),
    ...(input.set.revenue === undefined ? {} : { revenue: input.set.revenue }),
    ...(input.set.takesNotices === undefined ? {} : { takes_notices: input.set.takesNotices }),
    ...(input.set.language === undefined ? {} : { language: input.set.language }),
    ...archivedAt(input.set.archived, customer.archived_at, context.now),
  }
  const changes = columnChanges(customer, patch)
  const named = { id: customer.id, key: customer.key }
  if (Object.keys(changes).length === 0) return done(named)
  await updateCustomer(tx, customer.id, patch)
  return done(named, {
    events: [{ kind: 'customer.changed', record: { kind: 'customer', id: customer.id }, data: { changes } }],
    changed: [],
  })
}

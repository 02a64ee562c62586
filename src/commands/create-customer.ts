import type { Language } from '../domain/settings.ts'
import { findCustomer, insertCustomer } from '../store/organisation.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreateCustomer {
  readonly key: string
  readonly name: string
  readonly tier?: string | null
  /** A year. */
  readonly revenue?: number | null
  /** Of messages to its people; null: as ours. */
  readonly language?: Language | null
}

/** An organisation that uses a product. */
export const createCustomer: Command<CreateCustomer, Named> = async (tx, context, input) => {
  const key = checkKey(input.key)
  if (!key.ok) return key
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const id = context.newId()
  const row = {
    id,
    key: key.value,
    name: name.value,
    tier: input.tier ?? null,
    revenue: input.revenue ?? null,
    language: input.language ?? null,
    created_at: context.now,
  }
  if (!(await insertCustomer(tx, row)))
    return taken('customer', key.value, '/key', await findCustomer(tx, key.value))
  return done(
    { id, key: key.value },
    {
      events: [{ kind: 'customer.created', record: { kind: 'customer', id }, data: { key: key.value } }],
      changed: [],
    },
  )
}

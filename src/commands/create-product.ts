import { findProduct, findTeam, insertProduct } from '../store/organisation.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreateProduct {
  readonly key: string
  readonly name: string
  /** Id or key of the team that owns what no component names. */
  readonly team?: string | null
}

/** Something that is built, used by customers. */
export const createProduct: Command<CreateProduct, Named> = async (tx, context, input) => {
  const key = checkKey(input.key)
  if (!key.ok) return key
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const team = input.team == null ? null : await findTeam(tx, input.team)
  if (input.team != null && team === null) return unknown('team', input.team, '/team')
  const id = context.newId()
  const row = { id, key: key.value, name: name.value, team_id: team?.id ?? null, created_at: context.now }
  if (!(await insertProduct(tx, row)))
    return taken('product', key.value, '/key', await findProduct(tx, key.value))
  return done(
    { id, key: key.value },
    {
      events: [{ kind: 'product.created', record: { kind: 'product', id }, data: { key: key.value } }],
      changed: [],
    },
  )
}

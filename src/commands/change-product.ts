import { findProduct, findTeam, updateProduct } from '../store/organisation.ts'
import { archivedAt, checkName, columnChanges, type Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeProduct {
  /** Id or key. */
  readonly product: string
  readonly set: {
    readonly name?: string
    /** Id or key. */
    readonly team?: string | null
    readonly archived?: boolean
  }
}

/** Renames a product, gives it another owner, archives it or brings it back. */
export const changeProduct: Command<ChangeProduct, Named> = async (tx, context, input) => {
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const name = checkName(input.set.name)
  if (!name.ok) return name
  const team = input.set.team == null ? null : await findTeam(tx, input.set.team)
  if (input.set.team != null && team === null) return unknown('team', input.set.team, '/set/team')
  const patch = {
    ...name.value,
    ...(input.set.team === undefined ? {} : { team_id: team?.id ?? null }),
    ...archivedAt(input.set.archived, product.archived_at, context.now),
  }
  const changes = columnChanges(product, patch)
  const named = { id: product.id, key: product.key }
  if (Object.keys(changes).length === 0) return done(named)
  await updateProduct(tx, product.id, patch)
  return done(named, {
    events: [{ kind: 'product.changed', record: { kind: 'product', id: product.id }, data: { changes } }],
    changed: [],
  })
}

import { findComponent, findProduct, findTeam, insertComponent } from '../store/organisation.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreateComponent {
  /** Id or key. */
  readonly product: string
  readonly key: string
  readonly name: string
  /** Id or key of the one team that owns it. */
  readonly team: string
}

/** A part of a product, with exactly one owning team: where escalations about it go. */
export const createComponent: Command<CreateComponent, Named> = async (tx, context, input) => {
  const key = checkKey(input.key)
  if (!key.ok) return key
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const team = await findTeam(tx, input.team)
  if (team === null) return unknown('team', input.team, '/team')
  const id = context.newId()
  const isNew = await insertComponent(tx, {
    id,
    product_id: product.id,
    key: key.value,
    name: name.value,
    team_id: team.id,
    created_at: context.now,
  })
  if (!isNew) return taken('component', key.value, '/key', await findComponent(tx, product.id, key.value))
  return done(
    { id, key: key.value },
    {
      events: [
        {
          kind: 'component.created',
          record: { kind: 'component', id },
          data: { key: key.value, product: product.key },
        },
      ],
      changed: [],
    },
  )
}

import { giveTurnToPlace } from '../store/ci-sources.ts'
import { findEnvironment, insertEnvironment } from '../store/environments.ts'
import { findProduct } from '../store/organisation.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { type Named, taken } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import { IN_TURN } from './read-ci-reports-again.ts'
import type { Command } from './run-command.ts'

export interface CreateEnvironment {
  readonly key: string
  readonly name: string
  /** Id or key of what runs there. */
  readonly product: string
  /** What it is for, in a line. */
  readonly purpose: string
  /** Several may have it at once, where each of them says so. */
  readonly isShareable: boolean
}

/** A place where builds of a product run, and that can be booked. */
export const createEnvironment: Command<CreateEnvironment, Named> = async (tx, context, input) => {
  const key = checkKey(input.key)
  if (!key.ok) return key
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const purpose = checkLine(input.purpose, '/purpose')
  if (!purpose.ok) return purpose
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const id = context.newId()
  const isNew = await insertEnvironment(tx, {
    ...{ id, key: key.value, name: name.value, product_id: product.id, purpose: purpose.value },
    ...{ is_shareable: input.isShareable, created_at: context.now, updated_at: context.now },
  })
  if (!isNew) return taken('environment', key.value, '/key', await findEnvironment(tx, key.value))
  await giveTurnToPlace(tx, { product_id: product.id, key: key.value }, IN_TURN)
  return done(
    { id, key: key.value },
    {
      events: [
        {
          kind: 'environment.created',
          record: { kind: 'environment', id },
          data: { key: key.value, product: product.key },
        },
      ],
      changed: [],
    },
  )
}

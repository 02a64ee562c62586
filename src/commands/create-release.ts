import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { findProduct } from '../store/organisation.ts'
import { findReleaseNamed, insertRelease } from '../store/releases.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import { settleForRelease } from './read-ci-reports-again.ts'
import type { Command } from './run-command.ts'

export interface CreateRelease {
  /** Id or key. */
  readonly product: string
  readonly name: string
}

/** Plans a release of a product; estimates come afterwards, each on the record. */
export const createRelease: Command<
  CreateRelease,
  { readonly id: string; readonly version: number }
> = async (tx, context, input) => {
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const id = context.newId()
  const isNew = await insertRelease(tx, { id, productId: product.id, name: name.value, at: context.now })
  if (!isNew) {
    const existing = await findReleaseNamed(tx, product.id, name.value)
    return err(
      refuse('in-use', `${product.name} has a release ${name.value} already.`, {
        field: '/name',
        ...(existing === null ? {} : { existing: { kind: 'release', id: existing.id, key: existing.name } }),
      }),
    )
  }
  const waited = await settleForRelease(tx, context, { productId: product.id, name: name.value })
  return done(
    { id, version: 1 },
    {
      events: [
        {
          kind: 'release.created',
          record: { kind: 'release', id },
          data: { product: product.key, name: name.value },
        },
      ],
      changed: [{ kind: 'release', id }],
    },
    waited,
  )
}

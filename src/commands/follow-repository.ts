import { refuse } from '../domain/refusal.ts'
import { EVERY_MINUTES } from '../domain/trace/followed-repository.ts'
import { pathOfRepository } from '../domain/trace/repository.ts'
import { err } from '../lib/result.ts'
import { insertFollowed, repositoryNames } from '../store/followed-repositories.ts'
import { findProduct } from '../store/organisation.ts'
import { type MasterKey, sealSecret } from '../store/secrets.ts'
import { type FollowedWanted, followedColumns, placeOfToken } from './followed-repository-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface FollowRepository extends FollowedWanted {
  /** Id or key. */
  readonly product: string
  readonly address: string
}

/** From now on the repository is read every so often, and what its releases contain follows its tags. */
export const followRepository =
  (master: MasterKey): Command<FollowRepository, { readonly id: string }> =>
  async (tx, context, input) => {
    const columns = followedColumns(input, '')
    if (!columns.ok) return columns
    const product = await findProduct(tx, input.product)
    if (product === null) return unknown('product', input.product, '/product')
    const id = context.newId()
    const { address = '', ...others } = columns.value
    const token = input.token?.trim() ?? ''
    const path = pathOfRepository(address)
    const names = await repositoryNames(tx, product.id)
    // what a pipeline told of under a name of its own is the same history
    const known = path === null ? undefined : names.find((name) => pathOfRepository(name) === path)
    const isNew = await insertFollowed(tx, {
      ...{ heads: '[]', every_minutes: EVERY_MINUTES.usual, ...others },
      ...{ id, product_id: product.id, address, repository: known ?? address },
      token: token === '' ? null : sealSecret(master, placeOfToken(id, address), token),
      ...{ next_read_at: context.now, created_at: context.now, updated_at: context.now },
    })
    if (!isNew)
      return err(refuse('already-done', `${product.name} follows ${address} already.`, { field: '/address' }))
    return done(
      { id },
      {
        events: [
          {
            kind: 'repository.created',
            record: { kind: 'repository', id },
            data: { address, product: product.key },
          },
        ],
        changed: [],
      },
    )
  }

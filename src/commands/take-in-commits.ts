import { matters, readMessage } from '../domain/trace/read-message.ts'
import { withRepository } from '../domain/trace/repository.ts'
import { findProduct } from '../store/organisation.ts'
import { heldRepository, insertCommits } from '../store/trace-commits.ts'
import { done, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ToldCommit {
  /** Lower-case hexadecimal. */
  readonly id: string
  readonly at: Date
  readonly author: string
  readonly message: string
  /** Of a revert of a merge: the commits that the merge brought. */
  readonly undoes?: readonly string[]
}

export interface TakeInCommits {
  /** Id or key. */
  readonly product: string
  /** How it is called: a path or an address without credentials. */
  readonly repository: string
  readonly commits: readonly ToldCommit[]
}

/**
 * Reads what commits were made for, and keeps those that can bring a fix or take one back; answers which. In no release
 * yet: they may be told of in any order and any number of times.
 */
export const takeInCommits: Command<TakeInCommits, { readonly kept: readonly string[] }> = async (
  tx,
  context,
  { product: ref, repository: name, commits },
) => {
  const product = await findProduct(tx, ref)
  if (product === null) return unknown('product', ref, '/product')
  const read = commits.map(({ id, at, author, message, undoes = [] }) => {
    const says = readMessage(message)
    return { ...says, sha: id, at, author, reverts: [...says.reverts, ...undoes] }
  })
  const kept = read.filter(matters)
  const asked = { id: context.newId(), productId: product.id, name, at: context.now }
  const repository = await heldRepository(tx, asked)
  const known = kept.map((commit) => ({ ...commit, keys: withRepository(commit.keys, name) }))
  await insertCommits(tx, repository.id, known, context.newId)
  return done({ kept: kept.map(({ sha }) => sha) }, NO_EFFECTS)
}

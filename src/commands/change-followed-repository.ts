import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import {
  type FollowedRepository,
  findSameFollowed,
  lockFollowed,
  readSoon,
  updateFollowed,
} from '../store/followed-repositories.ts'
import { type MasterKey, sealSecret } from '../store/secrets.ts'
import { type FollowedWanted, followedColumns, placeOfToken } from './followed-repository-rules.ts'
import { archivedAt, columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeFollowedRepository {
  readonly id: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly set: FollowedWanted & { readonly paused?: boolean; readonly archived?: boolean }
}

/** Changes how a repository is read, pauses it, or follows it no more. What it told stays true. */
export const changeFollowedRepository =
  (master: MasterKey): Command<ChangeFollowedRepository, { readonly id: string }> =>
  async (tx, context, { id, version, set }) => {
    const row = await lockFollowed(tx, id)
    if (row === null) return unknown('repository', id, '/id')
    if (version !== undefined && version !== row.version)
      return changedMeanwhile('repository', version, row.version)
    const columns = followedColumns(set, '/set')
    if (!columns.ok) return columns
    const patch = {
      ...columns.value,
      ...archivedAt(set.archived, row.archived_at, context.now),
      ...(set.paused === undefined ? {} : { paused_at: set.paused ? (row.paused_at ?? context.now) : null }),
    }
    const isFollowed = (set.archived === undefined ? row.archived_at : (patch.archived_at ?? null)) === null
    if (isFollowed && (await findSameFollowed(tx, { ...row, ...patch }, id)))
      return err(
        refuse('already-done', 'Another entry follows the same part of it already.', {
          field: '/set/address',
        }),
      )
    const changes = {
      ...columnChanges({ ...row, heads: JSON.stringify(row.heads) }, patch),
      ...(set.token === undefined ? {} : { token: { from: '…', to: '…' } }),
    }
    if (Object.keys(changes).length === 0) return done({ id })
    await updateFollowed(tx, id, { ...patch, ...tokenOf(master, row, set) }, context.now)
    const isArchived = set.archived === true && row.archived_at === null
    return done(
      { id },
      {
        events: [
          {
            kind: isArchived ? 'repository.archived' : 'repository.changed',
            record: { kind: 'repository', id },
            data: { address: columns.value.address ?? row.address, changes },
          },
        ],
        changed: [],
      },
    )
  }

/** What was given for one host is not sent to another. */
const tokenOf = (
  master: MasterKey,
  row: FollowedRepository,
  { token, address = row.address }: FollowedWanted,
): { readonly token?: string | null } => {
  const place = placeOfToken(row.id, address.trim())
  if (token === undefined)
    return place.origin === placeOfToken(row.id, row.address).origin ? {} : { token: null }
  return { token: token === null || token.trim() === '' ? null : sealSecret(master, place, token.trim()) }
}

/** Reads it at once, whenever it would be due. */
export const readRepositoryNow: Command<{ readonly id: string }, { readonly id: string }> = async (
  tx,
  context,
  { id },
) => {
  const row = await lockFollowed(tx, id)
  if (row === null || row.archived_at !== null) return unknown('repository', id, '/id')
  if (row.paused_at !== null)
    return err(refuse('wrong-state', 'It is paused. Resume it, and it is read at once.'))
  await readSoon(tx, id, context.now)
  return done({ id })
}

import { type Refusal, refuse } from '../domain/refusal.ts'
import { keysInEffect } from '../domain/trace/keys-in-effect.ts'
import { isBareNumber } from '../domain/trace/repository.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { findReleaseNamed } from '../store/releases.ts'
import { heldRepository, type Repository, resolveReverts } from '../store/trace-commits.ts'
import {
  findReleaseOfCommit,
  findTracedRelease,
  insertTracedRelease,
  isBasis,
  nextPlace,
  openSpans,
  type Place,
  reachCommits,
  reachedCommits,
  type TracedRelease,
  touchedKeys,
  untraceRelease,
  writeSpans,
} from '../store/trace-lines.ts'
import { changedKeys } from '../store/trace-spans.ts'
import { type WorkOfKey, workOfKeys } from '../store/traced-work.ts'
import { createRelease } from './create-release.ts'
import { moveWorkBetweenReleases } from './move-work-between-releases.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import { settleForRelease } from './read-ci-reports-again.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface TraceRelease {
  /** Id or key. */
  readonly product: string
  readonly repository: string
  readonly name: string
  /** What it was built from. */
  readonly commit: string
  /** Of a release of the repository that it was built on; null: of none that is known. */
  readonly basis: string | null
  /** Of the tag or commit, as git says. */
  readonly at: Date
  /** Commits between the two, those that do not matter too. */
  readonly counted: number
  /** Those between the two that matter, parents before children. */
  readonly commits: readonly string[]
}

export interface TracedKey {
  readonly key: string
  readonly workItem: { readonly id: string; readonly key: string; readonly title: string } | null
}

export interface TracedContents {
  readonly release: { readonly id: string; readonly name: string }
  /** The release was made by this. */
  readonly isNew: boolean
  /** Fixes that the release before it on its line does not have, and those that it has lost. */
  readonly enters: readonly TracedKey[]
  readonly leaves: readonly TracedKey[]
}

/**
 * Says which commit a release is, so that what it contains is known by history alone: from what its basis contains, and
 * what the commits since bring and take back. Told again with the same commit it changes nothing; with another one, the
 * release is read anew, as long as nothing was built on it.
 */
export const traceRelease: Command<TraceRelease, TracedContents> = async (tx, context, input) => {
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const asked = { id: context.newId(), productId: product.id, name: input.repository, at: context.now }
  const repository = await heldRepository(tx, asked)
  const release = await releaseNamed(tx, context, product.id, input.name)
  if (!release.ok) return release
  const { id, isNew, effects } = release.value
  const before = await findTracedRelease(tx, id, repository.id)
  const told = { id, name: input.name }
  if (before !== null && before.sha === input.commit) {
    const same = await changedKeys(tx, before)
    return done({ release: told, isNew, ...(await withWork(tx, product.id, same)) }, effects)
  }
  const had = before === null ? null : await changedKeys(tx, before)
  if (before !== null) {
    const freed = await untraced(tx, before, input.name)
    if (!freed.ok) return freed
  }
  const traced = await readCommits(tx, context, repository, id, input)
  if (!traced.ok) return traced
  const { enters, leaves } = traced.value
  const dropped = had === null ? [] : had.enters.filter((key) => !enters.includes(key))
  const contents = await withWork(tx, product.id, { enters, leaves })
  const lost = await workOfKeys(tx, product.id, [...leaves, ...dropped])
  const moved = await moveWorkBetweenReleases(tx, context, id, {
    enters: contents.enters.flatMap(({ workItem }) => workItem?.id ?? []),
    leaves: lost.map((work) => work.id),
  })
  if (!moved.ok) return moved
  const own: Effects = {
    events: [
      {
        kind: 'release.traced',
        record: { kind: 'release', id },
        data: {
          ...{ repository: repository.name, commit: input.commit, commits: input.counted },
          ...{ enters: enters.length, leaves: leaves.length },
        },
      },
    ],
    changed: [],
  }
  const waited = await settleForRelease(tx, context, {
    productId: product.id,
    name: input.name,
    commit: input.commit,
  })
  return done({ release: told, isNew, ...contents }, together(effects, own, moved.value, waited))
}

const releaseNamed = async (
  tx: Tx,
  context: CommandContext,
  productId: string,
  name: string,
): Promise<Result<{ readonly id: string; readonly isNew: boolean; readonly effects: Effects }, Refusal>> => {
  const found = await findReleaseNamed(tx, productId, name)
  if (found !== null) return ok({ id: found.id, isNew: false, effects: NO_EFFECTS })
  const made = await createRelease(tx, context, { product: productId, name })
  return made.ok ? ok({ id: made.value.value.id, isNew: true, effects: made.value }) : made
}

/** Whose commit changes is read anew; not what others were built on, which would silently change with it. */
const untraced = async (tx: Tx, before: TracedRelease, name: string): Promise<Result<null, Refusal>> => {
  const last = await findReleaseOfCommit(tx, before.repository_id, before.sha)
  const isLast = last?.release_id === before.release_id && last.isHead
  if (!isLast || (await isBasis(tx, before)))
    return err(
      refuse(
        'wrong-state',
        `Release ${name} is commit ${before.sha.slice(0, 12)} already, and later releases were built on it. A tag that was moved needs a new name.`,
        { field: '/commit' },
      ),
    )
  await untraceRelease(tx, before)
  return ok(null)
}

interface Keys {
  readonly enters: readonly string[]
  readonly leaves: readonly string[]
}

const readCommits = async (
  tx: Tx,
  context: CommandContext,
  repository: Repository,
  releaseId: string,
  input: TraceRelease,
): Promise<Result<Keys, Refusal>> => {
  const basis = input.basis === null ? null : await findReleaseOfCommit(tx, repository.id, input.basis)
  if (input.basis !== null && basis === null)
    return err(
      refuse(
        'invalid',
        `No release of this repository is known to be commit ${input.basis.slice(0, 12)}. Tell of that release first, or give null for the basis.`,
        { field: '/basis' },
      ),
    )
  await resolveReverts(tx, repository.id, input.commits)
  const place = await nextPlace(tx, { newId: context.newId(), repositoryId: repository.id }, basis)
  const missing = await reachCommits(tx, repository.id, place, input.commits)
  if (missing.length > 0)
    return err(
      refuse(
        'invalid',
        `Commit ${missing[0]?.slice(0, 12) ?? ''} was not taken in: send it to /api/v1/trace/commits first.`,
        { field: '/commits' },
      ),
    )
  const spans = await judge(tx, place)
  await writeSpans(tx, place, spans)
  await insertTracedRelease(tx, {
    ...{ release_id: releaseId, repository_id: repository.id, sha: input.commit },
    ...{ line_id: place.lineId, position: place.position, basis_id: basis?.release_id ?? null },
    ...{ counted: input.counted, at: input.at, traced_at: context.now },
  })
  return ok(spans)
}

/** Only keys that the new commits speak of can have changed, so work grows with these and not with all of history. */
const judge = async (tx: Tx, place: Place): Promise<Keys> => {
  const keys = await touchedKeys(tx, place)
  const now = keysInEffect(await reachedCommits(tx, place.lineId, keys))
  const before = await openSpans(tx, place.lineId, keys)
  return {
    enters: keys.filter((key) => now.has(key) && !before.has(key)).sort(),
    leaves: keys.filter((key) => !now.has(key) && before.has(key)).sort(),
  }
}

const withWork = async (
  tx: Tx,
  productId: string,
  { enters, leaves }: Keys,
): Promise<Pick<TracedContents, 'enters' | 'leaves'>> => {
  const found = await workOfKeys(tx, productId, [...enters, ...leaves])
  const byKey = new Map(found.map((work) => [work.key, work]))
  return { enters: shown(enters, byKey), leaves: shown(leaves, byKey) }
}

/** A work item once, whatever it is called by; a number that none has is most likely a pull request. */
const shown = (keys: readonly string[], byKey: ReadonlyMap<string, WorkOfKey>): readonly TracedKey[] => {
  const told = new Map<string, TracedKey>()
  for (const key of keys) {
    const work = byKey.get(key)
    if (work === undefined && isBareNumber(key)) continue
    const workItem = work === undefined ? null : { id: work.id, key: work.workKey, title: work.title }
    if (!told.has(workItem?.id ?? key)) told.set(workItem?.id ?? key, { key, workItem })
  }
  return [...told.values()]
}

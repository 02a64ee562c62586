import { followWork } from '../domain/escalation.ts'
import type { EventKind } from '../domain/event.ts'
import { checkComingOut } from '../domain/go-live.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { decideRelease, type Estimate, sameEstimate } from '../domain/release.ts'
import type { ReleaseState } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { lastDecision } from '../store/go-live.ts'
import {
  estimateOf,
  findRelease,
  findReleaseNamed,
  insertEstimate,
  lockRelease,
  type Release,
  updateRelease,
  workItemIdsIn,
} from '../store/releases.ts'
import { lockWorkItems, type WorkItem } from '../store/work-items.ts'
import { goLiveStanding, keepDecision } from './go-live-standing.ts'
import { changedMeanwhile, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import { moveEscalations } from './reach-tickets.ts'
import type { CommandContext } from './run-command.ts'
import { tellFollowers } from './tell-followers.ts'

export interface OfRelease {
  /** Id. */
  readonly release: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

export interface ReleaseVersion {
  readonly id: string
  readonly version: number
}

export interface HeldRelease {
  readonly release: Release
  /** Its work items, held too where the release may come out; else empty. */
  readonly items: readonly WorkItem[]
}

/**
 * Holds a release, and its work items before it where it may come out (`comesOut`): a work item that is finished in
 * the same moment then either sees the release out, or is seen finished.
 */
export const heldRelease = async (
  tx: Tx,
  id: string,
  version: number | undefined,
  comesOut: boolean,
): Promise<Result<HeldRelease, Refusal>> => {
  const first = comesOut ? await lockWorkItems(tx, await workItemIdsIn(tx, id)) : []
  const release = await lockRelease(tx, id)
  if (release === null) return unknown('release', id, '/release')
  if (version !== undefined && version !== release.version) {
    return changedMeanwhile('release', version, release.version)
  }
  if (!comesOut) return ok({ release, items: [] })
  const held = new Set(first.map((item) => item.id))
  const late = (await workItemIdsIn(tx, release.id)).filter((item) => !held.has(item))
  const items = [...first, ...(await lockWorkItems(tx, late))]
  return ok({ release, items: items.filter((item) => item.release_id === release.id) })
}

export interface ReleaseChange {
  readonly name?: string
  readonly state?: ReleaseState
  readonly estimate?: Estimate
  /** Why it comes out where nobody said go. */
  readonly reason?: string | null
}

export interface ProgressedRelease extends Effects {
  readonly version: number
}

/**
 * Writes a change of a held release and what follows. `fact`: a tool owns it, so any move of the state is taken. When
 * it comes out, every escalation whose work is done in it becomes `released`, and each ticket's owner is woken.
 */
export const progressRelease = async (
  tx: Tx,
  context: CommandContext,
  { release, items }: HeldRelease,
  change: ReleaseChange,
  fact: boolean,
): Promise<Result<ProgressedRelease, Refusal>> => {
  const standing = { state: release.state, releasedAt: release.released_at }
  const to = change.state ?? release.state
  const decided = fact
    ? ok({ state: to, releasedAt: to === 'released' ? (release.released_at ?? context.now) : null })
    : decideRelease(standing, to, context.now)
  if (!decided.ok) return decided
  const before = estimateOf(release)
  const estimate = change.estimate ?? before
  const isEstimated = !sameEstimate(before, estimate)
  const isRenamed = change.name !== undefined && change.name !== release.name
  const isMoved = decided.value.state !== release.state
  const comesOut = isMoved && decided.value.state === 'released'
  const allowed = comesOut ? await outWithoutGo(tx, context, release, change.reason ?? null, fact) : ok(null)
  if (!allowed.ok) return allowed
  if (!isEstimated && !isRenamed && !isMoved) return ok({ version: release.version, ...NO_EFFECTS })
  if (isRenamed && (await findReleaseNamed(tx, release.product_id, change.name ?? ''))) {
    return err(refuse('in-use', `The product has a release ${change.name} already.`, { field: '/name' }))
  }
  const version = await updateRelease(
    tx,
    release.id,
    {
      ...(isRenamed ? { name: change.name } : {}),
      ...(isEstimated
        ? { planned_from: estimate.from, planned_to: estimate.to, confidence: estimate.confidence }
        : {}),
      state: decided.value.state,
      released_at: decided.value.releasedAt,
    },
    context.now,
  )
  const record = { kind: 'release', id: release.id } as const
  if (isEstimated) {
    await insertEstimate(tx, {
      id: context.newId(),
      releaseId: release.id,
      estimate,
      at: context.now,
      by: context.actor,
    })
  }
  if (isEstimated)
    await tellFollowers(tx, context, release.id, { kind: 'estimated', data: { from: before, to: estimate } })
  const { state } = decided.value
  if (isMoved && (state === 'released' || state === 'withdrawn'))
    await tellFollowers(tx, context, release.id, { kind: state, data: {} })
  const own: Effects = {
    events: [
      ...(isRenamed
        ? [
            {
              kind: 'release.changed' as const,
              record,
              data: { changes: { name: { from: release.name, to: change.name } } },
            },
          ]
        : []),
      ...(isEstimated
        ? [{ kind: 'release.estimated' as const, record, data: { from: before, to: estimate } }]
        : []),
      ...(isMoved
        ? [
            {
              kind: movedAs(decided.value.state),
              record,
              data: { from: release.state, to: decided.value.state },
            },
          ]
        : []),
    ],
    changed: [record],
  }
  const out = comesOut ? await comeOut(tx, context, items) : NO_EFFECTS
  return ok({ version, ...together(own, out) })
}

/** Who releases without a go says why where that is asked for; it is kept beside the decisions. A fact is only kept. */
const outWithoutGo = async (
  tx: Tx,
  context: CommandContext,
  release: Release,
  reason: string | null,
  fact: boolean,
): Promise<Result<null, Refusal>> => {
  const decided = (await lastDecision(tx, release.id))?.decision ?? null
  if (decided === 'go') return ok(null)
  const standing = await goLiveStanding(tx, release, context.now)
  const { needsGo } = standing.rules
  const allowed = fact ? ok(null) : checkComingOut({ decided, needsGo, reason })
  if (!allowed.ok) return allowed
  await keepDecision(tx, context, release, standing, { decision: 'without go', reason })
  return ok(null)
}

const movedAs = (state: ReleaseState): EventKind =>
  state === 'released' ? 'release.released' : state === 'withdrawn' ? 'release.withdrawn' : 'release.changed'

const comeOut = async (tx: Tx, context: CommandContext, items: readonly WorkItem[]): Promise<Effects> => {
  const effects: Effects[] = []
  for (const item of items) {
    if (item.state !== 'done') continue
    const work = { state: item.state, declineReason: null }
    effects.push(
      await moveEscalations(tx, context, item, (escalation) =>
        followWork({ ...work, released: false }, { ...work, released: true }, escalation.state),
      ),
    )
  }
  return together(...effects)
}

/** A release by id, or by name where the product is known. */
export const releaseIdOf = async (
  tx: Tx,
  ref: string | null,
  productId: string | null,
  field: string,
): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const release =
    (await findRelease(tx, ref)) ?? (productId === null ? null : await findReleaseNamed(tx, productId, ref))
  if (release === null) return unknown('release', ref, field)
  return productId !== null && release.product_id !== productId
    ? err(refuse('invalid', `${release.name} is a release of another product.`, { field }))
    : ok(release.id)
}

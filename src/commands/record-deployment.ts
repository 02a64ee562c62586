import {
  type DeploymentReport,
  type DeploymentStanding,
  type DeploymentState,
  decideDeployment,
} from '../domain/deployment.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { isId } from '../lib/ids.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  type Deployment,
  findDeployment,
  findToldDeployment,
  insertDeployment,
  updateDeployment,
} from '../store/deployments.ts'
import { findProduct } from '../store/organisation.ts'
import { findRelease, type Release } from '../store/releases.ts'
import { findReleaseOfSha } from '../store/trace-lines.ts'
import { changeOfDeployment } from './cover-deployment.ts'
import { checkLine } from './field-rules.ts'
import { changedMeanwhile, done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import {
  type HeldPlace,
  heldPlace,
  lockPlace,
  nameOfPlace,
  type PlaceRef,
  settlePlace,
} from './place-of-deployment.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface RecordDeployment extends PlaceRef, DeploymentReport {
  /** Id or key; may be left out where the environment or the release's id tells it. */
  readonly product?: string
  /** Id or name; may be left out where the commit is that of a release. */
  readonly release?: string
  readonly commit?: string
  readonly build?: string
  readonly url?: string
  /** Id or key of the change it carries out. */
  readonly change?: string
  /** Who tells of it, as one word, and the id it has there: told again, it is the same deployment. */
  readonly source: string
  readonly externalId?: string
}

export interface RecordedDeployment {
  readonly id: string
  readonly isNew: boolean
}

/**
 * Something was put somewhere, or it was tried. What runs at the place follows in the same transaction: its latest
 * deployment that succeeded. Told again it changes nothing; told late it only adds to the history.
 */
export const recordDeployment: Command<RecordDeployment, RecordedDeployment> = async (tx, context, input) => {
  const told = checkTold(input)
  if (!told.ok) return told
  const product = input.product === undefined ? null : await findProduct(tx, input.product)
  if (input.product !== undefined && product === null) return unknown('product', input.product, '/product')
  const byId =
    input.release !== undefined && isId(input.release) ? await findRelease(tx, input.release) : null
  const held = await heldPlace(tx, input, product?.id ?? byId?.product_id ?? null)
  if (!held.ok) return held
  const release = await releaseOf(tx, input, held.value.place.product_id)
  if (!release.ok) return release
  const { source, externalId } = input
  const known =
    externalId === undefined
      ? null
      : await findToldDeployment(tx, { source, externalId, placeId: held.value.place.id })
  if (known !== null && known.release_id !== release.value.id)
    return err(
      refuse('in-use', `${source} has told of ${externalId} already, with another release.`, {
        field: '/externalId',
        existing: { kind: 'deployment', id: known.id, key: externalId ?? known.id },
      }),
    )
  const decided = decideDeployment(known === null ? null : standingOf(known), input, context.now)
  if (!decided.ok) return decided
  const change = await changeOfDeployment(tx, input.change, {
    ...{ productId: release.value.product_id, releaseId: release.value.id },
    ...{ environmentId: environmentOf(held.value), startedAt: decided.value.startedAt },
  })
  if (!change.ok) return change
  if (known !== null) {
    const said = input.change === undefined ? {} : { change_id: change.value }
    const effects = await progress(tx, context, held.value, known, decided.value, { ...told.value, ...said })
    return done({ id: known.id, isNew: false }, effects)
  }
  const id = context.newId()
  await insertDeployment(tx, {
    id,
    product_id: release.value.product_id,
    release_id: release.value.id,
    [held.value.column]: held.value.place.id,
    ...told.value,
    ...columnsOf(decided.value),
    source,
    external_id: externalId ?? null,
    change_id: change.value,
    reported_by: JSON.stringify(context.actor),
    created_at: context.now,
    updated_at: context.now,
  })
  const place = await nameOfPlace(tx, held.value)
  const created: Effects = {
    events: [
      {
        kind: 'deployment.created',
        record: { kind: 'deployment', id },
        data: { release: release.value.name, place, state: decided.value.state, source },
      },
    ],
    changed: [],
  }
  return done({ id, isNew: true }, created, await settlePlace(tx, context, held.value))
}

const environmentOf = ({ column, place }: HeldPlace): string | null =>
  column === 'environment_id' ? place.id : null

export interface ChangeDeployment extends DeploymentReport {
  readonly deployment: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly build?: string
  readonly url?: string
  /** Id or key of the change it carries out, instead of the one that is known. */
  readonly change?: string
}

/** How a deployment went on: it succeeded, it failed, it was rolled back. */
export const changeDeployment: Command<ChangeDeployment, RecordedDeployment> = async (tx, context, input) => {
  const told = checkTold(input)
  if (!told.ok) return told
  const found = await findDeployment(tx, input.deployment)
  if (found === null) return unknown('deployment', input.deployment, '/deployment')
  const held = await lockPlace(tx, found)
  const deployment = (await findDeployment(tx, found.id)) ?? found
  if (input.version !== undefined && input.version !== deployment.version)
    return changedMeanwhile('deployment', input.version, deployment.version)
  const decided = decideDeployment(standingOf(deployment), input, context.now)
  if (!decided.ok) return decided
  const change = await saidChange(tx, deployment, input.change)
  if (!change.ok) return change
  const effects = await progress(tx, context, held, deployment, decided.value, {
    ...told.value,
    ...change.value,
  })
  return done({ id: deployment.id, isNew: false }, effects)
}

const saidChange = async (
  tx: Tx,
  { product_id: productId, started_at: startedAt }: Deployment,
  ref: string | undefined,
): Promise<Result<Told, Refusal>> => {
  if (ref === undefined) return ok({})
  const change = await changeOfDeployment(tx, ref, {
    productId,
    startedAt,
    environmentId: null,
    releaseId: null,
  })
  return change.ok ? ok({ change_id: change.value }) : change
}

interface Told {
  readonly build?: string
  readonly commit_sha?: string
  readonly url?: string
  readonly change_id?: string | null
}

const checkTold = (input: {
  readonly build?: string
  readonly commit?: string
  readonly url?: string
}): Result<Told, Refusal> => {
  const told: Record<string, string> = {}
  for (const [column, name] of [
    ['build', 'build'],
    ['commit_sha', 'commit'],
    ['url', 'url'],
  ] as const) {
    const text = input[name]
    if (text === undefined) continue
    const line = checkLine(text, `/${name}`)
    if (!line.ok) return line
    if (name === 'url' && !/^https?:\/\//.test(line.value))
      return err(refuse('invalid', 'An address begins with https:// or http://.', { field: '/url' }))
    told[column] = line.value
  }
  return ok(told)
}

const releaseOf = async (
  tx: Tx,
  { release, commit }: RecordDeployment,
  productId: string,
): Promise<Result<Release, Refusal>> => {
  if (release !== undefined) {
    const id = await releaseIdOf(tx, release, productId, '/release')
    if (!id.ok) return id
    const found = id.value === null ? null : await findRelease(tx, id.value)
    return found === null ? unknown('release', release, '/release') : ok(found)
  }
  if (commit === undefined)
    return err(refuse('invalid', 'Name the release, or the commit that it is.', { field: '/release' }))
  const id = await findReleaseOfSha(tx, productId, commit)
  const found = id === null ? null : await findRelease(tx, id)
  return found === null
    ? err(
        refuse(
          'not-found',
          `No release of this product is the commit ${commit.slice(0, 40)}. Name the release, or tell which commit it is (causeway releases sync).`,
          { field: '/commit' },
        ),
      )
    : ok(found)
}

const standingOf = ({ state, started_at, finished_at }: Deployment): DeploymentStanding => ({
  state,
  startedAt: started_at,
  finishedAt: finished_at,
})

const columnsOf = ({ state, startedAt, finishedAt }: DeploymentStanding) => ({
  state,
  started_at: startedAt,
  finished_at: finishedAt,
})

/** What is told for the first time is kept, and what is known stays: but for its change, which may have been found here. */
const blanksOf = (deployment: Deployment, told: Told): Told =>
  Object.fromEntries(
    Object.entries(told).filter(
      ([column]) => column === 'change_id' || deployment[column as keyof Told] === null,
    ),
  )

const progress = async (
  tx: Tx,
  context: CommandContext,
  held: HeldPlace,
  deployment: Deployment,
  next: DeploymentStanding,
  told: Told,
): Promise<Effects> => {
  const patch = { ...blanksOf(deployment, told), ...columnsOf(next) }
  const comparable = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)
  const isSame = Object.entries(patch).every(
    ([column, value]) => comparable(deployment[column as keyof Deployment]) === comparable(value),
  )
  if (isSame) return NO_EFFECTS
  await updateDeployment(tx, deployment.id, patch, context.now)
  const isMoved = next.state !== deployment.state
  const event = {
    kind: 'deployment.changed' as const,
    record: { kind: 'deployment', id: deployment.id },
    data: {
      place: await nameOfPlace(tx, held),
      changes: { state: { from: deployment.state satisfies DeploymentState, to: next.state } },
    },
  }
  const settled = await settlePlace(tx, context, held)
  return { events: [...(isMoved ? [event] : []), ...settled.events], changed: settled.changed }
}

import { type Running, whatRuns } from '../domain/deployment.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { latestAt } from '../store/deployments.ts'
import { type Environment, lockEnvironment, updateEnvironment } from '../store/environments.ts'
import {
  findCustomer,
  findInstallationCalled,
  type Installation,
  lockInstallation,
  setRunning,
} from '../store/organisation.ts'
import { findRelease } from '../store/releases.ts'
import { columnChanges } from './organisation-rules.ts'
import { type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import type { CommandContext } from './run-command.ts'

/** Where something is put, held: what runs there is decided by one at a time. */
export type HeldPlace =
  | { readonly column: 'environment_id'; readonly place: Environment }
  | { readonly column: 'installation_id'; readonly place: Installation }

export interface PlaceRef {
  /** Id or key. */
  readonly environment?: string
  /** Id, or `customer/where`. */
  readonly installation?: string
}

export const heldPlace = async (
  tx: Tx,
  ref: PlaceRef,
  productId: string | null,
): Promise<Result<HeldPlace, Refusal>> => {
  if ((ref.environment === undefined) === (ref.installation === undefined))
    return err(
      refuse('invalid', 'Name either an environment of yours or an installation of a customer.', {
        field: '/environment',
      }),
    )
  const { environment, installation = '' } = ref
  if (environment !== undefined) {
    const place = await lockEnvironment(tx, environment)
    if (place === null) return unknown('environment', environment, '/environment')
    return place.archived_at === null
      ? ok({ column: 'environment_id', place })
      : err(refuse('wrong-state', 'The environment is archived. Bring it back first.'))
  }
  const found = productId === null ? null : await findInstallationCalled(tx, productId, installation)
  const place = await lockInstallation(tx, found?.id ?? installation)
  return place === null
    ? unknown('installation', installation, '/installation')
    : ok({ column: 'installation_id', place })
}

/** Again, of a deployment that is known. */
export const lockPlace = async (
  tx: Tx,
  at: { readonly environment_id: string | null; readonly installation_id: string | null },
): Promise<HeldPlace> => {
  const environment = at.environment_id === null ? null : await lockEnvironment(tx, at.environment_id)
  if (environment !== null) return { column: 'environment_id', place: environment }
  const installation = at.installation_id === null ? null : await lockInstallation(tx, at.installation_id)
  if (installation === null) throw new Error('the place of a deployment is gone')
  return { column: 'installation_id', place: installation }
}

/** How the log calls it. */
export const nameOfPlace = async (tx: Tx, { column, place }: HeldPlace): Promise<string> =>
  column === 'environment_id'
    ? place.key
    : `${(await findCustomer(tx, place.customer_id))?.key ?? ''}/${place.environment}`

const saidOf = ({ said_release_id, said_at }: Environment | Installation): Running => ({
  releaseId: said_release_id,
  since: said_at,
})

/** Brings a place in step with its deployments. Nothing is written where that is what runs there already. */
export const settlePlace = async (tx: Tx, context: CommandContext, held: HeldPlace): Promise<Effects> => {
  const runs = whatRuns(saidOf(held.place), await latestAt(tx, held.column, held.place.id))
  return held.column === 'environment_id'
    ? runsInEnvironment(tx, context, held.place, runs)
    : runsAtCustomer(tx, context, held.place, runs)
}

const runsInEnvironment = async (
  tx: Tx,
  context: CommandContext,
  environment: Environment,
  { releaseId, since }: Running,
): Promise<Effects> => {
  const deployedAt = releaseId === null ? null : since
  if (
    environment.release_id === releaseId &&
    environment.deployed_at?.getTime() === (deployedAt?.getTime() ?? undefined)
  )
    return NO_EFFECTS
  await updateEnvironment(tx, environment.id, { release_id: releaseId, deployed_at: deployedAt }, context.now)
  const nameOf = async (id: string | null) =>
    id === null ? null : ((await findRelease(tx, id))?.name ?? null)
  const data = {
    key: environment.key,
    from: await nameOf(environment.release_id),
    to: await nameOf(releaseId),
  }
  const record = { kind: 'environment', id: environment.id }
  return { events: [{ kind: 'environment.deployed', record, data }], changed: [] }
}

const runsAtCustomer = async (
  tx: Tx,
  context: CommandContext,
  installation: Installation,
  { releaseId }: Running,
): Promise<Effects> => {
  if (installation.release_id === releaseId) return NO_EFFECTS
  await setRunning(tx, installation.id, releaseId, context.now)
  return installationChanged(installation, { release_id: releaseId })
}

/** The customer runs another version now, whoever tells of it. */
export const installationChanged = (
  installation: Installation,
  patch: Readonly<Record<string, unknown>>,
): Effects => {
  const changes = columnChanges(installation, patch)
  if (Object.keys(changes).length === 0) return NO_EFFECTS
  const record = { kind: 'installation', id: installation.id }
  return { events: [{ kind: 'installation.changed', record, data: { changes } }], changed: [] }
}

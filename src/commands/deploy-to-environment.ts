import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { lockEnvironment, updateEnvironment } from '../store/environments.ts'
import { findRelease } from '../store/releases.ts'
import type { Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command } from './run-command.ts'

export interface DeployToEnvironment {
  /** Id or key. */
  readonly environment: string
  /** Id or name of the release that runs there from now on; null: none of ours. */
  readonly release: string | null
}

/** Another build runs there now. The same one again counts too: it was put there anew. */
export const deployToEnvironment: Command<DeployToEnvironment, Named> = async (tx, context, input) => {
  const environment = await lockEnvironment(tx, input.environment)
  if (environment === null) return unknown('environment', input.environment, '/environment')
  if (environment.archived_at !== null)
    return err(refuse('wrong-state', 'The environment is archived. Bring it back first.'))
  const release = await releaseIdOf(tx, input.release, environment.product_id, '/release')
  if (!release.ok) return release
  const named = { id: environment.id, key: environment.key }
  if (release.value === null && environment.release_id === null) return done(named)
  const nameOf = async (id: string | null): Promise<string | null> =>
    id === null ? null : ((await findRelease(tx, id))?.name ?? null)
  const patch = { release_id: release.value, deployed_at: release.value === null ? null : context.now }
  await updateEnvironment(tx, environment.id, patch, context.now)
  return done(named, {
    events: [
      {
        kind: 'environment.deployed',
        record: { kind: 'environment', id: environment.id },
        data: {
          key: environment.key,
          from: await nameOf(environment.release_id),
          to: await nameOf(release.value),
        },
      },
    ],
    changed: [],
  })
}

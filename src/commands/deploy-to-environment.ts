import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { latestAt } from '../store/deployments.ts'
import { lockEnvironment, updateEnvironment } from '../store/environments.ts'
import type { Named } from './organisation-rules.ts'
import { done, type Effects, unknown } from './outcome.ts'
import { settlePlace } from './place-of-deployment.ts'
import { recordDeployment } from './record-deployment.ts'
import type { Command } from './run-command.ts'

export interface DeployToEnvironment {
  /** Id or key. */
  readonly environment: string
  /** Id or name of the release that runs there from now on; null: none of ours. */
  readonly release: string | null
}

/** Somebody says that another build runs there now. The same one again counts too: it was put there anew. */
export const deployToEnvironment: Command<DeployToEnvironment, Named> = async (tx, context, input) => {
  const environment = await lockEnvironment(tx, input.environment)
  if (environment === null) return unknown('environment', input.environment, '/environment')
  if (environment.archived_at !== null)
    return err(refuse('wrong-state', 'The environment is archived. Bring it back first.'))
  const named = { id: environment.id, key: environment.key }
  const latest = await latestAt(tx, 'environment_id', environment.id)
  // a clock ahead of ours may have put the last one there in our future
  const at = latest?.since != null && latest.since > context.now ? latest.since : context.now
  if (input.release === null) {
    const said = { said_release_id: null, said_at: at }
    await updateEnvironment(tx, environment.id, said, context.now)
    const place = { ...environment, ...said }
    return done(named, await settlePlace(tx, context, { column: 'environment_id', place }))
  }
  const recorded = await recordDeployment(tx, context, {
    ...{ environment: environment.id, release: input.release, source: 'by hand' },
    ...{ state: 'succeeded', startedAt: null, finishedAt: at },
  })
  if (!recorded.ok) return recorded
  const { events, changed }: Effects = recorded.value
  return done(named, { events, changed })
}

import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * What may become of a deployment. Pipelines tell of it in any order and more than once, so what is already known, or
 * older than what is known, changes nothing; only what contradicts is refused.
 */
export const DEPLOYMENT_STATES = ['started', 'succeeded', 'failed', 'rolled back'] as const
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number]

export interface DeploymentStanding {
  readonly state: DeploymentState
  readonly startedAt: Date
  /** When it succeeded or failed; null while it runs. */
  readonly finishedAt: Date | null
}

export interface DeploymentReport {
  readonly state: DeploymentState
  /** Null: not told. */
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

/** Clocks differ: a moment may lie this far ahead of ours. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** What a report makes of a deployment; `standing` null: nobody told of it before. */
export const decideDeployment = (
  standing: DeploymentStanding | null,
  report: DeploymentReport,
  now: Date,
): Result<DeploymentStanding, Refusal> => {
  const { state } = report
  for (const [at, field] of [
    [report.startedAt, '/startedAt'],
    [report.finishedAt, '/finishedAt'],
  ] as const)
    if (at !== null && at.getTime() > now.getTime() + CLOCK_TOLERANCE_MS)
      return err(refuse('invalid', 'This lies in the future: is the clock right there?', { field: field }))
  if (state === 'started' && report.finishedAt !== null)
    return err(refuse('invalid', 'What has only started has no end yet.', { field: '/finishedAt' }))
  const finishedAt = state === 'started' ? null : (report.finishedAt ?? now)
  const told = report.startedAt ?? finishedAt ?? now
  if (finishedAt !== null && told > finishedAt)
    return err(
      refuse('invalid', 'It ends before it starts.', {
        field: report.finishedAt === null ? '/startedAt' : '/finishedAt',
      }),
    )
  if (standing === null) return ok({ state, startedAt: told, finishedAt })
  const startedAt = told < standing.startedAt ? told : standing.startedAt
  const next = { state, startedAt, finishedAt }
  switch (standing.state) {
    case 'started':
      return ok(next)
    case 'failed':
      // tried again under the same id
      if (state === 'started')
        return ok(isAfter(report.startedAt, standing.finishedAt) ? { ...next, startedAt: told } : standing)
      return ok(state !== 'failed' && !isAfter(standing.finishedAt, finishedAt) ? next : standing)
    case 'succeeded':
      if (state === 'rolled back') return ok({ ...standing, state })
      return state === 'failed' && !isAfter(standing.finishedAt, report.finishedAt)
        ? err(refuse('wrong-state', 'It succeeded already: say that it is rolled back.', { field: '/state' }))
        : ok(standing)
    case 'rolled back':
      return state === 'succeeded' && !isKnown(standing.finishedAt, report.finishedAt)
        ? err(
            refuse('wrong-state', 'It is rolled back: what is put there again is a new deployment.', {
              field: '/state',
            }),
          )
        : ok(standing)
  }
}

const isAfter = (at: Date | null, other: Date | null): boolean => at !== null && other !== null && at > other
/** A report that names the moment we have, or an earlier one, is a repeat. */
const isKnown = (known: Date | null, told: Date | null): boolean =>
  known !== null && told !== null && told <= known

/** A release, since when. */
export interface Running {
  readonly releaseId: string | null
  readonly since: Date | null
}

/** What runs at a place: its latest deployment that succeeded after somebody last said what runs there, else that. */
export const whatRuns = (said: Running, latest: Running | null): Running =>
  latest !== null && (said.since === null || (latest.since !== null && latest.since > said.since))
    ? latest
    : said

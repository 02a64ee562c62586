import { said } from '../../lib/said.ts'
import {
  type CiReading,
  inside,
  isMembers,
  lineIn,
  type Members,
  momentIn,
  momentOf,
  stateCalled,
  type ToldDeployment,
} from './told-deployment.ts'

/** What each CI system tells, from its body and the name of its event. Only members that are used are looked at. */
export type Read = (body: Members, event: string) => CiReading

const ignored = (reason: string): CiReading => ({ outcome: 'ignored', reason })
const unreadable = (reason: string): CiReading => ({ outcome: 'unreadable', reason })
const told = (...deployments: readonly ToldDeployment[]): CiReading => ({ outcome: 'told', deployments })

/** So Jenkins calls a build that nothing came of. */
const NOT_BUILT = 'NOT_BUILT'

/** Our own words: what any pipeline can send. */
export const readOurs: Read = (body) => {
  const environment = lineIn(body, 'environment')
  if (environment === null) return unreadable(said`“environment” is missing`)
  const word = lineIn(body, 'state')
  if (word?.toUpperCase() === NOT_BUILT)
    return ignored(said`the state ${word} says nothing of what runs there`)
  const state = word === null ? 'succeeded' : stateCalled(word)
  if (state === null) return unreadable(said`“state” is none of started, succeeded, failed, rolled back`)
  const ref = lineIn(body, 'release') ?? lineIn(body, 'ref')
  const commit = lineIn(body, 'commit')
  if (ref === null && commit === null)
    return unreadable(said`“release”, “ref” or “commit” must say what it is`)
  for (const name of ['startedAt', 'finishedAt'])
    if (lineIn(body, name) !== null && momentIn(body, name) === null)
      return unreadable(said`“${name}” is not a moment like 2026-03-02T09:00:00Z`)
  return told({
    ...{ environment, state, ref, commit },
    startedAt: momentIn(body, 'startedAt'),
    finishedAt: state === 'started' ? null : momentIn(body, 'finishedAt'),
    build: lineIn(body, 'build'),
    url: lineIn(body, 'url'),
    externalId: lineIn(body, 'externalId'),
    change: lineIn(body, 'change'),
  })
}

/** `deployment_status` alone tells how a deployment goes; `inactive` only says that a later one came. */
export const readGithub: Read = (body, event) => {
  if (event === 'ping') return ignored(said`GitHub tries whether we answer`)
  if (event !== 'deployment_status')
    return ignored(
      said`“${event.slice(0, 50)}” is not a deployment status: choose “Deployment statuses” alone`,
    )
  const [status, deployment] = [inside(body, 'deployment_status'), inside(body, 'deployment')]
  const word = lineIn(status, 'state')
  const state = stateCalled(word)
  if (state === null)
    return ignored(said`the state ${word ?? 'that is missing'} says nothing of what runs there`)
  const [environment, id] = [
    lineIn(status, 'environment') ?? lineIn(deployment, 'environment'),
    lineIn(deployment, 'id'),
  ]
  if (environment === null || id === null) return unreadable(said`it names no environment or no deployment`)
  return told({
    ...{ environment, state, ...momentOf(state, momentIn(status, 'created_at')) },
    ...{ ref: lineIn(deployment, 'ref'), commit: lineIn(deployment, 'sha'), build: null },
    url: lineIn(status, 'log_url') ?? lineIn(status, 'target_url'),
    externalId: `deployment ${id}`,
  })
}

const shaIn = (address: string | null): string | null =>
  /\/commit\/([0-9a-f]{7,64})$/.exec(address ?? '')?.[1] ?? null

const fromDeployment = (body: Members): CiReading => {
  const word = lineIn(body, 'status')
  const state = stateCalled(word)
  if (state === null)
    return ignored(said`the status ${word ?? 'that is missing'} says nothing of what runs there`)
  const environment = lineIn(body, 'environment')
  const [job, id] = [lineIn(body, 'deployable_id'), lineIn(body, 'deployment_id')]
  if (environment === null || (job ?? id) === null)
    return unreadable(said`it names no environment or no deployment`)
  return told({
    ...{ environment, state, ...momentOf(state, momentIn(body, 'status_changed_at')) },
    ref: lineIn(body, 'ref'),
    commit: shaIn(lineIn(body, 'commit_url')) ?? lineIn(body, 'short_sha'),
    build: job === null ? null : `job ${job}`,
    url: lineIn(body, 'deployable_url'),
    externalId: job === null ? `deployment ${id}` : `job ${job}`,
  })
}

/** The jobs of a pipeline that put something somewhere: each is a deployment. */
const fromPipeline = (body: Members): CiReading => {
  const pipeline = inside(body, 'object_attributes')
  const jobs = Array.isArray(body['builds']) ? body['builds'].filter(isMembers) : []
  const deployments = jobs.flatMap((job): readonly ToldDeployment[] => {
    const place = inside(job, 'environment')
    const [environment, id] = [lineIn(place, 'name'), lineIn(job, 'id')]
    const state = stateCalled(lineIn(job, 'status'))
    if (environment === null || id === null || state === null) return []
    if ((lineIn(place, 'action') ?? 'start') !== 'start') return []
    const [startedAt, finishedAt] = [momentIn(job, 'started_at'), momentIn(job, 'finished_at')]
    // one that was cancelled before it began put nothing there
    if (startedAt === null) return []
    return [
      {
        ...{ environment, state, startedAt, finishedAt: state === 'started' ? null : finishedAt },
        ...{ ref: lineIn(pipeline, 'ref'), commit: lineIn(pipeline, 'sha') },
        ...{ build: `job ${id}`, url: lineIn(pipeline, 'url'), externalId: `job ${id}` },
      },
    ]
  })
  return deployments.length === 0
    ? ignored(said`no job of the pipeline deployed anything`)
    : told(...deployments)
}

export const readGitlab: Read = (body) => {
  const kind = lineIn(body, 'object_kind')
  if (kind === 'deployment') return fromDeployment(body)
  if (kind === 'pipeline') return fromPipeline(body)
  return ignored(
    said`“${kind?.slice(0, 50) ?? ''}” is neither a deployment nor a pipeline: choose “Deployment events”`,
  )
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEPLOYMENT_STATES,
  type DeploymentReport,
  type DeploymentStanding,
  decideDeployment,
  whatRuns,
} from './deployment.ts'

const NOW = new Date('2026-03-02T12:00:00Z')
const at = (minute: number): Date => new Date(NOW.getTime() + (minute - 60) * 60_000)
const report = (state: DeploymentReport['state'], minute: number | null = null): DeploymentReport => ({
  state,
  startedAt: state === 'started' && minute !== null ? at(minute) : null,
  finishedAt: state !== 'started' && minute !== null ? at(minute) : null,
})

/** What becomes of a deployment by these reports; what is refused changes nothing. */
const outcome = (...reports: readonly DeploymentReport[]): DeploymentStanding | null =>
  reports.reduce<DeploymentStanding | null>((standing, each) => {
    const decided = decideDeployment(standing, each, NOW)
    return decided.ok ? decided.value : standing
  }, null)

describe('a deployment', () => {
  it('keeps when it started and when it ended, in whichever order a pipeline tells of both', () => {
    const whole = { state: 'succeeded', startedAt: at(1), finishedAt: at(5) }
    expect(outcome(report('started', 1), report('succeeded', 5))).toEqual(whole)
    expect(outcome(report('succeeded', 5), report('started', 1))).toMatchObject({
      state: 'succeeded',
      finishedAt: at(5),
    })
  })

  it('that failed can be tried again under its id, but not by a report from before it failed', () => {
    const failed = [report('started', 1), report('failed', 5)] as const
    expect(outcome(...failed, report('started', 6))).toEqual({
      state: 'started',
      startedAt: at(6),
      finishedAt: null,
    })
    expect(outcome(...failed, report('started', 2))).toMatchObject({ state: 'failed' })
    expect(outcome(...failed, report('succeeded', 9))).toMatchObject({
      state: 'succeeded',
      finishedAt: at(9),
    })
  })

  it('that succeeded is not said to have failed, only to be rolled back, and that is the end of it', () => {
    const stands = outcome(report('succeeded', 5))
    expect(decideDeployment(stands, report('failed', 6), NOW)).toMatchObject({
      ok: false,
      error: { code: 'wrong-state' },
    })
    expect(decideDeployment(stands, report('failed', 4), NOW)).toEqual({ ok: true, value: stands })
    const back = outcome(report('succeeded', 5), report('rolled back', 7))
    expect(back).toMatchObject({ state: 'rolled back', finishedAt: at(5) })
    expect(decideDeployment(back, report('succeeded', 5), NOW)).toEqual({ ok: true, value: back })
    expect(decideDeployment(back, report('succeeded', 8), NOW)).toMatchObject({ ok: false })
  })

  it('neither lies in the future nor ends before it starts', () => {
    expect(decideDeployment(null, report('succeeded', 66), NOW)).toMatchObject({
      ok: false,
      error: { field: '/finishedAt' },
    })
    expect(decideDeployment(null, report('started', 64), NOW).ok).toBe(true)
    const backwards = { state: 'succeeded', startedAt: at(5), finishedAt: at(1) } as const
    expect(decideDeployment(null, backwards, NOW)).toMatchObject({
      ok: false,
      error: { field: '/finishedAt' },
    })
    expect(decideDeployment(null, { ...report('started', 1), finishedAt: at(2) }, NOW).ok).toBe(false)
  })

  const reports = fc.array(fc.tuple(fc.constantFrom(...DEPLOYMENT_STATES), fc.integer({ min: 0, max: 60 })), {
    minLength: 1,
    maxLength: 8,
  })
  it('stands the same when every report comes twice, and ends exactly when it has not just started', () => {
    fc.assert(
      fc.property(reports, (told) => {
        const all = told.map(([state, minute]) => report(state, minute))
        const once = outcome(...all)
        expect(outcome(...all.flatMap((each) => [each, each]))).toEqual(once)
        expect(once?.finishedAt === null).toBe(once?.state === 'started')
        if (once?.finishedAt != null) expect(once.startedAt <= once.finishedAt).toBe(true)
      }),
    )
  })
})

it('a place runs what was put there after somebody last said what runs there, else what they said', () => {
  const said = { releaseId: 'said', since: at(5) }
  expect(whatRuns(said, null)).toBe(said)
  expect(whatRuns(said, { releaseId: 'older', since: at(4) })).toBe(said)
  expect(whatRuns(said, { releaseId: 'newer', since: at(6) }).releaseId).toBe('newer')
  expect(whatRuns({ releaseId: null, since: null }, { releaseId: 'old', since: at(0) }).releaseId).toBe('old')
})

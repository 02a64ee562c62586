import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CI_KINDS, type CiKind } from './ci-kind.ts'
import { readCi } from './ci-kinds.ts'
import type { CiReading } from './told-deployment.ts'

const NOW = new Date('2026-03-02T09:05:00Z')
const fixture = (name: string): object =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
const read = (kind: CiKind, body: unknown, headers = {}): CiReading =>
  readCi(kind, { bytes: Buffer.from(JSON.stringify(body)), headers, now: NOW })
const SHA = '3f1c2ab9000000000000000000000000000000ff'

describe('GitHub', () => {
  const body = fixture('github-deployment-status')
  const status = { 'x-github-event': 'deployment_status' }

  it('tells what was put where by a deployment status, which has the id of its deployment', () => {
    expect(read('github', body, status)).toEqual({
      outcome: 'told',
      deployments: [
        {
          ...{ environment: 'production', state: 'succeeded', startedAt: null },
          ...{ finishedAt: '2026-03-02T09:04:00.000Z', ref: 'v1.2', commit: SHA, build: null },
          ...{ url: 'https://github.com/example/atlas/actions/runs/7/job/9', externalId: 'deployment 5150' },
        },
      ],
    })
  })

  it('has states that say nothing of what runs there, and events about other things: ignored, with the reason', () => {
    const inactive = { ...body, deployment_status: { state: 'inactive', environment: 'production' } }
    expect(read('github', inactive, status)).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('inactive'),
    })
    expect(read('github', {}, { 'x-github-event': 'push' })).toMatchObject({ outcome: 'ignored' })
    expect(read('github', { zen: '' }, { 'x-github-event': 'ping' })).toMatchObject({ outcome: 'ignored' })
    expect(read('github', { deployment_status: { state: 'success' } }, status)).toMatchObject({
      outcome: 'unreadable',
    })
  })
})

describe('GitLab', () => {
  it('tells by a deployment event', () => {
    expect(read('gitlab', fixture('gitlab-deployment'))).toMatchObject({
      deployments: [
        {
          ...{ environment: 'staging', state: 'succeeded', finishedAt: '2026-03-02T09:04:00.000Z' },
          ...{ ref: 'v1.2', commit: SHA, externalId: 'job 796' },
        },
      ],
    })
  })

  it('tells by a pipeline event of each job that deployed, under the same id as the deployment event', () => {
    expect(read('gitlab', fixture('gitlab-pipeline'))).toMatchObject({
      deployments: [
        {
          ...{ environment: 'staging', startedAt: '2026-03-02T09:00:00.000Z', commit: SHA },
          ...{ finishedAt: '2026-03-02T09:04:00.000Z', externalId: 'job 796' },
        },
      ],
    })
    expect(read('gitlab', fixture('gitlab-pipeline'))).toHaveProperty('deployments.length', 1)
  })

  it('tells nothing by jobs that only test, or by other events', () => {
    expect(read('gitlab', { object_kind: 'pipeline', builds: [] })).toMatchObject({ outcome: 'ignored' })
    expect(read('gitlab', { object_kind: 'push' })).toMatchObject({ outcome: 'ignored' })
  })
})

describe('our own words', () => {
  it('need a place and what was put there; the rest may be left out', () => {
    expect(read('signed', { environment: 'uat', release: '4.2' })).toMatchObject({
      deployments: [{ environment: 'uat', state: 'succeeded', ref: '4.2', commit: null, externalId: null }],
    })
    expect(read('signed', { release: '4.2' })).toMatchObject({
      outcome: 'unreadable',
      reason: expect.stringContaining('environment'),
    })
    expect(read('signed', { environment: 'uat' })).toMatchObject({ outcome: 'unreadable' })
    expect(read('signed', { environment: 'uat', release: '1', state: 'perhaps' })).toMatchObject({
      outcome: 'unreadable',
    })
    expect(read('signed', { environment: 'uat', release: '1', finishedAt: 'today' })).toMatchObject({
      outcome: 'unreadable',
    })
  })

  it('can be kept whatever they are: halves of surrogates are replaced, and a moment before 1970 is none', () => {
    expect(read('signed', { environment: 'u\ud800', release: '1' })).toMatchObject({
      deployments: [{ environment: 'u\ufffd' }],
    })
    expect(
      read('signed', { environment: 'uat', release: '1', finishedAt: '0000-01-01T00:00:00Z' }),
    ).toMatchObject({ outcome: 'unreadable' })
  })

  it('may be the states as Jenkins and Argo CD call them', () => {
    const stateOf = (state: string) => read('argo cd', { environment: 'uat', commit: SHA, state })
    expect(stateOf('SUCCESS')).toMatchObject({ deployments: [{ state: 'succeeded' }] })
    expect(stateOf('ABORTED')).toMatchObject({ deployments: [{ state: 'failed' }] })
    expect(stateOf('Running')).toMatchObject({ deployments: [{ state: 'started' }] })
    expect(stateOf('NOT_BUILT')).toMatchObject({ outcome: 'ignored' })
    expect(stateOf('Degraded')).toMatchObject({ deployments: [{ state: 'failed' }] })
  })
})

it('no body of any kind breaks a reader', () => {
  const members = [
    'environment',
    'state',
    'ref',
    'object_kind',
    'status',
    'deployment_status',
    'deployment',
    'builds',
  ]
  const body = fc.dictionary(fc.constantFrom(...members), fc.jsonValue())
  fc.assert(
    fc.property(fc.constantFrom(...CI_KINDS), fc.oneof(body, fc.jsonValue()), (kind, value) => {
      const reading = read(kind, value, { 'x-github-event': 'deployment_status' })
      expect(['told', 'ignored', 'unreadable']).toContain(reading.outcome)
    }),
  )
  expect(readCi('signed', { bytes: Buffer.from('{'), headers: {}, now: NOW })).toMatchObject({
    outcome: 'unreadable',
  })
})

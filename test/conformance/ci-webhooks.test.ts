import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCi } from '../../src/domain/ci/ci-kinds.ts'
import { stateCalled } from '../../src/domain/ci/told-deployment.ts'
import { type Json, objectAt, vendorSchema } from './vendor/openapi.ts'
import { vendorSpec } from './vendor/specs.ts'

/**
 * What CI systems ring with, held against what the vendors publish. GitHub describes its webhooks. GitLab does not, only
 * the states of deployments and jobs in its API, which are those that its webhooks name.
 */
const github = vendorSpec('github/api.github.com.json')
const gitlab = vendorSpec('gitlab/openapi_v2.yaml')

const STATUS = ['components', 'schemas', 'webhook-deployment-status-created'] as const
const fixture = JSON.parse(
  readFileSync(
    new URL('../../src/domain/ci/fixtures/github-deployment-status.json', import.meta.url),
    'utf8',
  ),
) as Json

/** The body of the webhook as if it were sent to an address of theirs. The repository and the sender are not read. */
const problemsOf = (document: unknown, body: Json): readonly string[] => {
  const event = objectAt(document, ...STATUS)
  const { repository: _, sender: __, ...read } = objectAt(event, 'properties')
  const schema = { ...event, properties: { ...read, repository: {}, sender: {} } }
  const post = { requestBody: { content: { 'application/json': { schema } } }, responses: { 200: {} } }
  const asked = { method: 'POST', path: '/hook', query: {}, body, status: 200, answer: undefined }
  return vendorSchema({ ...objectAt(document), paths: { '/hook': { post } } }).check(asked)
}

describe.skipIf(github === null)('a deployment status of GitHub', () => {
  it('is the body that GitHub describes, with every member that must be there', () => {
    expect(problemsOf(github, fixture)).toEqual([])
  })

  it('would be found out where a member were called otherwise, or missing', () => {
    const { sha, ...deployment } = objectAt(fixture, 'deployment')
    expect(problemsOf(github, { ...fixture, deployment })).not.toEqual([])
    expect(problemsOf(github, { ...fixture, deployment: { ...deployment, sha, commit: sha } })).not.toEqual(
      [],
    )
  })

  it('is told or set aside in every state that GitHub has', () => {
    const states = objectAt(github, 'components', 'schemas', 'deployment-status', 'properties', 'state')[
      'enum'
    ]
    const outcomes = (states as readonly string[]).map((state) => {
      const status = { ...objectAt(fixture, 'deployment_status'), state }
      const bytes = Buffer.from(JSON.stringify({ ...fixture, deployment_status: status }))
      const headers = { 'x-github-event': 'deployment_status' }
      const reading = readCi('github', { bytes, headers, now: new Date('2026-03-02T09:05:00Z') })
      return [state, reading.outcome === 'told' ? reading.deployments[0]?.state : reading.outcome]
    })
    expect(Object.fromEntries(outcomes)).toEqual({
      ...{ error: 'failed', failure: 'failed', success: 'succeeded', in_progress: 'started' },
      ...{ inactive: 'ignored', pending: 'ignored', queued: 'ignored' },
    })
  })
})

describe.skipIf(gitlab === null)('a deployment or a job of GitLab', () => {
  const scopeOf = (path: string, name: string): readonly string[] => {
    const parameters = objectAt(gitlab, 'paths', path, 'get')['parameters'] as readonly Json[]
    const one = parameters.find((parameter) => parameter['name'] === name)
    return (one?.['enum'] ?? objectAt(one, 'items')['enum']) as readonly string[]
  }

  it('is told in the states that say what runs there, and in no other that GitLab has', () => {
    const deployments = scopeOf('/api/v4/projects/{id}/deployments', 'status')
    const jobs = scopeOf('/api/v4/projects/{id}/jobs', 'scope')
    const told = [...new Set([...deployments, ...jobs])].filter((state) => stateCalled(state) !== null)
    expect(Object.fromEntries(told.map((state) => [state, stateCalled(state)]))).toEqual({
      ...{ running: 'started', success: 'succeeded', failed: 'failed', canceled: 'failed' },
    })
  })
})

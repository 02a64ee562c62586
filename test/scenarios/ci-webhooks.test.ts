import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { housekeep } from '../../src/store/housekeeping.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { type MadeCiSource, ringCi, signedHeaders } from '../support/ring-ci.ts'

/** CI systems ring as their own documentation says; what we tell people to write runs here as it stands in docs/. */
let api: TestApi
let token: string
const GUIDE = readFileSync(new URL('../../docs/deployments.md', import.meta.url), 'utf8')
const exampleIn = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1] ??
  expect.fail(`no ${language} in the guide`)
const fixture = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../src/domain/ci/fixtures/${name}.json`, import.meta.url), 'utf8'))

const ask = async <T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  expect([path, answer.statusCode < 300 ? '' : answer.body]).toEqual([path, ''])
  return answer.json<T>()
}
beforeEach(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  api.clock.now = new Date('2026-03-02T09:05:00.000Z')
  await ask('POST', 'products', { key: 'atlas', name: 'Atlas' })
  await ask('POST', 'customers', { key: 'acme', name: 'Acme' })
  await ask('POST', 'releases', { product: 'atlas', name: '1.2' })
  await ask('POST', 'environments', {
    key: 'staging',
    name: 'Staging',
    product: 'atlas',
    purpose: 'Last tests',
    isShareable: true,
  })
  await ask('POST', 'installations', { customer: 'acme', product: 'atlas', environment: 'live' })
})
afterEach(() => api.close())

interface Source {
  readonly id: string
  readonly path: string
  readonly waiting: number
  readonly refused: { readonly count: number; readonly why: string } | null
  readonly ignored: { readonly count: number; readonly why: string } | null
  readonly heardAt: string | null
}
interface Made extends MadeCiSource {
  readonly source: Source
}
const make = (kind: string, more: object = {}): Promise<Made> =>
  ask('POST', 'ci-sources', { key: 'ci', name: 'Our CI', kind, product: 'atlas', ...more })
const sourceNow = () => ask<Source>('GET', 'ci-sources/ci')
const ring = (made: Made, body: string, headers: Record<string, string>) => ringCi(api, made, body, headers)
const signed = (made: Made, body: object, at = api.clock.now) => {
  const text = JSON.stringify(body)
  return ring(made, text, signedHeaders(made.secret, text, at))
}
const deployments = async (): Promise<readonly Record<string, unknown>[]> =>
  (await ask<{ items: Record<string, unknown>[] }>('GET', 'deployments')).items
const waiting = async (): Promise<readonly Record<string, unknown>[]> =>
  (await ask<{ items: Record<string, unknown>[] }>('GET', 'ci-reports/waiting')).items
const stagingRuns = async (): Promise<string | null> =>
  (await ask<{ release: { name: string } | null }>('GET', 'environments/staging')).release?.name ?? null

describe('the guide', () => {
  it('has a shell script that signs what it tells, and runs as it stands', async () => {
    const made = await make('signed')
    api.clock.now = new Date()
    const address = await api.server.app.listen({ port: 0, host: '127.0.0.1' })
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', CAUSEWAY_HOOK: `${address}${made.source.path}` },
      ...{ CAUSEWAY_HOOK_SECRET: made.secret, DEPLOY_TO: 'staging', RELEASE: 'v1.2', BUILD_ID: 'atlas 7' },
    }
    const script = exampleIn('bash')
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { env })
    expect(JSON.parse(stdout)).toEqual({ status: 'taken' })
    expect(await stagingRuns()).toBe('1.2')
    const later = { ...env, RELEASE: '', BUILD_ID: '', COMMIT: 'ab'.repeat(20), STATE: 'NOT_BUILT' }
    const nothing = await promisify(execFile)('bash', ['-c', script], { env: later })
    expect(JSON.parse(nothing.stdout)).toMatchObject({ status: 'ignored' })
    const bySha = await promisify(execFile)('bash', ['-c', script], { env: { ...later, STATE: 'SUCCESS' } })
    expect(JSON.parse(bySha.stdout)).toMatchObject({ reason: 'No release is the commit abababababab.' })
    const wrong = promisify(execFile)('bash', ['-c', script], {
      env: { ...env, CAUSEWAY_HOOK_SECRET: 'guessed' },
    })
    await expect(wrong).rejects.toMatchObject({ stdout: expect.stringContaining('401') })
  })

  it('has a template for Argo CD whose body is understood', async () => {
    const made = await make('argo cd')
    const config = parse(exampleIn('yaml')) as Record<string, string>
    const template = parse(config['template.tell-causeway'] ?? '') as {
      webhook: { causeway: { body: string } }
    }
    const values: readonly (readonly [RegExp, string])[] = [
      [/\{\{\.app\.metadata\.name\}\}/g, 'staging'],
      [/\{\{index \.app\.metadata\.labels "version"\}\}/g, '1.2'],
      [/\{\{\.app\.status\.sync\.revision\}\}/g, '3f1c2ab9'],
      [/\{\{\.app\.status\.operationState\.phase\}\}/g, 'Succeeded'],
      [/\{\{\.app\.status\.operationState\.startedAt\}\}/g, '2026-03-02T09:00:00Z'],
    ]
    const body = values.reduce(
      (text, [gap, value]) => text.replace(gap, value),
      template.webhook.causeway.body,
    )
    expect((await ring(made, body, { authorization: `Bearer ${made.secret}` })).json()).toEqual({
      status: 'taken',
    })
    expect((await deployments())[0]).toMatchObject({
      commit: '3f1c2ab9',
      externalId: 'staging 2026-03-02T09:00:00Z',
    })
  })
})

describe('a CI system that rings', () => {
  it('GitHub: is believed by its signature, and tells of one deployment however often it rings', async () => {
    const made = await make('github', { rules: [{ pattern: 'prod*', installation: 'acme/live' }] })
    const body = JSON.stringify(fixture('github-deployment-status'))
    const headers = {
      'x-github-event': 'deployment_status',
      'x-hub-signature-256': `sha256=${createHmac('sha256', made.secret).update(body).digest('hex')}`,
    }
    expect((await ring(made, body, headers)).json()).toEqual({ status: 'taken' })
    expect((await ring(made, body, headers)).json()).toEqual({ status: 'seen before' })
    expect(await deployments()).toMatchObject([
      {
        release: { name: '1.2' },
        installation: { customer: { key: 'acme' } },
        state: 'succeeded',
        source: 'ci',
        reportedBy: { name: 'Our CI' },
      },
    ])
  })

  it('GitLab: a deployment event and the event of its pipeline are one deployment', async () => {
    const made = await make('gitlab')
    for (const name of ['gitlab-deployment', 'gitlab-pipeline'])
      expect(
        (await ring(made, JSON.stringify(fixture(name)), { 'x-gitlab-token': made.secret })).json(),
      ).toEqual({ status: 'taken' })
    expect(await deployments()).toHaveLength(1)
    expect(await stagingRuns()).toBe('1.2')
  })

  it('about something else is told so, and so are people', async () => {
    const made = await make('gitlab')
    const answer = await ring(made, '{"object_kind":"push"}', { 'x-gitlab-token': made.secret })
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { status: 'ignored' }])
    expect(await sourceNow()).toMatchObject({ ignored: { count: 1, why: expect.stringContaining('push') } })
  })

  it('wrongly, learns nothing, and people see how often and why', async () => {
    const made = await make('signed')
    const right = { environment: 'staging', release: '1.2' }
    const unknown = await ring(
      { ...made, source: { ...made.source, path: '/hooks/ci/00000000-0000-7000-8000-000000000000' } },
      '{}',
      {},
    )
    const old = await signed(made, right, new Date(api.clock.now.getTime() - 6 * 60_000))
    expect([old.statusCode, old.body]).toEqual([401, unknown.body])
    for (let n = 0; n < 3; n += 1)
      expect((await signed({ ...made, secret: 'guessed' }, right)).statusCode).toBe(401)
    api.clock.now = new Date(api.clock.now.getTime() + 2_000)
    expect((await signed(made, { release: '1.2' })).json()).toMatchObject({
      code: 'invalid',
      detail: expect.stringContaining('environment'),
    })
    expect(await sourceNow()).toMatchObject({
      heardAt: null,
      refused: { count: 5, why: expect.stringContaining('environment') },
    })
    expect((await ring(made, ' '.repeat(100_000), {})).statusCode).toBe(413)
    expect(await deployments()).toEqual([])
  })
})

describe('what nobody understands yet', () => {
  it('waits for a rule, and then counts from when it happened', async () => {
    const made = await make('signed')
    const told = {
      environment: 'prod-eu',
      release: '1.2',
      finishedAt: '2026-03-02T09:01:00Z',
      externalId: '1',
    }
    expect((await signed(made, told)).json()).toEqual({
      status: 'waiting',
      reason: 'No rule says where “prod-eu” is.',
    })
    await signed(made, { ...told, externalId: '2', environment: 'review/7' })
    expect(await waiting()).toMatchObject([
      { environment: 'review/7' },
      { environment: 'prod-eu', missing: 'place', count: 1 },
    ])
    await ask('PATCH', 'ci-sources/ci', { rule: { pattern: 'prod-*', installation: 'acme/live' } })
    expect(await deployments()).toMatchObject([
      { finishedAt: '2026-03-02T09:01:00.000Z', installation: { environment: 'live' } },
    ])
    await ask('PATCH', 'ci-sources/ci', { rule: { pattern: 'review/*' } })
    expect(await waiting()).toEqual([])
    expect(await ask('GET', 'ci-sources/ci')).toMatchObject({
      rules: [{ pattern: 'prod-*' }, { pattern: 'review/*', environment: null }],
    })
  })

  it('waits for a release, which may be named or traced later', async () => {
    const made = await make('signed')
    const commit = 'ab'.repeat(20)
    await signed(made, { environment: 'staging', ref: 'v1.3', finishedAt: '2026-03-02T09:01:00Z' })
    await signed(made, { environment: 'staging', ref: 'main', commit, finishedAt: '2026-03-02T09:02:00Z' })
    expect(await waiting()).toMatchObject([
      { missing: 'release', count: 2, reason: expect.stringContaining('“main”') },
    ])
    await ask('POST', 'releases', { product: 'atlas', name: '1.3' })
    expect(await stagingRuns()).toBe('1.3')
    await ask('POST', 'trace/releases', {
      ...{ product: 'atlas', repository: 'atlas', name: '1.4', commit, basis: null },
      ...{ at: '2026-03-02T09:00:00Z', commits: [], counted: 0 },
    })
    expect(await stagingRuns()).toBe('1.4')
    expect(await waiting()).toEqual([])
  })

  it('waits while the source is paused, and is never forgotten by the clean-up', async () => {
    const made = await make('signed')
    await ask('PATCH', 'ci-sources/ci', { paused: true })
    expect((await signed(made, { environment: 'staging', release: '1.2' })).json()).toMatchObject({
      status: 'waiting',
    })
    await housekeep(api.database.db, new Date('2027-03-02T09:00:00Z'))
    await ask('PATCH', 'ci-sources/ci', { paused: false })
    expect(await stagingRuns()).toBe('1.2')
    await housekeep(api.database.db, new Date('2027-03-02T09:00:00Z'))
    expect(await api.database.db.selectFrom('ci_report').select('id').execute()).toEqual([])
    expect(await deployments()).toHaveLength(1)
  })
})

describe('the secret of a source', () => {
  it('is shown once, is not to be read in the database, and ends when it is renewed', async () => {
    const made = await make('signed')
    const row = await api.database.db.selectFrom('ci_source').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify([row, await sourceNow()])).not.toContain(made.secret)
    const renewed = await ask<Made>('POST', 'ci-sources/ci/secret', {})
    const told = { environment: 'staging', release: '1.2' }
    expect((await signed(made, told)).statusCode).toBe(401)
    expect((await signed(renewed, told)).statusCode).toBe(200)
    const given = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
    expect(await ask<Made>('POST', 'ci-sources/ci/secret', { secret: given })).toMatchObject({
      secret: given,
    })
  })

  it('opens nothing when the source is ended, and no rule names a place of another product', async () => {
    const made = await make('signed')
    await ask('POST', 'products', { key: 'other', name: 'Other' })
    await ask('POST', 'environments', {
      key: 'far',
      name: 'Far',
      product: 'other',
      purpose: 'Elsewhere',
      isShareable: false,
    })
    const answer = await api.ask(token, 'PATCH', 'ci-sources/ci', {
      rules: [{ pattern: 'a', environment: 'far' }],
    })
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { field: '/rules/0/environment' }])
    await ask('PATCH', 'ci-sources/ci', { archived: true })
    expect((await signed(made, { environment: 'staging', release: '1.2' })).statusCode).toBe(401)
    expect((await ask<{ items: unknown[] }>('GET', 'ci-sources')).items).toEqual([])
  })
})

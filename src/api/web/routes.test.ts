import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { onMissing } from '../errors.ts'
import { webRoutes } from './routes.ts'

const folder = mkdtempSync(join(tmpdir(), 'causeway-web-'))
const built = join(folder, 'web')
let app: App

const serve = async (from: string): Promise<App> => {
  const made = Fastify() as unknown as App
  made.setNotFoundHandler(onMissing)
  webRoutes(made, from)
  await made.ready()
  return made
}

beforeAll(async () => {
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'not yours')
  writeFileSync(join(built, '.sources'), 'hash')
  writeFileSync(join(built, 'index.html'), '<!doctype html>the app')
  writeFileSync(join(built, 'favicon.svg'), '<svg/>')
  writeFileSync(join(built, 'assets', 'app-1a.js'), 'run()')
  writeFileSync(join(built, 'assets', 'app-1a.js.gz'), gzipSync('run()'))
  app = await serve(built)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

describe('the page', () => {
  it.each(['/', '/tickets', '/tickets/T-1', '/people/ada@acme.example', '/tickets?state=open'])(
    'answers %s, because the browser knows what to show there',
    async (url) => {
      const answer = await get(url)
      expect([answer.statusCode, answer.body]).toEqual([200, '<!doctype html>the app'])
      expect(answer.headers['cache-control']).toBe('no-cache')
    },
  )

  it('comes with a policy that lets nothing from elsewhere and nothing inline run', async () => {
    const { headers } = await get('/')
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'self'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toContain('unsafe')
    expect(headers['referrer-policy']).toBe('same-origin')
  })
})

describe('a file with its hash in the name', () => {
  it('is kept by browsers for ever', async () => {
    const answer = await get('/assets/app-1a.js')
    expect([answer.statusCode, answer.body]).toEqual([200, 'run()'])
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('goes compressed to who takes that', async () => {
    const answer = await get('/assets/app-1a.js', { 'accept-encoding': 'gzip, deflate' })
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.rawPayload).toEqual(gzipSync('run()'))
  })

  it('is answered with 404 when it is gone, because the page would be run as a script', async () => {
    const answer = await get('/assets/app-0b.js')
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found'])
  })
})

it.each(['/api', '/api/v1/nothing', '/hooks/none', '/healthz/x', '/metrics/x', '/robots.txt'])(
  'leaves %s a problem, since who asks is a program',
  async (url) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json'])
  },
)

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/..\\secret.txt',
  '/.sources',
  '/%2esources',
  '/assets/app-1a.js.gz',
  '/assets/app-1a.js%00.svg',
])('gives nothing out for %s', async (url) => {
  const { body } = await get(url)
  expect(body).not.toContain('not yours')
  expect(body).not.toBe('hash')
  expect(body).not.toContain('run()')
})

it('says how to build the app where it is not built', async () => {
  const empty = await serve(join(folder, 'nowhere'))
  const answer = await empty.inject({ url: '/' })
  expect([answer.statusCode, answer.json().detail]).toEqual([
    404,
    expect.stringContaining('npm run build:web'),
  ])
  await empty.close()
})

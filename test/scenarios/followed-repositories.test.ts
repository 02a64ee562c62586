import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeSignal } from '../../src/commands/work-signal.ts'
import type { WorkerDeps } from '../../src/worker/deps.ts'
import { startWorker, type Worker } from '../../src/worker/start-worker.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { runLine } from '../support/command-line.ts'
import { type Checkout, makeCheckout } from '../support/git-checkout.ts'
import { type GitServer, serveGit } from '../support/git-server.ts'

/** A repository that git itself serves over HTTP, read by a worker, seen through the API. */
let api: TestApi
let owner: string
let checkout: Checkout
let served: GitServer
let worker: Worker
let copies: string
let problems: string[]

const place = () => ({
  ...{ folder: copies, path: process.env['PATH'] ?? '' },
  ...{ maxBytes: 50_000_000, maxMs: 60_000 },
})

const startReading = (more: Partial<WorkerDeps> = {}): Worker =>
  startWorker(
    {
      runner: { ...api.runner, signal: makeSignal() },
      ...{ blobs: api.deps.blobs, masterKey: api.deps.master, publicUrl: 'http://x', callbackUrl: null },
      clock: { now: () => api.clock.now, sleep: (_ms, signal) => untilAborted(signal) },
      ...{ maxFileBytes: 1_000, allowPrivate: [served.host], leaseClock: 'given' },
      copies: place(),
      log: (_level, message, data) => problems.push(`${message} ${JSON.stringify(data)}`),
      crashPoint: () => {},
      ...more,
    },
    { slots: 4, idleMs: Number.POSITIVE_INFINITY },
  )
const untilAborted = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  await ask('POST', 'teams', { key: 'web', name: 'Web' })
})
beforeEach(async () => {
  checkout = makeCheckout()
  served = await serveGit(dirname(checkout.folder), checkout.env)
  copies = mkdtempSync(join(tmpdir(), 'causeway-copies-'))
  problems = []
  worker = startReading()
})
afterEach(async () => {
  await worker.stop()
  await served.close()
  checkout.remove()
  rmSync(copies, { recursive: true, force: true })
})
afterAll(() => api?.close())

const ask = async <T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(owner, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
interface Followed {
  readonly id: string
  readonly isReading: boolean
  readonly hasToken: boolean
  readonly readAt: string | null
  readonly told: { readonly releases: number; readonly commits: number } | null
  readonly problem: { readonly what: string; readonly todo: string; readonly since: string } | null
  readonly releases: number
}

let products = 0
const product = async (): Promise<string> => {
  products += 1
  await ask('POST', 'products', { key: `shop-${products}`, name: `Shop ${products}`, team: 'web' })
  return `shop-${products}`
}
const address = (): string => served.address(`${basename(checkout.folder)}/.git`)
const follow = async (more: object = {}): Promise<Followed> =>
  ask('POST', 'repositories', { product: await product(), address: address(), ...more })
const look = (id: string): Promise<Followed> => ask('GET', `repositories/${id}`)
const kindsOf = async (id: string): Promise<readonly string[]> =>
  (
    await api.database.db
      .selectFrom('event')
      .select('kind')
      .where('record_id', '=', id)
      .orderBy('seq')
      .execute()
  ).map(({ kind }) => kind)

const run = (by: Worker = worker): Promise<number> => {
  // a worker looks for repositories once a second
  later(1 / 30)
  return by.runOnce()
}
const later = (minutes: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + minutes * 60_000)
}

describe('a repository that Causeway follows', () => {
  it('is read at once, and later only what is new in it: merges, tags, a planned release on its branch', async () => {
    const key = await product()
    const fix = await ask<{ id: string; key: string }>('POST', 'work-items', {
      ...{ kind: 'defect', title: 'Cart is empty', description: '', product: key },
    })
    checkout.commit('Begin')
    checkout.git('tag', 'v1.0.0')
    checkout.commit(`${fix.key}: keep the cart`)
    const made = await ask<Followed>('POST', 'repositories', {
      ...{ product: key, address: address(), tags: 'v*', everyMinutes: 10 },
      heads: [{ ref: 'main', release: '2.0.0' }],
    })
    expect(made).toMatchObject({ isReading: true, readAt: null, releases: 0 })
    await run()
    expect(await look(made.id)).toMatchObject({
      ...{ isReading: false, problem: null, releases: 2, told: { releases: 2, commits: 2 } },
    })
    const trace = await ask<{ firstIn: { name: string }[] }>('GET', `work-items/${fix.id}/trace`)
    expect(trace.firstIn.map(({ name }) => name)).toEqual(['2.0.0'])

    const calls = served.asked.length
    later(5)
    await run()
    expect(served.asked.length).toBe(calls)
    later(6)
    checkout.git('tag', 'v2.0.0')
    checkout.commit('After')
    checkout.git('tag', 'v2.1.0')
    await run()
    expect(await look(made.id)).toMatchObject({ releases: 3, told: { releases: 1, commits: 1 } })
    expect(problems).toEqual([])
    expect(await kindsOf(made.id)).toEqual(['repository.created'])
  })

  it('holds no contents of files in its copy, and no token anywhere', async () => {
    served.lock('bot:s3cret-token')
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    checkout.git('config', 'uploadpack.allowFilter', 'true')
    const made = await follow({ account: 'bot', token: 's3cret-token' })
    expect(JSON.stringify(made)).not.toContain('s3cret')
    expect(made.hasToken).toBe(true)
    await run()
    expect(await look(made.id)).toMatchObject({ problem: null, releases: 1 })
    const names = readdirSync(copies, { recursive: true, encoding: 'utf8' })
    const copy = join(copies, made.id)
    const kept = execFileSync('git', [
      '-C',
      copy,
      'cat-file',
      '--batch-all-objects',
      '--batch-check=%(objecttype)',
    ])
    expect([...new Set(kept.toString().trim().split('\n'))].sort()).toEqual(['commit', 'tree'])
    for (const name of names.filter((each) => /(?:config|HEAD|packed-refs)$/.test(each)))
      expect(readFileSync(join(copies, name), 'utf8')).not.toMatch(/s3cret|Ym90/)
    const rows = await api.database.db.selectFrom('followed_repository').selectAll().execute()
    const events = await api.database.db.selectFrom('event').select('data').execute()
    expect(JSON.stringify([rows, events])).not.toContain('s3cret')
  })

  it('says why it cannot be read and what to do, once in the log, and is well again by itself', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    served.lock('bot:right')
    const made = await follow({ token: 'wrong' })
    await run()
    const { problem } = await look(made.id)
    expect(problem).toMatchObject({ todo: expect.stringContaining('Give a token') })
    later(30)
    await run()
    expect((await look(made.id)).problem?.since).toBe(problem?.since)
    await ask('PATCH', `repositories/${made.id}`, { account: 'bot', token: 'right' })
    await run()
    expect(await look(made.id)).toMatchObject({ problem: null, releases: 1 })
    expect(await kindsOf(made.id)).toEqual([
      ...['repository.created', 'repository.failing', 'repository.changed', 'repository.up'],
    ])
  })

  it('waits longer after each failure, and not at all when it is asked for', async () => {
    checkout.commit('No tag')
    const made = await follow({ everyMinutes: 10 })
    await run()
    expect((await look(made.id)).problem?.what).toContain('no tags')
    later(11)
    await run()
    const calls = served.asked.length
    later(11)
    await run()
    expect(served.asked.length).toBe(calls)
    checkout.git('tag', 'v1')
    expect((await ask<Followed>('POST', `repositories/${made.id}/read`)).isReading).toBe(true)
    await run()
    expect(await look(made.id)).toMatchObject({ problem: null, releases: 1 })
  })

  it('takes a token nowhere but to the host that it was given for', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    const other = await serveGit(dirname(checkout.folder), checkout.env)
    try {
      const made = await follow({ account: 'bot', token: 's3cret' })
      served.move(`http://${other.host}`)
      await run()
      expect((await look(made.id)).problem?.what).toContain('moved')
      expect(other.asked).toEqual([])
      const moved = await ask<Followed>('PATCH', `repositories/${made.id}`, {
        address: other.address(`${basename(checkout.folder)}/.git`),
      })
      expect(moved.hasToken).toBe(false)
    } finally {
      await other.close()
    }
  })

  it('is on no private network, unless whoever runs Causeway allows the host', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    await worker.stop()
    worker = startReading({ allowPrivate: [] })
    const made = await follow()
    const inside = await follow({ address: 'https://127.0.0.1:1/x.git' })
    await run()
    expect((await look(made.id)).problem?.what).toContain('CAUSEWAY_ALLOW_HOSTS')
    expect((await look(inside.id)).problem?.what).toContain('not a public address')
    expect(served.asked).toEqual([])
  })

  it('that is too large is let go before it fills the disk', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    await worker.stop()
    worker = startReading({ copies: { ...place(), maxBytes: 1 } })
    const made = await follow()
    await run()
    const { problem, releases } = await look(made.id)
    expect([problem?.what, releases]).toEqual([expect.stringContaining('larger'), 0])
    expect(readdirSync(copies)).toEqual([])
  })

  it('that takes too long is left for later, because others wait behind it', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    await worker.stop()
    worker = startReading({ copies: { ...place(), maxMs: 1 } })
    const made = await follow()
    await run()
    expect((await look(made.id)).problem?.what).toContain('minutes')
    await worker.stop()
    worker = startReading()
    later(20)
    await run()
    expect(await look(made.id)).toMatchObject({ problem: null, releases: 1 })
  })

  it.each([
    ['a lock that nobody holds', 'refs/tags/v2.lock', ''],
    ['a head that was not written', 'HEAD', ''],
    ['packs that were not written', 'packed-refs', 'half a l'],
  ])('is read again after a machine went down and left %s', async (_left, file, text) => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    const made = await follow()
    await run()
    const copy = join(copies, made.id)
    writeFileSync(join(copy, file), text)
    const half = join(copy, 'objects', 'pack', 'tmp_pack_abc')
    writeFileSync(half, 'half a pack')
    checkout.commit('More')
    checkout.git('tag', 'v2')
    later(20)
    await run()
    expect(await look(made.id)).toMatchObject({ problem: null, releases: 2 })
    expect(existsSync(half)).toBe(false)
  })

  it('tells the rest where a tag was moved that others were built on, and says which', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    checkout.git('tag', 'latest')
    const made = await follow()
    await run()
    for (const tag of ['v2', 'v3']) {
      checkout.commit(tag)
      checkout.git('tag', tag)
      checkout.git('tag', '--force', 'latest')
      later(11)
      await run()
    }
    const { problem, releases } = await look(made.id)
    expect(releases).toBe(4)
    expect(problem?.what).toContain('Release latest is commit')
    await ask('PATCH', `repositories/${made.id}`, { except: 'latest' })
    await run()
    expect((await look(made.id)).problem).toBeNull()
  })

  it('is read by one of two workers, and by the other when the first one died', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    const made = await follow()
    const second = startReading()
    try {
      await Promise.all([run(), run(second)])
      expect(await look(made.id)).toMatchObject({ problem: null, releases: 1 })
      const discoveries = served.asked.filter(({ path }) => path.includes('info/refs'))
      expect(discoveries).toHaveLength(1)
      await api.database.db
        .updateTable('followed_repository')
        .set({ next_read_at: api.clock.now, leased_until: new Date(api.clock.now.getTime() + 60_000) })
        .where('id', '=', made.id)
        .execute()
      await run(second)
      expect(served.asked.filter(({ path }) => path.includes('info/refs'))).toHaveLength(1)
      later(2)
      await run(second)
      expect(served.asked.filter(({ path }) => path.includes('info/refs'))).toHaveLength(2)
    } finally {
      await second.stop()
    }
  })

  it('is refused with what to write instead', async () => {
    const key = await product()
    const refused = async (body: object): Promise<string> => {
      const answer = await api.ask(owner, 'POST', 'repositories', { product: key, ...body })
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      return (answer.json() as { detail: string }).detail
    }
    expect(await refused({ address: 'git@github.com:acme/shop.git' })).toContain('https://')
    expect(await refused({ address: 'ext::sh -c true' })).toContain('https://')
    expect(await refused({ address: 'https://me:token@forge.example/x.git' })).toContain('their own fields')
    expect(await refused({ address: 'https://forge.example/x.git?y' })).toContain('“?”')
    // one program reads the host before the backslash, another the one after it
    expect(await refused({ address: 'https://forge.example\\@169.254.169.254/x.git' })).toContain('blank')
    expect(await refused({ address: 'https://forge\n.example/x.git' })).toContain('blank')
    const heads = [{ ref: '--upload-pack=sh', release: '2' }]
    expect(await refused({ address: 'https://forge.example/x.git', heads })).toContain('branch')
    await ask('POST', 'repositories', { product: key, address: 'https://forge.example/x.git' })
    expect(await refused({ address: 'https://forge.example/x.git' })).toContain('already')
  })

  it('rests while it is paused, and is followed no more once archived', async () => {
    checkout.commit('Begin')
    checkout.git('tag', 'v1')
    const made = await follow()
    await ask('PATCH', `repositories/${made.id}`, { paused: true })
    await run()
    expect(served.asked).toEqual([])
    const answer = await api.ask(owner, 'POST', `repositories/${made.id}/read`)
    expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringContaining('paused')])
    await ask('PATCH', `repositories/${made.id}`, { paused: false })
    await run()
    expect(await look(made.id)).toMatchObject({ releases: 1 })
    await ask('PATCH', `repositories/${made.id}`, { archived: true })
    later(20)
    const calls = served.asked.length
    await run()
    expect(served.asked.length).toBe(calls)
    const listed = await ask<{ items: readonly Followed[] }>('GET', 'repositories?limit=200')
    expect(listed.items.map(({ id }) => id)).not.toContain(made.id)
  })
})

describe('the command line', () => {
  it('follows a repository with a token from a variable, says how it stands, and has it read', async () => {
    const url = await api.server.app.listen({ host: '127.0.0.1', port: 0 })
    const env = { CAUSEWAY_URL: url, CAUSEWAY_TOKEN: owner, GIT_TOKEN: 'right' }
    const line = (...words: readonly string[]) => runLine(['repositories', ...words], null, env)
    checkout.commit('Begin')
    const key = await product()
    served.lock('oauth2:right')
    const followed = await line('follow', address(), '--product', key, '--token-from', 'GIT_TOKEN')
    expect([followed.exit, followed.out]).toEqual([0, expect.stringContaining('is followed')])
    expect(await line('follow', address(), '--product', key, '--token-from', 'NOTHING')).toMatchObject({
      ...{ exit: 2, err: expect.stringContaining('NOTHING is empty') },
    })
    await run()
    const listed = await line()
    expect([listed.exit, listed.out]).toEqual([3, expect.stringContaining('There are no tags.')])
    checkout.git('tag', 'v1')
    const read = await line('read', '--product', key)
    expect([read.exit, read.out]).toEqual([0, '1 repository will be read at once.\n'])
    await run()
    expect((await line()).out).toMatch(new RegExp(`${key}.*\\b1\\b.*fine`))
  })
})

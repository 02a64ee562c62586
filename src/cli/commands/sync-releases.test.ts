import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { runLine } from '../../../test/support/command-line.ts'
import { type Checkout, makeCheckout } from '../../../test/support/git-checkout.ts'

/** `releases sync` in a real checkout, against a server that remembers what it was told. */
interface Body {
  readonly name: string
  readonly commit: string
  readonly basis: string | null
  readonly counted: number
  readonly commits: readonly (string & { readonly id: string; readonly undoes?: readonly string[] })[]
}

const cleanUp: (() => void)[] = []
afterEach(() => {
  for (const step of cleanUp.splice(0)) step()
})

const startServer = async (refusing: (line: string, body: Body) => number = () => 200) => {
  const releases: Body[] = []
  const batches: Body[] = []
  const queries: URLSearchParams[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://server')
      const size = Buffer.concat(pieces).length
      const answer = (value: unknown, status = 200) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      }
      if (request.method === 'GET') {
        queries.push(url.searchParams)
        const from = Number(url.searchParams.get('cursor') ?? 0)
        const next = from + 1 < releases.length ? String(from + 1) : null
        answer({ items: releases.slice(from, from + 1), next })
        return
      }
      expect(size).toBeLessThan(750_000)
      const body = JSON.parse(Buffer.concat(pieces).toString()) as Body
      const status = refusing(`${request.method} ${url.pathname}`, body)
      if (status === 0) {
        request.socket.destroy()
        return
      }
      if (status !== 200) {
        answer({ detail: `The server says ${status}.` }, status)
        return
      }
      if (url.pathname.endsWith('/commits')) {
        expect(body.commits.length).toBeLessThanOrEqual(500)
        batches.push(body)
        answer({ kept: body.commits.map(({ id }) => id) })
        return
      }
      releases.push(body)
      const enters = { total: body.commits.length, items: [] }
      answer({
        release: { id: body.name, name: body.name },
        isNew: true,
        enters,
        leaves: { total: 0, items: [] },
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, releases, batches, queries }
}
type Server = Awaited<ReturnType<typeof startServer>>

const make = (): Checkout => {
  const checkout = makeCheckout()
  cleanUp.push(checkout.remove)
  return checkout
}

const sync = (checkout: Checkout, server: Server | null, ...words: readonly string[]) =>
  runLine(['releases', 'sync', '--product', 'shop', '--checkout', checkout.folder, ...words], null, {
    ...checkout.env,
    CAUSEWAY_URL: server?.url ?? 'http://127.0.0.1:1',
    CAUSEWAY_TOKEN: 'token',
  })

const twoReleases = (): Checkout => {
  const checkout = make()
  checkout.commit('SHOP-1')
  checkout.git('tag', 'v1.0')
  checkout.commit('SHOP-2')
  checkout.commit('SHOP-3')
  checkout.git('tag', 'v1.1')
  return checkout
}

describe('releases sync', () => {
  it('tells commits, then releases, oldest first; run again it has nothing to tell', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    checkout.git('remote', 'add', 'origin', 'https://ci:token@git.example/shop.git')
    const { exit, out } = await sync(checkout, server)
    expect(out).toContain('2 releases told.')
    expect(exit).toBe(0)
    expect(server.releases.map(({ name, counted, commits }) => [name, counted, commits.length])).toEqual([
      ['1.0', 1, 1],
      ['1.1', 2, 2],
    ])
    expect(server.releases[1]).toMatchObject({
      product: 'shop',
      repository: 'https://git.example/shop.git',
      basis: server.releases[0]?.commit,
      at: expect.stringMatching(/^2026-/),
    })
    expect(await sync(checkout, server)).toMatchObject({ exit: 0, out: 'Nothing to tell. 2 were known.\n' })
    expect(server.batches).toHaveLength(1)
  })

  it('tells only what is new when a tag is added', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    await sync(checkout, server)
    const fix = checkout.commit('SHOP-4')
    checkout.git('tag', 'v1.2')
    const { out } = await sync(checkout, server, '--json')
    expect(server.batches.at(-1)?.commits.map(({ id }) => id)).toEqual([fix])
    expect(JSON.parse(out)).toMatchObject({
      product: 'shop',
      dryRun: false,
      unchanged: 2,
      releases: [{ name: '1.2', ref: 'v1.2', basis: { name: '1.1' }, counted: 1, told: { isNew: true } }],
    })
  })

  it('sends nothing with --dry-run, and says what it would tell and against what', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    const { exit, out } = await sync(checkout, server, '--dry-run', '--tags', 'v1.*')
    expect(exit).toBe(0)
    expect(out).toMatch(/1\.0 +\w{10} +the beginning +1\n1\.1 +\w{10} +1\.0 +2\n/)
    expect(out).toContain('2 releases would be told. Nothing was sent.')
    expect([server.batches, server.releases]).toEqual([[], []])
  })

  it('tells what planned releases have so far, moves them with their branch, and lets a tag take over', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    const planned = ['--at', 'HEAD', '--release', '1.2', '--at', 'v1.0', '--release', '1.0.1']
    const first = await sync(checkout, server, ...planned)
    expect(first.err).toContain('1.2 has nothing yet beyond 1.1.\n1.0.1 has nothing yet beyond 1.0.\n')
    checkout.commit('SHOP-4')
    await sync(checkout, server, ...planned)
    checkout.commit('SHOP-5')
    await sync(checkout, server, ...planned)
    checkout.git('tag', 'v1.2')
    expect((await sync(checkout, server, ...planned)).out).toContain('Nothing to tell.')
    checkout.commit('SHOP-6')
    checkout.git('tag', 'v1.3')
    await sync(checkout, server, ...planned)
    expect(server.releases.map(({ name, counted }) => [name, counted])).toEqual([
      ['1.0', 1],
      ['1.1', 2],
      ['1.2', 1],
      ['1.2', 2],
      ['1.3', 1],
    ])
  })

  it('names with a revert of a merge what the merge brought', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    checkout.git('switch', '--quiet', '--create', 'topic')
    const fix = checkout.commit('SHOP-4')
    checkout.git('switch', '--quiet', 'main')
    checkout.git('merge', '--quiet', '--no-ff', '--no-edit', 'topic')
    checkout.git('revert', '--no-edit', '-m', '1', 'HEAD')
    const revert = checkout.git('rev-parse', 'HEAD')
    checkout.git('tag', 'v1.2')
    await sync(checkout, server)
    const told = server.batches.flatMap(({ commits }) => commits)
    expect(told.find(({ id }) => id === revert)).toMatchObject({ undoes: [fix] })
    expect(told.filter((commit) => 'undoes' in commit)).toHaveLength(1)
  })

  it('keeps within what a body may hold, whatever people wrote', async () => {
    const [checkout, server] = [make(), await startServer()]
    for (let n = 0; n < 12; n++) checkout.commit(`SHOP-${n}\n\n${'\u0001'.repeat(100_000)}`)
    checkout.git('tag', 'v1')
    expect(await sync(checkout, server)).toMatchObject({ exit: 0 })
    expect(server.batches.length).toBeGreaterThan(1)
    expect(server.releases[0]?.commits).toHaveLength(12)
  })
})

describe('releases sync stops', () => {
  it('when the connection breaks, says how to go on, and goes on', async () => {
    const checkout = twoReleases()
    let isBroken = true
    const server = await startServer((line, { name }) =>
      isBroken && line.endsWith('/releases') && name === '1.1' ? 0 : 200,
    )
    const { exit, err } = await sync(checkout, server)
    expect(exit).toBe(4)
    expect(err).toContain('Run the same line again')
    isBroken = false
    expect((await sync(checkout, server)).out).toContain('1 release told. 1 was known.')
  })

  it('when the server refuses a release, with its name and how to leave it out', async () => {
    const server = await startServer((line) => (line.endsWith('/releases') ? 409 : 200))
    const { exit, err } = await sync(twoReleases(), server)
    expect(exit).toBe(5)
    expect(err).toContain('Release 1.0: The server says 409.\n')
    expect(err).toContain('--except TAG')
  })

  it('before it asks anybody when tags are missing, or two are one release, or --at is alone', async () => {
    const checkout = make()
    checkout.commit('SHOP-1')
    expect((await sync(checkout, null)).err).toContain('There are no tags.')
    checkout.git('tag', 'v1.0')
    expect((await sync(checkout, null, '--tags', 'x*')).err).toContain('No tag fits x*.')
    expect(await sync(checkout, null, '--at', 'HEAD')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Each --at needs its --release'),
    })
    checkout.git('tag', '1.0')
    expect(await sync(checkout, null)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('1.0: 1.0, v1.0'),
    })
  })

  it('where a path is written that no commit knows, at least with a word about it', async () => {
    const [checkout, server] = [twoReleases(), await startServer()]
    expect((await sync(checkout, server, '--dry-run', '--path', 'packges')).err).toContain(
      'No commit touches packges',
    )
  })
})

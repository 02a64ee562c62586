import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'
import { runLine } from '../support/command-line.ts'

/** A package turns out to be bad: which releases contain it, and who runs one of them. */
let api: TestApi
let owner: string
let first: string
let second: string
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  await ask('POST', 'teams', { key: 'web', name: 'Web' })
  await ask('POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  first = (await ask<{ id: string }>('POST', 'releases', { product: 'shop', name: '1.0' })).id
  second = (await ask<{ id: string }>('POST', 'releases', { product: 'shop', name: '2.0' })).id
  for (const name of ['Acme', 'Globex']) {
    const { customerId } = await api.customer(name)
    for (const environment of ['production', 'staging'])
      await ask('POST', 'installations', {
        customer: customerId,
        product: 'shop',
        environment,
        release: first,
      })
  }
})
afterAll(() => api?.close())

const ask = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(owner, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
interface Package {
  readonly name: string
  readonly version: string | null
  readonly build: string | null
  readonly release: { readonly name: string }
  readonly installations: number
  readonly customers: number
}
const packages = async (query: string): Promise<readonly Package[]> =>
  (await ask<{ items: readonly Package[] }>('GET', `packages?${query}`)).items
const cyclone = (version: string, more: readonly object[] = []) => ({
  ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
  components: [
    {
      type: 'library',
      group: 'org.apache.logging',
      name: 'log4j-core',
      version,
      purl: `pkg:maven/x@${version}`,
    },
    ...more,
  ],
})

describe('what a build contains', () => {
  it('answers which releases have a package, and how many run them', async () => {
    expect(await ask('POST', `releases/${first}/bill`, cyclone('2.14.1'))).toMatchObject({
      ...{ format: 'cyclonedx', packages: 1, build: null },
    })
    await ask('POST', `releases/${second}/bill`, {
      ...{ spdxVersion: 'SPDX-2.3', name: 'shop' },
      packages: [{ name: 'log4j-core', versionInfo: '2.17.0' }],
    })
    const found = await packages('text=log4j')
    expect(
      found.map(({ name, version, release, customers }) => [name, version, release.name, customers]),
    ).toEqual([
      ['log4j-core', '2.17.0', '2.0', 0],
      ['org.apache.logging/log4j-core', '2.14.1', '1.0', 2],
    ])
    expect((await packages('text=log4j&version=2.14.1')).map(({ installations }) => installations)).toEqual([
      4,
    ])
    expect(await packages('text=og4j')).toEqual([])
    expect(await packages('text=%25')).toEqual([])
    expect((await packages(`text=LOG4J-CORE&release=${second}`)).length).toBe(1)
  })

  it('is what the last document of the same build says, beside those of other builds', async () => {
    for (const version of ['1', '2'])
      await ask('POST', `releases/${second}/bill?build=arm64`, cyclone(version, [{ name: 'musl', version }]))
    const found = await packages('text=musl')
    expect(found.map(({ version, build }) => [version, build])).toEqual([['2', 'arm64']])
    const { items } = await ask<{ items: readonly { build: string | null }[] }>(
      'GET',
      `releases/${second}/bills`,
    )
    expect(items.map(({ build }) => build)).toEqual(['arm64', null])
    expect((await packages(`release=${second}`)).length).toBe(3)
  })

  it('is read page by page to its end, each package once', async () => {
    const many = Array.from({ length: 450 }, (_, n) => ({ name: `lib-${n % 150}`, version: String(n) }))
    await ask('POST', `releases/${first}/bill?build=large`, { packages: many })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: readonly Package[]; next: string | null } = await ask(
        'GET',
        `packages?text=lib-&limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      seen.push(...page.items.map(({ name, version }) => `${name} ${version}`))
      cursor = page.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([450, 450])
  })

  it('is read page by page also where names and versions are as long as they may be', async () => {
    const long = (n: number) => `${n}${'\u0001💥'.repeat(160)}`
    const many = Array.from({ length: 3 }, (_, n) => ({ group: long(n), name: long(n), version: long(n) }))
    await ask('POST', `releases/${second}/bill?build=long`, {
      ...{ bomFormat: 'CycloneDX', components: many },
    })
    let cursor = ''
    for (const n of [0, 1, 2]) {
      const query = `packages?text=${n}&limit=1&release=${second}`
      expect((await ask<{ items: unknown[] }>('GET', query)).items).toHaveLength(1)
      const page: { items: readonly Package[]; next: string | null } = await ask(
        'GET',
        `packages?limit=1&release=${second}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      expect(page.items[0]?.name.startsWith(String(n))).toBe(true)
      cursor = page.next ?? ''
    }
  })

  it('is run by those too whose version is known as a text only', async () => {
    const { customerId } = await api.customer('Initech')
    await ask('POST', 'installations', {
      ...{ customer: customerId, product: 'shop', environment: 'production', version: '2.0' },
    })
    await ask('POST', `releases/${second}/bill?build=text`, { packages: [{ name: 'texted', version: '1' }] })
    expect(await packages('text=texted')).toMatchObject([{ installations: 1, customers: 1 }])
  })

  it('is taken in from two who tell of one build at once, and one of the two counts', async () => {
    const told = await Promise.all(
      ['1', '2', '3', '4'].map((version) =>
        api.ask(owner, 'POST', `releases/${second}/bill?build=raced`, {
          packages: [{ name: 'raced', version }],
        }),
      ),
    )
    expect(told.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    expect(await packages('text=raced')).toHaveLength(1)
  })

  it('is refused with what to send instead, and then nothing of it stays', async () => {
    const before = await packages(`release=${second}`)
    for (const body of [{}, { packages: [] }, { '@graph': [] }]) {
      const answer = await api.ask(owner, 'POST', `releases/${second}/bill`, body)
      expect([answer.statusCode, typeof answer.json().detail]).toEqual([422, 'string'])
    }
    expect(await packages(`release=${second}`)).toEqual(before)
    const nowhere = await api.ask(
      owner,
      'POST',
      'releases/00000000-0000-7000-8000-000000000000/bill',
      cyclone('1'),
    )
    expect(nowhere.statusCode).toBe(404)
  })
})

describe('the command line', () => {
  it('tells a document, and says where a package is', async () => {
    const url = await api.server.app.listen({ host: '127.0.0.1', port: 0 })
    const env = { CAUSEWAY_URL: url, CAUSEWAY_TOKEN: owner }
    const folder = mkdtempSync(join(tmpdir(), 'causeway-bill-'))
    try {
      const file = join(folder, 'sbom.json')
      writeFileSync(file, JSON.stringify(cyclone('2.14.1', [{ name: 'openssl', version: '3.0.11' }])))
      const told = await runLine(['releases', 'contains', '1.0', '--bill', file], null, env)
      expect([told.exit, told.out]).toEqual([0, '2 packages told (cyclonedx).\n'])
      const found = await runLine(['packages', 'openssl'], null, env)
      expect([found.exit, found.out]).toEqual([
        0,
        expect.stringMatching(/openssl\s+3\.0\.11\s+shop 1\.0\s+4\s+2/),
      ])
      writeFileSync(file, 'not json')
      const wrong = await runLine(['releases', 'contains', '1.0', '--bill', file], null, env)
      expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('is not JSON')])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTool } from '../open-tool.ts'
import { type GithubFake, startGithubFake } from './fake.ts'
import { toRedeliver } from './hooks.ts'
import { github } from './index.ts'
import { EVENTS, readWebhook } from './webhook.ts'

const ADDRESS = 'https://causeway.example/hooks/1'
const NOW = new Date('2026-01-05T09:00:00.000Z')

let fake: GithubFake
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  fake = await startGithubFake()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await fake.close()
})

const open = (webhookSecret = fake.settings.webhookSecret ?? '') => {
  const settings = { ...fake.settings, webhookSecret }
  const now = () => new Date()
  const http = openTool(github, settings, { now, allowPrivate: [fake.address] })
  closing.push(() => http.close())
  return github.connect(settings, http, now)
}

const road = () => {
  const [found] = fake.state.repositories
  if (found === undefined) throw new Error('no repository')
  return found
}

describe('our webhook', () => {
  it('is registered in each repository, once however often it is asked', async () => {
    const session = open()
    expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'registered', until: null, problem: null })
    expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'nothing', until: null, problem: null })
    for (const { hooks } of fake.state.repositories)
      expect(hooks).toMatchObject([
        {
          active: true,
          events: EVENTS,
          config: { url: ADDRESS, contentType: 'json', secret: fake.settings.webhookSecret },
        },
      ])
  })

  it.each([
    ['was switched off', { active: false }],
    ['hears too little', { events: ['push'] }],
  ])('that %s is mended, and another’s is left alone', async (_, broken) => {
    const session = open()
    await session.keepHook?.(ADDRESS)
    const theirs = {
      ...road().hooks[0],
      id: 77,
      active: false,
      config: { url: 'https://ci.example', contentType: 'form', secret: 'x' },
    }
    Object.assign(road().hooks[0] ?? {}, broken)
    road().hooks.push({ ...theirs, events: ['push'], deliveries: [], createdMs: 0 })
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('enabled')
    expect(road().hooks[0]).toMatchObject({ active: true, events: EVENTS })
    expect(road().hooks[1]).toMatchObject({ active: false, events: ['push'] })
  })

  it('is taken back, and nobody else’s', async () => {
    const session = open()
    await session.keepHook?.(ADDRESS)
    await session.keepHook?.('https://causeway.example/hooks/2')
    await session.dropHook?.(ADDRESS)
    expect(road().hooks.map((each) => each.config.url)).toEqual(['https://causeway.example/hooks/2'])
  })

  it('that the account may not keep is a sentence, for polling goes on', async () => {
    fake.state.mayKeepHooks = false
    const state = await open().keepHook?.(ADDRESS)
    expect([state?.did, state?.problem]).toEqual([
      'nothing',
      expect.stringContaining('Webhooks: read and write'),
    ])
  })

  it('is not registered without a secret', async () => {
    expect((await open('').keepHook?.(ADDRESS))?.problem).toContain('secret')
    expect(road().hooks).toEqual([])
  })

  it('that did not arrive is asked for again, because GitHub sends each once', async () => {
    let isAway = true
    const heard: string[] = []
    const server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk)
      if (!isAway) heard.push(Buffer.concat(chunks).toString())
      response.writeHead(isAway ? 503 : 200).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    const at = server.address()
    const address = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook`
    const session = open()
    await session.keepHook?.(address)
    fake.people.create({ title: 'missed' })
    await fake.hooks.settled()
    isAway = false
    fake.people.create({ title: 'heard' })
    await fake.hooks.settled()
    expect(heard).toHaveLength(1)
    await session.keepHook?.(address)
    await fake.hooks.settled()
    expect(heard).toHaveLength(2)
    await session.keepHook?.(address)
    await fake.hooks.settled()
    expect(heard).toHaveLength(2)
    server.closeAllConnections()
  })

  it('is read as the fake sends it', async () => {
    await open().keepHook?.(ADDRESS)
    const id = fake.people.create({ title: 'x' })
    await fake.hooks.settled()
    const { headers, body } = (await import('./fake/hooks.ts')).signedHook(
      's',
      'issues',
      'g',
      road().hooks[0]?.deliveries[0]?.body ?? '',
    )
    expect(readWebhook({ bytes: Buffer.from(body), headers, now: NOW }, 's')).toMatchObject({
      refs: [{ id }],
    })
  })
})

describe('deliveries', () => {
  const delivery = (id: number, guid: string, status: number, minutesAgo: number) => ({
    id,
    guid,
    delivered_at: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString(),
    status_code: status,
  })
  const ids = (...all: readonly ReturnType<typeof delivery>[]) => toRedeliver(all, NOW).map((each) => each.id)

  it('that failed are asked for again, up to three times and for an hour', () => {
    const fine = delivery(1, 'a', 200, 1)
    expect(ids(fine, delivery(2, 'b', 502, 5))).toEqual([2])
    expect(ids(fine, delivery(2, 'b', 502, 90))).toEqual([])
    expect(ids(fine, delivery(2, 'b', 502, 5), delivery(3, 'b', 200, 2))).toEqual([])
    expect(ids(fine, delivery(2, 'b', 0, 9), delivery(3, 'b', 0, 8))).toEqual([3])
    expect(ids(fine, delivery(2, 'b', 0, 9), delivery(3, 'b', 0, 8), delivery(4, 'b', 0, 7))).toEqual([])
  })

  it('of which none arrives are tried with one, not with all', () => {
    expect(ids(delivery(1, 'a', 0, 3), delivery(2, 'b', 0, 2), delivery(3, 'c', 0, 1))).toEqual([3])
  })
})

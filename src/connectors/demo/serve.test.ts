import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Http, HttpResponse } from '../../sync/connector.ts'
import { createDemoClient } from './client.ts'
import { createDemoTool } from './fake.ts'
import { demoDesk } from './index.ts'
import { seededRandom } from './seeded-random.ts'
import { serveDemoTool } from './serve.ts'

const NOW = new Date('2026-01-05T09:00:00.000Z')
const newDesk = () =>
  createDemoTool({ kind: 'desk', name: 'served', now: () => NOW, random: seededRandom(1), token: 't0ken' })

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe('a served tool', () => {
  it('posts webhooks that the connector can verify', async () => {
    const desk = newDesk()
    const served = await serveDemoTool(desk)
    closing.push(served.close)
    const received = Promise.withResolvers<{ bytes: Buffer; headers: Record<string, string> }>()
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      received.resolve({ bytes: Buffer.concat(chunks), headers })
      response.end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => receiver.close(resolve)))
    const address = receiver.address()
    served.postHooksTo(
      `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`,
    )

    const { id } = desk.humanCreate({ container: 'support', fields: { title: 'Rings' } })
    const delivery = { ...(await received.promise), now: NOW }
    const read = demoDesk.webhook?.(delivery, { url: served.url, webhookSecret: desk.webhookSecret })
    expect(read).toEqual({ outcome: 'hints', refs: [{ id }], deliveryId: 'd-1001' })
  })

  it('lets nobody in without its token', async () => {
    const served = await serveDemoTool(newDesk())
    closing.push(served.close)
    expect((await fetch(`${served.url}api/about`)).status).toBe(401)
    const headers = demoDesk.headers({ url: served.url, token: 't0ken' })
    expect((await fetch(`${served.url}api/about`, { headers })).status).toBe(200)
  })
})

describe('an answer of another shape', () => {
  const answering = (body: unknown): Http => {
    const response: HttpResponse = {
      status: 200,
      headers: {},
      bytes: new Uint8Array(),
      json: () => body,
      text: () => '',
    }
    return { request: async () => response, download: () => Promise.reject(new Error('not asked for')) }
  }
  const update = { op: 'update', ref: { id: '1' }, fields: {}, version: null } as const

  it.each([null, [], {}, { item: null }, { item: { id: 1 } }, { id: '' }, 'text'])(
    'is down for a read and unknown for a write: %j',
    async (body) => {
      const client = createDemoClient(answering(body), 'http://demo.invalid/')
      await expect(client.get('1')).rejects.toMatchObject({ kind: 'down' })
      await expect(client.list({})).rejects.toMatchObject({ kind: 'down' })
      await expect(client.write(update, 'k')).rejects.toMatchObject({ kind: 'unknown' })
    },
  )
})

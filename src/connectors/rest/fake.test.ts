import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RestFake, startRestFake } from './fake.ts'
import { rest } from './index.ts'

/** The simulated tool's webhooks, as our own reader takes them. */

const SECRET = 'hook-secret'
let received: { id: string; delivery: string | null }[] = []
let refused = 0
let fake: RestFake
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const reading = rest.webhook?.({ bytes: Buffer.concat(chunks), headers, now: new Date() }, fake.settings)
    if (reading?.outcome === 'hints')
      received.push({ id: reading.refs[0]?.id ?? '', delivery: reading.deliveryId })
    else refused += 1
    response.writeHead(204).end()
  })
})

beforeEach(async () => {
  received = []
  refused = 0
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  fake = await startRestFake({
    webhook: { url: `http://127.0.0.1:${port}/hooks/rest`, secret: SECRET },
    random: () => 0.5,
  })
})
afterEach(async () => {
  await fake.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})

describe('webhooks of the simulated tool', () => {
  it('are signed so that we take them, one for each change', async () => {
    const { id } = fake.make({ title: 'a' })
    fake.edit(id, { title: 'b' })
    await fake.hooks?.settled()
    expect(refused).toBe(0)
    expect(received.map((each) => each.id)).toEqual([id, id])
  })

  it('can be lost, doubled and swapped', async () => {
    fake.set({ hooks: { dropRate: 1 } })
    const { id } = fake.make({ title: 'a' })
    await fake.hooks?.settled()
    expect(received).toEqual([])
    fake.set({ hooks: { dropRate: 0, doubleRate: 1 } })
    fake.edit(id, { title: 'b' })
    await fake.hooks?.settled()
    expect(received.map((each) => each.delivery)).toEqual(['d-1', 'd-1'])
    fake.set({ hooks: { doubleRate: 0, reorder: true } })
    fake.edit(id, { title: 'c' })
    expect(fake.hooks?.counts.sent).toBe(2)
    await fake.hooks?.settled()
    expect(received).toHaveLength(3)
  })
})

describe('the ledger', () => {
  it('holds each accepted write once, whoever made it and whatever was answered', async () => {
    const { id } = fake.make({ title: 'a' })
    fake.edit(id, { title: 'b' })
    fake.comment(id, 'c', true)
    fake.remove(id)
    expect(fake.ledger.map(({ op, by }) => [op, by])).toEqual([
      ['create', 'u-1'],
      ['patch', 'u-1'],
      ['comment.add', 'u-1'],
      ['delete', 'u-1'],
    ])
  })
})

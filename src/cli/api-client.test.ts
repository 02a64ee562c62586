import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { connectApi } from './api-client.ts'

const cleanUp: (() => void)[] = []
afterEach(() => {
  for (const step of cleanUp.splice(0)) step()
})

/** A server that answers with these pieces and then ends, or breaks off. */
const serving = async (pieces: readonly string[], breaksOff = false) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    for (const piece of pieces) response.write(piece)
    if (breaksOff) setImmediate(() => response.destroy())
    else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => server.close())
  return connectApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: null })
}

it('tells how far long work is, however its lines are cut into pieces, and gives the answer', async () => {
  const api = await serving([
    '{"progress":{"done":1}}\n{"prog',
    'ress":{"done":2}}\n',
    '{"answer":{"n":7}}\n',
  ])
  const told: unknown[] = []
  expect(await api.postLong('/x', {}, (progress) => told.push(progress))).toEqual({ n: 7 })
  expect(told).toEqual([{ done: 1 }, { done: 2 }])
})

it('says what the server says when long work ends with a problem', async () => {
  const api = await serving(['{"problem":{"status":404,"detail":"There is no such connection."}}\n'])
  await expect(api.postLong('/x', {}, () => {})).rejects.toThrow('There is no such connection.')
})

it('says that the server is away when it breaks off before its answer', async () => {
  for (const breaksOff of [true, false])
    await expect(
      (await serving(['{"progress":{"done":1}}\n'], breaksOff)).postLong('/x', {}, () => {}),
    ).rejects.toThrow('cannot be reached')
})

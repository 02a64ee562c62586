import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { makeSignal } from '../commands/work-signal.ts'
import { signHook } from '../connectors/demo/tool/hooks.ts'
import { uuidv7 } from '../lib/ids.ts'
import { connect, type Database } from '../store/database.ts'

/** A way to the database that can be cut and mended, so that both engines can be "lost" alike. */
const openWay = async (url: string) => {
  const there = new URL(url)
  const socketFolder = there.searchParams.get('host')
  const sockets = new Set<Socket>()
  const serve = (): Server =>
    createServer((near) => {
      const far = socketFolder
        ? dial(`${socketFolder}/.s.PGSQL.5432`)
        : dial(Number(there.port || 5432), there.hostname)
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
      }
      near.pipe(far).pipe(near)
    })
  let server = serve().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const user = there.username || there.searchParams.get('user') || 'postgres'
  const signIn = there.password === '' ? user : `${user}:${there.password}`
  return {
    url: `postgresql://${signIn}@127.0.0.1:${port}${there.pathname}?sslmode=disable`,
    cut: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    mend: async () => {
      server = serve().listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

let database: TestDatabase
let way: Awaited<ReturnType<typeof openWay>>
let db: Database
let api: TestApi
let token: string
beforeAll(async () => {
  database = await openTestDatabase()
  way = await openWay(database.url)
  db = connect({ url: way.url, max: 2 })
  let ahead = 0
  const runner = { db, newId: uuidv7, now: () => new Date(Date.now() + ahead), signal: makeSignal() }
  api = await openTestApi({ runner, intakeDb: db })
  token = await api.tokenOf('owner')
  await api.connection('desk', 's3cret')
  // webhooks look for new connections once a second at most: they may have looked just before
  ahead = 2_000
})
afterAll(async () => {
  await api.close()
  await db.destroy()
  way.close()
  await database.close()
})

const ring = (id: string) => {
  const body = Buffer.from(JSON.stringify({ event: 'changed', item: { id, key: id } }))
  const stamp = String(Math.floor(Date.now() / 1000))
  return api.server.app.inject({
    method: 'POST',
    url: '/hooks/desk',
    headers: {
      'content-type': 'application/json',
      'x-demo-timestamp': stamp,
      'x-demo-signature': signHook('s3cret', stamp, body),
      'x-demo-delivery': id,
    },
    payload: body,
  })
}
const makeToken = () =>
  api.server.app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers: { authorization: `Bearer ${token}` },
    payload: { name: 'n', roles: ['agent'] },
  })
const statusOf = async (url: string): Promise<number> => (await api.server.app.inject({ url })).statusCode

it('says 503 while the database is away, keeps its promise about webhooks, and goes on by itself', async () => {
  expect([
    (await ring('before')).statusCode,
    (await makeToken()).statusCode,
    await statusOf('/readyz'),
  ]).toEqual([200, 201, 200])
  await way.cut()
  const [rung, made] = [await ring('while away'), await makeToken()]
  expect([rung.statusCode, rung.json().code]).toEqual([503, 'database-unavailable'])
  expect([made.statusCode, made.json().code, made.headers['retry-after']]).toEqual([
    503,
    'database-unavailable',
    '5',
  ])
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503])
  await way.mend()
  expect([
    (await ring('after')).statusCode,
    (await makeToken()).statusCode,
    await statusOf('/readyz'),
  ]).toEqual([200, 201, 200])
  const kept = await db.selectFrom('delivery').select('delivery_id').orderBy('received_at').execute()
  expect(kept.map((row) => row.delivery_id)).toEqual(['before', 'after'])
})

it('acknowledges no webhook without its row, though the way is cut in the middle of a flood', async () => {
  const flood = Array.from({ length: 200 }, (_, n) =>
    ring(`flood ${n}`).then((answer) => ({ n, status: answer.statusCode })),
  )
  await Promise.race(flood)
  await way.cut()
  const answers = await Promise.all(flood)
  await way.mend()
  const kept = new Set(
    (await database.db.selectFrom('delivery').select('delivery_id').execute()).map((row) => row.delivery_id),
  )
  const lost = answers.filter(({ n, status }) => status === 200 && !kept.has(`flood ${n}`))
  expect(lost).toEqual([])
  expect(new Set(answers.map(({ status }) => status))).toContain(200)
})

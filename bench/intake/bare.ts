import { createHmac, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

/**
 * The floor to compare with: Fastify, one HMAC, group commit into a table with a key, two connections, nothing else.
 * Prints its address.
 */
interface Waiting {
  readonly id: string
  readonly done: () => void
}

const clients = await Promise.all(
  [1, 2].map(async () => {
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
    await client.connect()
    return client
  }),
)
await clients[0]?.query('create table if not exists bare (id text primary key, at timestamptz not null)')
const free = [...clients]
let queue: Waiting[] = []

const flush = (): void => {
  const client = queue.length === 0 ? undefined : free.pop()
  if (client === undefined) return
  const group = queue.slice(0, 500)
  queue = queue.slice(500)
  const ids = group.map((one) => one.id)
  void client
    .query('insert into bare (id, at) select unnest($1::text[]), now() on conflict do nothing', [ids])
    .then(() => {
      for (const one of group) one.done()
      free.push(client)
      flush()
    })
}

const app = Fastify({ logger: false })
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
)
app.post<{ Body: Buffer }>('/hooks/bench', (request, reply) => {
  const stamp = String(request.headers['x-demo-timestamp'])
  const mine = createHmac('sha256', 'bench').update(`${stamp}.`).update(request.body).digest()
  const given = Buffer.from(String(request.headers['x-demo-signature']).slice(7), 'hex')
  if (given.length !== mine.length || !timingSafeEqual(mine, given)) {
    void reply.code(401).send()
    return
  }
  JSON.parse(request.body.toString())
  queue.push({ id: String(request.headers['x-demo-delivery']), done: () => void reply.send('{}') })
  if (free.length > 0) setImmediate(flush)
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)

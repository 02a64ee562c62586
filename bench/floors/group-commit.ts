import { createHmac, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { HOOK_SECRET } from '../tools/desk-event.ts'

/**
 * The least a durable intake can be: Fastify, the signature, one parse, and one `insert … select unnest` a commit for
 * all requests that came while the one before was under way. Nothing else: no connections, no limits, no hints, no
 * worker. What ours is measured against. `DATABASE_URL` from the environment; says its address on stdout.
 */
interface Kept {
  readonly id: string
  readonly item: number
  readonly text: string
  readonly done: (status: number) => void
}

const FLIGHTS = 2
const MAX_GROUP = 500
const open = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
  await client.connect()
  return client
}
const idle = await Promise.all(Array.from({ length: FLIGHTS }, open))
await idle[0]?.query(
  'create table inbox (id bigint generated always as identity primary key, delivery_id text not null unique, item int not null, body text not null)',
)
let waiting: Kept[] = []

const answer = (group: readonly Kept[], status: number): void => {
  for (const one of group) one.done(status)
}

const depart = (): void => {
  if (waiting.length === 0) return
  const client = idle.pop()
  if (client === undefined) return
  const group = waiting.slice(0, MAX_GROUP)
  waiting = waiting.slice(MAX_GROUP)
  client
    .query({
      name: 'keep',
      text: 'insert into inbox (delivery_id, item, body) select * from unnest($1::text[], $2::int[], $3::text[]) on conflict (delivery_id) do nothing',
      values: [group.map((one) => one.id), group.map((one) => one.item), group.map((one) => one.text)],
    })
    .then(
      () => answer(group, 200),
      () => answer(group, 500),
    )
    .finally(() => {
      idle.push(client)
      depart()
    })
}

const isSigned = (body: Buffer, given: unknown): boolean => {
  const expected = Buffer.from(`sha256=${createHmac('sha256', HOOK_SECRET).update(body).digest('hex')}`)
  const header = Buffer.from(typeof given === 'string' ? given : '')
  return header.length === expected.length && timingSafeEqual(header, expected)
}

const app = Fastify({ logger: false })
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
)
app.post<{ Body: Buffer }>('/hook', (request, reply) => {
  if (!isSigned(request.body, request.headers['x-hub-signature-256'])) {
    reply.code(401).send()
    return
  }
  const text = request.body.toString()
  const event = JSON.parse(text) as { delivery_id: string; item: number }
  waiting.push({
    id: event.delivery_id,
    item: event.item,
    text,
    done: (status) => reply.code(status).send('{}'),
  })
  if (idle.length > 0) setImmediate(depart)
})
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}/hook\n`)

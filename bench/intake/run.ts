import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Pool } from 'undici'

/**
 * How fast signed webhooks are taken in durably, against a bare group commit on the same PostgreSQL. Rounds alternate,
 * because a shared machine drifts: read the ratio.
 *
 *     DATABASE_URL=postgresql://… node bench/intake/run.ts [rounds] [deliveries]
 */
const [rounds = 5, deliveries = 6_000] = process.argv.slice(2).map(Number)
const IN_FLIGHT = 64
const FILLER = 'x'.repeat(1_500)

const start = async (file: string) => {
  const child = spawn(process.execPath, [new URL(file, import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: process.env,
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, pool: new Pool(line.toString().trim(), { connections: IN_FLIGHT, pipelining: 1 }) }
}

/** Deliveries acknowledged a second. */
const measure = async (pool: Pool): Promise<number> => {
  let next = 0
  const one = async (): Promise<void> => {
    while (next < deliveries) {
      next += 1
      const id = randomUUID()
      const body = JSON.stringify({ event: 'changed', item: { id, key: id }, filler: FILLER })
      const stamp = String(Math.floor(Date.now() / 1000))
      const signature = createHmac('sha256', 'bench').update(`${stamp}.`).update(body).digest('hex')
      const answer = await pool.request({
        method: 'POST',
        path: '/hooks/bench',
        body,
        headers: {
          'content-type': 'application/json',
          'x-demo-timestamp': stamp,
          'x-demo-signature': `sha256=${signature}`,
          'x-demo-delivery': id,
        },
      })
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
  return deliveries / ((performance.now() - began) / 1000)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const bare = await start('./bare.ts')
const ours = await start('./ours.ts')
const seen = { bare: [] as number[], ours: [] as number[] }
// the first round warms both up
for (let round = 0; round <= rounds; round += 1)
  for (const [name, { pool }] of [
    ['bare', bare],
    ['ours', ours],
  ] as const) {
    const rate = await measure(pool)
    if (round > 0) seen[name].push(rate)
  }
const show = (values: readonly number[]): string =>
  `${median(values).toFixed(0)}/s (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`
process.stdout.write(
  `bare group commit ${show(seen.bare)}\nCauseway intake   ${show(seen.ours)}\nratio of medians  ${(median(seen.ours) / median(seen.bare)).toFixed(2)}\n`,
)
for (const { child } of [bare, ours]) child.kill()
process.exit(0)

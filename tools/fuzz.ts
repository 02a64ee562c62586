import { parseArgs } from 'node:util'
import { openTestDatabase } from '../test/support/database.ts'
import { describeRun, runFuzz, shrink } from '../test/sync-fuzz/fuzz.ts'

/**
 * The sync under random people, faults and crashes, for as long as one likes:
 *
 *     npm run fuzz -- --seed 1 --steps 200 --for 10m
 *
 * Runs seed after seed; a failing one is made shorter and printed with its operations. Ends with 1 if one failed.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '150' },
    for: { type: 'string' },
    runs: { type: 'string' },
    whole: { type: 'boolean', default: false },
  },
})
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }
const [, amount = '0', unit = 's'] = /^(\d+)([smh])$/u.exec(values.for ?? '') ?? []
const until = values.for === undefined ? null : Date.now() + Number(amount) * (UNITS[unit] ?? 1_000)
const runs = values.runs === undefined ? (until === null ? 1 : Number.POSITIVE_INFINITY) : Number(values.runs)

const test = await openTestDatabase()
let failed = 0
let seed = Number(values.seed)
for (let run = 0; run < runs && (until === null || Date.now() < until); run += 1, seed += 1) {
  const result = await runFuzz(test.db, seed, Number(values.steps))
  const { counts } = result
  console.log(
    `seed ${seed}: ${result.violations.length === 0 ? 'good' : 'FAILED'}; ${counts.edits} edits, ${counts.faults} faults, ${counts.crashes} crashes, ${counts.apiWrites} writes, ${counts.calls} calls`,
  )
  if (result.violations.length === 0) continue
  failed += 1
  console.log(describeRun(values.whole ? result : await shrink(test.db, result)))
}
await test.close()
process.exitCode = failed > 0 ? 1 : 0

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { proposeNotices } from '../../src/commands/propose-notices.ts'
import { runCommand } from '../../src/commands/run-command.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { connect, type Database } from '../../src/store/database.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { countNotices, listNotices } from '../../src/store/views/notice-list.ts'
import { outreachReport, reachedTickets } from '../../src/store/views/outreach-report.ts'
import { releaseInPlay, ticketsToTell } from '../../src/store/views/tickets-to-tell.ts'
import { listContents } from '../../src/store/views/trace.ts'
import { countWaiting, listWaiting } from '../../src/store/views/waiting-for-release.ts'
import { listStandings, workTrace } from '../../src/store/views/who-has-it.ts'
import { atMost, type Figure, info } from '../figure.ts'
import { type Bench, calm, type Measurement, scaled } from '../measuring.ts'
import { measureHistory } from './history.ts'

const INSTALLATIONS = 10_000
const FIXES = 5_000
const TICKETS = 2_000
const RELEASES = 300
const LINES = 3
const ASKS = 30
/** The release in the middle of the first line has all the tickets: as many as a bad week brings. */
const BUSY = 50
const PAGE = { after: null, limit: 50 }

/**
 * One product of a large vendor: three lines of a hundred releases each, 5,000 fixes spread over them, one installation
 * for each of 10,000 customers, 2,000 open tickets behind the fixes of one release.
 */
const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-release-'))
  const embedded = bench.engine.name === 'embedded' ? await startEmbedded({ dataDir: folder }) : null
  const url = bench.engine.name === 'postgres' ? await bench.engine.freshDatabase() : (embedded?.url ?? '')
  const db = connect({ url, max: 2 })
  try {
    await migrate(db)
    await fill(db, scaled(bench, INSTALLATIONS))
    await calm()
    const releaseId = id('release', sql`${BUSY}`)
    const { rows } = await sql<{ release: string; work: string }>`
      select ${releaseId} as release, (select id::text from work_item where release_id = ${releaseId} limit 1) as work`.execute(
      db,
    )
    const { release = '', work = '' } = rows[0] ?? {}
    const standings = { workItemId: work, has: null }
    return [
      await timed('who has a fix: counts, releases and commits', 100, () => workTrace(db, work)),
      await timed('who has a fix: a page of installations', 100, () => listStandings(db, standings, PAGE)),
      await timed('who waits for a release: counts', 200, () => countWaiting(db, release)),
      await timed('who waits for a release: a page', 200, () =>
        listWaiting(db, { releaseId: release, standing: null }, PAGE),
      ),
      await timed('what is in a release: a page', null, () =>
        listContents(db, { releaseId: release, change: null }, PAGE),
      ),
      ...(await outreach(db, release)),
      ...(await measureHistory(bench, db)),
    ]
  } finally {
    await db.destroy()
    await embedded?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What its tickets stand to, all 2,000 at once; then with a message proposed to each of their customers. */
const outreach = async (db: Database, releaseId: string): Promise<readonly Figure[]> => {
  const inPlay = (await releaseInPlay(db, releaseId)) ?? impossible()
  const whole = await timed('whom a release is told to: all of 2,000 tickets', 200, () =>
    ticketsToTell(db, inPlay),
  )
  const runner = { db, newId: uuidv7, now: () => new Date(), signal: { notify: () => {} } }
  const propose = () => runCommand(runner, SYSTEM, proposeNotices, { product: inPlay.productId })
  const begun = performance.now()
  await propose()
  const first = performance.now() - begun
  return [
    whole,
    info('proposing to all of them at once', first, 'ms'),
    await timed('a look at everything that changes nothing', null, propose),
    await timed('messages of a release: a page', 200, () => listNotices(db, { releaseId }, PAGE)),
    await timed('messages of a release: counts', 200, () => countNotices(db, { releaseId })),
    await timed('who was told of a release: a page', 200, () => outreachReport(db, releaseId, PAGE)),
    await timed('who was told in time', 200, () => reachedTickets(db, releaseId)),
  ]
}

const impossible = (): never => {
  throw new Error('the release that was just made is gone')
}

const timed = async (name: string, limitMs: number | null, ask: () => Promise<unknown>): Promise<Figure> => {
  const times: number[] = []
  for (let asked = 0; asked < ASKS; asked += 1) {
    const begun = performance.now()
    await ask()
    times.push(performance.now() - begun)
  }
  const p95 = times.sort((a, b) => a - b)[Math.floor(ASKS * 0.95)] ?? Number.NaN
  const title = `p95 of ${name}`
  return limitMs === null ? info(title, p95, 'ms') : atMost(title, p95, 'ms', limitMs)
}

/** The same number gives the same id, so that rows find each other without being asked for. */
const id = (noun: string, number: RawBuilder<unknown>) => sql`md5(${noun} || (${number})::text)::uuid`

const fill = async (db: Database, installations: number): Promise<void> => {
  const n = sql.ref('n')
  const rows = (count: number) => sql`generate_series(1, ${sql.lit(count)}) n`
  const perLine = RELEASES / LINES
  const at = sql`'2026-01-01'::timestamptz`
  const product = id('product', sql`1`)
  const repository = id('repository', sql`1`)
  const line = (release: RawBuilder<unknown>) => id('line', sql`((${release}) - 1) / ${sql.lit(perLine)}`)
  const position = (release: RawBuilder<unknown>) => sql`1 + ((${release}) - 1) % ${sql.lit(perLine)}`
  /** A fix lies on a line; every tenth is in the busy release. */
  const releaseOf = sql`case when n % 10 = 0 then ${sql.lit(BUSY)} else 1 + n % ${sql.lit(RELEASES)} end`
  const owner = JSON.stringify({ kind: 'token', id: 'bench', name: 'bench' })
  for (const statement of [
    sql`insert into product (id, key, name, created_at) values (${product}, 'shop', 'Shop', ${at})`,
    sql`insert into customer (id, key, name, created_at) select ${id('customer', n)}, 'c' || n, 'Customer ' || n, ${at} from ${rows(installations)}`,
    sql`insert into release (id, product_id, name, state, created_at, updated_at, released_at)
      select ${id('release', n)}, ${product}, 'v' || n, 'released', ${at}, ${at}, ${at} from ${rows(RELEASES)}`,
    sql`insert into installation (id, customer_id, product_id, environment, release_id, created_at, updated_at)
      select ${id('installation', n)}, ${id('customer', n)}, ${product}, 'production',
        ${id('release', sql`1 + n % ${sql.lit(RELEASES)}`)}, ${at}, ${at} from ${rows(installations)}`,
    sql`insert into work_item (id, number, key, kind, state, title, description, product_id, release_id, status_moved_at, created_at, updated_at)
      select ${id('work', n)}, n, 'W-' || n, 'defect', 'done', 'Defect ' || n, '[]', ${product}, ${id('release', releaseOf)}, ${at}, ${at}, ${at}
      from ${rows(FIXES)}`,
    sql`insert into ticket (id, number, key, kind, state, title, description, customer_id, product_id, created_at, updated_at)
      select ${id('ticket', n)}, n, 'T-' || n, 'incident', 'open', 'Ticket ' || n, '[]', ${id('customer', n)}, ${product}, ${at}, ${at}
      from ${rows(TICKETS)}`,
    sql`insert into escalation (id, ticket_id, work_item_id, state, sent_by, created_at, sent_at, updated_at)
      select ${id('escalation', n)}, ${id('ticket', n)}, ${id('work', sql`10 * (1 + n % ${sql.lit(FIXES / 10)})`)}, 'released', ${owner}, ${at}, ${at}, ${at}
      from ${rows(TICKETS)}`,
    sql`insert into repository (id, product_id, name, created_at) values (${repository}, ${product}, 'acme/shop', ${at})`,
    sql`insert into trace_line (id, repository_id, head) select ${id('line', sql`n - 1`)}, ${repository}, ${sql.lit(perLine)} from ${rows(LINES)}`,
    sql`insert into trace_commit (id, repository_id, sha, subject, author, authored_at, keys, reverts, picks)
      select ${id('commit', n)}, ${repository}, md5(n::text) || '00000000', 'W-' || n || ': mend', 'Erik', ${at}, array['W-' || n], '{}', '{}' from ${rows(FIXES)}`,
    sql`insert into trace_key (commit_id, key) select ${id('commit', n)}, 'W-' || n from ${rows(FIXES)}`,
    sql`insert into trace_reach (line_id, commit_id, position, place)
      select ${line(releaseOf)}, ${id('commit', n)}, ${position(releaseOf)}, n from ${rows(FIXES)}`,
    sql`insert into trace_release (release_id, repository_id, sha, line_id, position, counted, at, traced_at)
      select ${id('release', n)}, ${repository}, md5('r' || n) || '00000000', ${line(n)}, ${position(n)}, 100, ${at}, ${at} from ${rows(RELEASES)}`,
    sql`insert into trace_span (line_id, key, since, inherited)
      select ${line(releaseOf)}, 'W-' || n, ${position(releaseOf)}, false from ${rows(FIXES)}`,
    sql`analyze`,
  ])
    await statement.execute(db)
}

export const release: Measurement = {
  name: 'release',
  title:
    'who has a fix and who waits for a release: 10,000 installations, 5,000 fixes, 2,000 tickets; git with 100,000 commits',
  postgresOnly: false,
  measure,
}

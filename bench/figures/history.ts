import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { readNews } from '../../src/git/read-news.ts'
import { type Git, gitIn } from '../../src/git/run-git.ts'
import { type KnownRelease, tellReleases } from '../../src/git/tell-releases.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import type { Database } from '../../src/store/database.ts'
import { toldHub } from '../../src/worker/told-hub.ts'
import { atMostTimes, type Figure, info, median } from '../figure.ts'
import { type Bench, calm, scaled } from '../measuring.ts'

const COMMITS = 100_000
const TAGS = 1_000
const ROUNDS = 5
const LATER = [200, 2_000] as const
const ALL = { tags: null, except: null, prefix: null, path: null, heads: [] }
/** What is read of each commit, by us and beside us. */
const FIELDS = '--format=tformat:%H%x00%P%x00%at%x00%an%x00%B'

/**
 * A history as large products have it: branches of some commits that are merged, a tag every hundred, a key in every
 * twentieth message. Reading and planning stand beside `git log` with the same fields on the same range.
 */
export const measureHistory = async (bench: Bench, db: Database): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-history-'))
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1' }
  const run = (args: readonly string[], input?: string): string =>
    execFileSync('git', [...args], {
      ...{ cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 31 - 1 },
      ...(input === undefined ? {} : { input }),
    })
  try {
    run(['init', '--quiet', '--bare', '--initial-branch=main'])
    const commits = scaled(bench, COMMITS)
    run(['fast-import', '--quiet'], historyOf(0, commits, Math.floor(commits / TAGS)))
    const git = gitIn(folder, env)
    await calm()
    const first = await beside(
      () => walk(git, []),
      () => timeOf(async () => void run(['log', FIELDS, '--tags'])),
    )
    const known = first.known
    const figures = [
      atMostTimes(
        'walk of a whole history',
        first.ours,
        'ms',
        `git log, ${known.length} tags`,
        first.theirs,
        3,
      ),
    ]
    const told = await tell(git, db)
    figures.push(info('telling the hub of it, with the walk', told, 'ms'))
    for (const [at, more] of LATER.entries()) {
      const from = commits + LATER.slice(0, at).reduce((sum, count) => sum + count, 0)
      run(['fast-import', '--quiet'], historyOf(from, more, more / 2))
      const range = [`--max-count=${more}`, 'main']
      const later = await beside(
        () => walk(git, known),
        () => timeOf(async () => void run(['log', FIELDS, ...range])),
      )
      figures.push(info(`walk of ${more} new commits, 2 new tags`, later.ours, 'ms'))
      figures.push(info(`git log of ${more} commits`, later.theirs, 'ms'))
      figures.push(info(`a later sync of ${more} commits, told`, await tell(git, db), 'ms'))
    }
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const timeOf = async (work: () => Promise<void>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

interface Walked {
  readonly ms: number
  readonly marks: readonly KnownRelease[]
}

const walk = async (git: Git, known: readonly KnownRelease[]): Promise<Walked> => {
  let marks: readonly KnownRelease[] = []
  const ms = await timeOf(async () => {
    const news = await readNews(
      git,
      ALL,
      async () => known,
      () => {},
    )
    const ids = new Set(news.releases.flatMap(({ commits }) => commits))
    let read = 0
    for await (const _ of news.read([...ids])) read += 1
    if (read !== ids.size) throw new Error(`${read} of ${ids.size} commits were read`)
    marks = news.tags.map((tag) => ({ ...tag, isBuiltOn: true }))
  })
  return { ms, marks }
}

/** One after the other, so that a busy machine slows both. */
const beside = async (ours: () => Promise<Walked>, theirs: () => Promise<number>) => {
  const [mine, its]: [number[], number[]] = [[], []]
  let known: readonly KnownRelease[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    its.push(await theirs())
    const { ms, marks } = await ours()
    mine.push(ms)
    known = marks
  }
  return { ours: median(mine), theirs: median(its), known }
}

const PRODUCT = '00000000-0000-7000-8000-000000000b0b'

const tell = async (git: Git, db: Database): Promise<number> => {
  const now = (): Date => new Date()
  await sql`insert into product (id, key, name, created_at) values (${PRODUCT}::uuid, 'history', 'History', now()) on conflict do nothing`.execute(
    db,
  )
  const hub = toldHub(
    { db, newId: uuidv7, now, signal: makeSignal() },
    { product: PRODUCT, repository: 'bench' },
  )
  return timeOf(async () => {
    const news = await readNews(git, ALL, hub.known, () => {})
    await tellReleases(hub, news.releases, news.read, () => {})
  })
}

/** As `git fast-import` reads it; the first of a later part stands on what `main` is. */
const historyOf = (from: number, count: number, everyTag: number): string => {
  const lines: string[] = []
  let side: number | null = null
  for (let n = from; n < from + count; n += 1) {
    const key = n % 20 === 0 ? `H-${n}: ` : ''
    const message = `${key}Change number ${n}\n\nWhat changed, and why it had to, in a line or two of plain words.\n`
    const isSide = n % 10 === 5
    const ref = isSide ? 'side' : 'main'
    const first = n === from
    lines.push(
      `commit refs/heads/${ref}`,
      `mark :${n + 1}`,
      `committer Dora <dora@eng.example> ${1_600_000_000 + n * 60} +0000`,
      `data ${Buffer.byteLength(message)}`,
      message,
    )
    if (first) {
      if (from > 0) lines.push('from refs/heads/main^0')
    } else lines.push(`from :${isSide || side !== n - 1 ? n : n - 1}`)
    if (side === n - 1 && !first) lines.push(`merge :${n}`)
    if (isSide) side = n
    if ((n - from) % everyTag === everyTag - 1) lines.push(`reset refs/tags/v${n + 1}`, `from :${n + 1}`, '')
  }
  return `${lines.join('\n')}\n`
}

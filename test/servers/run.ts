import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { connect } from '../../src/store/database.ts'
import { makeCheckout } from '../support/git-checkout.ts'
import { serveGit } from '../support/git-server.ts'
import { until } from './awaited.ts'
import { causewayAt } from './causeway.ts'
import { deskPassword, deskPerson, deskToken } from './desk.ts'
import { countTable, newLedger } from './ledger.ts'
import { freePort, type RealServer, ringAt, secretOf, startServer } from './real-tools.ts'
import { tellStory } from './story.ts'
import { trackerPerson } from './tracker.ts'
import type { World } from './world.ts'

/**
 * `npm run test:servers`: the story on a real Request Tracker and a real Redmine, from nothing, with Causeway as a
 * process of its own. Prints the counts and fails on anything that is not zero.
 *
 *   npm run test:servers                              everything, in a new folder, stopped and removed afterwards
 *   npm run test:servers -- --folder /tmp/cw --keep   the servers stay for the next run
 *   npm run test:servers -- send talk                 some steps
 *
 * CAUSEWAY_TEST_POSTGRES names the PostgreSQL for Causeway itself; without it the embedded engine is used.
 */
const args = process.argv.slice(2)
const keep = args.includes('--keep')
const folderAt = args.indexOf('--folder')
const given = folderAt === -1 ? null : (args[folderAt + 1] ?? null)
const only = args.filter((word, at) => !word.startsWith('--') && (folderAt === -1 || at !== folderAt + 1))
const folder = given ?? mkdtempSync('/tmp/causeway-story-')
// the tools run as users of their own, who must be able to walk in
if (given === null) chmodSync(folder, 0o755)
const begun = performance.now()
const run = (Date.now() % 100_000_000).toString(36)

const say = (line: string): void => {
  process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
}

/** The documented example as it is, but for how often the tools are asked. */
const configuration = (): string => {
  const example = fileURLToPath(
    new URL('../../docs/examples/request-tracker-and-redmine.yaml', import.meta.url),
  )
  const text = readFileSync(example, 'utf8')
    .replace('poll every: 1 min', 'poll every: 4 s')
    .replace('poll every: 30 s', 'poll every: 3 s')
    .replaceAll('sweep every: 6 h', 'sweep every: 2 min')
    // these servers have nobody else to serve, and RT's passwords are cheap to check
    .replace('queues: [Support]', 'queues: [Support]\n      callsPerSecond: 20')
    .replace('projects: [atlas]', 'projects: [atlas]\n      callsPerSecond: 15')
  const file = join(folder, `causeway-${run}.yaml`)
  writeFileSync(file, text)
  return file
}

const newDatabase = async (server: string): Promise<string> => {
  const name = `causeway_story_${run}`
  const admin = connect({ url: server, max: 1 })
  await sql`create database ${sql.id(name)}`.execute(admin)
  await admin.destroy()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

const dropDatabase = async (server: string): Promise<void> => {
  const admin = connect({ url: server, max: 1 })
  await sql`drop database if exists ${sql.id(`causeway_story_${run}`)} with (force)`.execute(admin)
  await admin.destroy()
}

const buildWorld = async (
  rt: RealServer,
  redmine: RealServer,
  git: World['git'],
  databaseUrl: string | null,
): Promise<World> => {
  const port = await freePort()
  const home = join(folder, `causeway-${run}`)
  mkdirSync(home)
  const causeway = causewayAt({
    folder: home,
    port,
    databaseUrl,
    allowHosts: [rt.host, redmine.host, git.served.host],
    secrets: {
      RT_URL: rt.url,
      RT_TOKEN: secretOf(rt.state, 'integration', 'token'),
      RT_WEBHOOK_SECRET: secretOf(rt.state, 'webhook', 'secret'),
      REDMINE_URL: redmine.url,
      REDMINE_API_KEY: secretOf(redmine.state, 'integration', 'apiKey'),
    },
  })
  return {
    rt,
    redmine,
    causeway,
    agent: deskPerson(rt, deskToken(rt, 'agent')),
    customer: deskPerson(rt, deskPassword(rt, 'customer')),
    engineer: trackerPerson(redmine, 'developer'),
    trackerAdmin: trackerPerson(redmine, 'admin'),
    git,
    ledger: newLedger(),
    say,
    run,
  }
}

const serveRepository = async (): Promise<World['git']> => {
  const checkout = makeCheckout()
  const served = await serveGit(dirname(checkout.folder), checkout.env)
  return { checkout, served, folder: `${basename(checkout.folder)}/.git` }
}

/** Engineering has issues of its own, and is not to be disturbed by any of this. */
const ownIssue = async (world: World): Promise<void> => {
  const subject = `Tidy the build [${run}]`
  const issue = await world.engineer.create({
    project_id: 'atlas',
    tracker_id: 1,
    subject,
    description: 'Ours.',
  })
  world.ledger.twins.set(subject, 1)
  world.ledger.edits.push({
    what: `the marker of issue ${issue}, which nobody escalated`,
    wanted: '',
    read: async () => (await world.trackerAdmin.show(issue)).fields['CausewayKey'] ?? '',
  })
}

const setUp = async (world: World): Promise<void> => {
  const { causeway, rt } = world
  await ringAt(rt, `${causeway.url}/hooks/helpdesk`)
  await causeway.start()
  const file = configuration()
  say((await causeway.cli(['apply', file, '--dry-run'], [3])).trim().split('\n').at(-1) ?? '')
  say((await causeway.cli(['apply', file])).trim().split('\n').at(-1) ?? '')
  const again = await causeway.cli(['apply', file])
  if (!again.includes('Nothing to change'))
    throw new Error(`the same file changes something again:\n${again}`)
  for (const key of ['helpdesk', 'engineering'])
    say((await causeway.cli(['connections', 'check', key])).trim())
  await until(
    'both tools to have been read once',
    async () => (await causeway.cli(['status'], [0, 3])) !== '',
  )
}

const postgres = process.env['CAUSEWAY_TEST_POSTGRES'] || null
const undo: (() => Promise<void>)[] = []
const cleanUp = async (): Promise<void> => {
  for (let step = undo.pop(); step !== undefined; step = undo.pop())
    await step().catch((error: unknown) => process.stdout.write(`could not clean up: ${String(error)}\n`))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    say(`${signal}: cleaning up.`)
    cleanUp().finally(() => process.exit(1))
  })
let failed = true
try {
  say(`Servers in ${folder}; Causeway on ${postgres === null ? 'the embedded engine' : 'PostgreSQL'}.`)
  const rt = await startServer('rt', join(folder, 'rt'))
  if (!keep) undo.push(() => rt.stop())
  const redmine = await startServer('redmine', join(folder, 'rm'))
  if (!keep) undo.push(() => redmine.stop())
  say(`Request Tracker at ${rt.url}, Redmine at ${redmine.url}.`)
  const databaseUrl = postgres === null ? null : await newDatabase(postgres)
  if (postgres !== null && !keep) undo.push(() => dropDatabase(postgres))
  const git = await serveRepository()
  undo.push(async () => {
    await git.served.close()
    git.checkout.remove()
  })
  const world = await buildWorld(rt, redmine, git, databaseUrl)
  undo.push(() => world.causeway.stop())
  await ownIssue(world)
  await setUp(world)
  const told = await tellStory(world, only)
  process.stdout.write(`\nCounted by asking Request Tracker and Redmine:\n\n${countTable(told.counts)}\n\n`)
  for (const { step, why } of told.failed) process.stdout.write(`FAILED: ${step}\n        ${why}\n`)
  failed = told.failed.length > 0 || told.counts.some(({ wrong }) => wrong.length > 0)
} catch (error) {
  process.stdout.write(`FAILED: ${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  await cleanUp()
  if (!keep && given === null && !failed) rmSync(folder, { recursive: true, force: true })
}
say(failed ? 'The story failed.' : 'The story is true.')
process.exitCode = failed ? 1 : 0

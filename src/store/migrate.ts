import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import * as hubAndMirrors from './migrations/0001-hub-and-mirrors.ts'
import * as eventOrder from './migrations/0002-event-order.ts'
import * as cheapDeliveryTimes from './migrations/0003-cheap-delivery-times.ts'
import * as overwrittenEdits from './migrations/0004-overwritten-edits.ts'
import * as derivedLevels from './migrations/0005-derived-levels.ts'
import * as accounts from './migrations/0006-accounts.ts'
import * as searchAndViews from './migrations/0007-search-and-views.ts'
import * as deskWork from './migrations/0008-desk-work.ts'
import * as flowOfWork from './migrations/0009-flow-of-work.ts'
import * as mappingOrigins from './migrations/0010-mapping-origins.ts'
import * as standingOfAccounts from './migrations/0011-standing-of-accounts.ts'
import * as portal from './migrations/0012-portal.ts'
import * as endedEscalations from './migrations/0013-ended-escalations.ts'
import * as listsByIndex from './migrations/0014-lists-by-index.ts'
import * as severityRank from './migrations/0015-severity-rank.ts'
import * as knownWords from './migrations/0016-known-words.ts'
import * as withheldFiles from './migrations/0018-withheld-files.ts'
import * as holdWords from './migrations/0019-hold-words.ts'
import * as withdrawnAndPinned from './migrations/0020-withdrawn-and-pinned.ts'
import * as keptHooks from './migrations/0021-kept-hooks.ts'
import * as quietMirrors from './migrations/0022-quiet-mirrors.ts'
import * as partners from './migrations/0024-partners.ts'
import * as trace from './migrations/0025-trace.ts'
import * as environments from './migrations/0026-environments.ts'
import * as outreach from './migrations/0027-outreach.ts'
import * as goLive from './migrations/0028-go-live.ts'
import * as changes from './migrations/0029-changes.ts'
import * as deployments from './migrations/0030-deployments.ts'
import * as enhancementRequests from './migrations/0031-enhancement-requests.ts'
import * as causes from './migrations/0032-causes.ts'
import * as ciSources from './migrations/0033-ci-sources.ts'
import * as followedRepositories from './migrations/0034-followed-repositories.ts'
import * as chats from './migrations/0035-chats.ts'
import * as portalWishes from './migrations/0036-portal-wishes.ts'
import * as bills from './migrations/0037-bills.ts'
import * as releaseNews from './migrations/0038-release-news.ts'
import * as whoBegan from './migrations/0039-who-began.ts'
import * as languagesOfCustomers from './migrations/0040-languages-of-customers.ts'
import * as copiesTakenBack from './migrations/0041-copies-taken-back.ts'
import * as commitsById from './migrations/0042-commits-by-id.ts'
import * as workOfWishes from './migrations/0043-work-of-wishes.ts'

/** Every migration in order. Only ever added to; forward only (a backup is the way back). */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-hub-and-mirrors': hubAndMirrors,
  '0002-event-order': eventOrder,
  '0003-cheap-delivery-times': cheapDeliveryTimes,
  '0004-overwritten-edits': overwrittenEdits,
  '0005-derived-levels': derivedLevels,
  '0006-accounts': accounts,
  '0007-search-and-views': searchAndViews,
  '0008-desk-work': deskWork,
  '0009-flow-of-work': flowOfWork,
  '0010-mapping-origins': mappingOrigins,
  '0011-standing-of-accounts': standingOfAccounts,
  '0012-portal': portal,
  '0013-ended-escalations': endedEscalations,
  '0014-lists-by-index': listsByIndex,
  '0015-severity-rank': severityRank,
  '0016-known-words': knownWords,
  '0018-withheld-files': withheldFiles,
  '0019-hold-words': holdWords,
  '0020-withdrawn-and-pinned': withdrawnAndPinned,
  '0021-kept-hooks': keptHooks,
  '0022-quiet-mirrors': quietMirrors,
  '0024-partners': partners,
  '0025-trace': trace,
  '0026-environments': environments,
  '0027-outreach': outreach,
  '0028-go-live': goLive,
  '0029-changes': changes,
  '0030-deployments': deployments,
  '0031-enhancement-requests': enhancementRequests,
  '0032-causes': causes,
  '0033-ci-sources': ciSources,
  '0034-followed-repositories': followedRepositories,
  '0035-chats': chats,
  '0036-portal-wishes': portalWishes,
  '0037-bills': bills,
  '0038-release-news': releaseNews,
  '0039-who-began': whoBegan,
  '0040-languages-of-customers': languagesOfCustomers,
  '0041-copies-taken-back': copiesTakenBack,
  '0042-commits-by-id': commitsById,
  '0043-work-of-wishes': workOfWishes,
}

/** Brings the schema up to date; returns the names of what was run now. Throws the first failure; nothing of it stays. */
export const migrate = async (db: Database): Promise<readonly string[]> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** Migrations not yet run. */
export const pendingMigrations = async (db: Database): Promise<readonly string[]> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  return (await migrator.getMigrations())
    .filter((migration) => migration.executedAt === undefined)
    .map((migration) => migration.name)
}

/** Migrations this database has seen and this program does not know: a newer program was here. */
export const newerMigrations = async (db: Database): Promise<readonly string[]> => {
  const table = await sql<{
    found: boolean
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (table.rows[0]?.found !== true) return []
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return done.rows.map((row) => row.name).filter((name) => !(name in MIGRATIONS))
}

/** Of these migrations (a backup's), those this program does not know. */
export const newerThan = (migrations: readonly string[]): readonly string[] =>
  migrations.filter((name) => !(name in MIGRATIONS))

/**
 * Gives an *empty* database exactly the schema of these migrations, for a restore: data is changed by later migrations
 * only when it is there before they run. Drops what later migrations made.
 */
export const migrateTo = async (db: Database, migrations: readonly string[]): Promise<void> => {
  const last = [...migrations].sort().at(-1)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  const done = (await migrator.getMigrations()).filter(({ executedAt }) => executedAt !== undefined)
  if (done.some(({ name }) => last === undefined || name > last))
    await sql`drop schema ${sql.id(await currentSchema(db))} cascade`.execute(db)
  await sql`create schema if not exists ${sql.id('public')}`.execute(db)
  if (last === undefined) return
  const { error } = await migrator.migrateTo(last)
  if (error) throw error
}

const currentSchema = async (db: Database): Promise<string> =>
  (await sql<{ name: string }>`select coalesce(current_schema(), 'public') as name`.execute(db)).rows[0]
    ?.name ?? 'public'

import { type AppliedRound, NotTogether, recordApplied } from '../commands/applied-rounds.ts'
import type { PlanRecorded } from '../commands/record-plan.ts'
import { openTool } from '../connectors/open-tool.ts'
import { findConnector } from '../connectors/registry.ts'
import type { Clock } from '../lib/clock.ts'
import { groupCommit } from '../lib/group-commit.ts'
import type { ConnectionRow } from '../store/connections.ts'
import { loadMapping } from '../store/connections.ts'
import type { Database } from '../store/database.ts'
import { isDatabaseLost } from '../store/database-lost.ts'
import { LANES } from '../store/dirty.ts'
import { type PlainRound, recordPlainRounds } from '../store/plain-rounds.ts'
import { type MasterKey, openSecrets } from '../store/secrets.ts'
import type { Capabilities, Connector, Description, Session } from '../sync/connector.ts'
import { RemoteFault } from '../sync/fault.ts'
import type { Mapping } from '../sync/mapping.ts'
import { type Budget, openBudget } from './budget.ts'
import type { WorkerDeps } from './deps.ts'
import { patientSession } from './patient-session.ts'

/** One connection, ready to be spoken to. */
export interface OpenConnection {
  readonly row: ConnectionRow
  readonly connector: Connector<unknown>
  readonly capabilities: Capabilities
  readonly mapping: Mapping | null
  readonly session: Session
  readonly budget: Budget
  /** Resolves when a call that writes may be made, by the budget and the lane of what is reconciled. */
  turn(): Promise<void> | undefined
  /** What the tool says of itself, asked once and kept for ten minutes. */
  describe(): Promise<Description>
  /** As far as this process has seen. */
  readonly health: { down: boolean; failures: number }
  /** Records halves of rounds together with those of other mirrors; false: it takes a transaction of its own. */
  readonly recordPlain: (round: PlainRound) => Promise<boolean>
  /** As `recordPlain`, of rounds in which the tool changed fields of ours; null: it takes a transaction of its own. */
  readonly recordApplied: (round: AppliedRound) => Promise<PlanRecorded | null>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly masterKey: MasterKey
  readonly clock: Clock
  readonly allowPrivate: readonly string[]
  /** Calls at once to this tool. */
  readonly connections: number
  /** Absent where nothing is recorded: a check, a look for pairs. */
  readonly log?: WorkerDeps['log']
}

const DESCRIPTION_MS = 10 * 60_000

/** Settings with their secrets, as the connector takes them. Throws `RemoteFault('auth')` when a secret does not open. */
export const readSettings = async (
  db: Database,
  row: ConnectionRow,
  connector: Connector<unknown>,
  masterKey: MasterKey,
): Promise<Readonly<Record<string, unknown>>> => {
  const origin = originOf(connector.baseUrl(row.settings))
  const opened = await db.transaction().execute((tx) => openSecrets(tx, masterKey, row.id, origin))
  const [closed] = Object.entries(opened.closed)
  if (closed !== undefined) {
    throw new RemoteFault(
      'auth',
      `The secret “${closed[0]}” of ${row.key} does not open (${closed[1]}). Give it again with “causeway apply”.`,
    )
  }
  return {
    ...row.settings,
    ...Object.fromEntries(Object.entries(opened.secrets).map(([field, secret]) => [field, secret.reveal()])),
  }
}

export const originOf = (url: string): string => {
  try {
    return new URL(url).origin
  } catch {
    return url
  }
}

/** A tool by settings that need not be saved: for a check of them. */
export const openSession = (
  connector: Connector<unknown>,
  settings: Readonly<Record<string, unknown>>,
  options: Pick<OpenOptions, 'clock' | 'allowPrivate' | 'connections'>,
): { readonly session: Session; close(): Promise<void> } => {
  const now = (): Date => options.clock.now()
  const { allowPrivate, connections } = options
  const http = openTool(connector, settings, { now, allowPrivate, connections })
  return { session: connector.connect(settings, http, now), close: () => http.close() }
}

export const openConnection = async (
  db: Database,
  row: ConnectionRow,
  options: OpenOptions,
): Promise<OpenConnection> => {
  const connector = findConnector(row.kind) as Connector<unknown> | undefined
  if (connector === undefined)
    throw new RemoteFault('invalid', `This program has no connector of kind “${row.kind}”.`)
  const settings = await readSettings(db, row, connector, options.masterKey)
  const capabilities = connector.capabilities(settings)
  const budget = openBudget(options.clock, capabilities.ratePerSecond)
  const now = (): Date => options.clock.now()
  const { allowPrivate, connections } = options
  const http = openTool(connector, settings, { now, allowPrivate, connections, onRate: budget.learn })
  const session = patientSession(connector.connect(settings, http, now), budget, now)
  let described: { readonly at: number; readonly description: Promise<Description> } | null = null
  return {
    row,
    connector,
    capabilities,
    budget,
    turn: () => budget.take(LANES.backfill),
    mapping: await loadMapping(db, row.id, row.mapping_version),
    session,
    describe: () => {
      const at = now().getTime()
      if (described === null || at - described.at > DESCRIPTION_MS) {
        const description = session.describe()
        described = { at, description }
        description.catch(() => {
          described = null
        })
      }
      return described.description
    },
    health: { down: row.down_since !== null, failures: 0 },
    recordPlain: groupCommit((rounds) => recordPlainRounds(db, rounds), { flights: 2, maxGroup: 64 }),
    recordApplied: groupCommit((rounds) => appliedTogether(db, row.key, options.log, rounds), {
      flights: 2,
      maxGroup: 16,
    }),
    close: () => http.close(),
  }
}

/** What is wrong with one of them is found out where it harms no other: in a transaction of its own. */
const appliedTogether = async (
  db: Database,
  connection: string,
  log: WorkerDeps['log'] | undefined,
  rounds: readonly AppliedRound[],
): Promise<readonly (PlanRecorded | null)[]> => {
  try {
    return await db.transaction().execute((tx) => recordApplied(tx, rounds))
  } catch (error) {
    if (isDatabaseLost(error)) throw error
    // that something waits is no error; anything else is shown here, lest one of them hides behind the others' success
    if (!(error instanceof NotTogether))
      log?.('warn', 'rounds could not be recorded together; each takes a transaction of its own', {
        connection,
        rounds: rounds.length,
        error: String(error),
      })
    return rounds.map(() => null)
  }
}

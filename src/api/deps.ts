import type { ConfigurationParts } from '../commands/apply-configuration.ts'
import type { Command, CommandRunner } from '../commands/run-command.ts'
import type { ToolDesk } from '../commands/tool-desk.ts'
import type { HeardSignal } from '../commands/work-signal.ts'
import type { Config } from '../config.ts'
import type { Actor } from '../domain/actor.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { IdentityProvider } from '../identity/identity.ts'
import type { Result } from '../lib/result.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import type { DiskWatch } from '../store/disk-watch.ts'
import type { ReadAsPortal } from '../store/portal/portal-database.ts'
import type { MasterKey } from '../store/secrets.ts'
import type { JoinProgress, JoinReport } from '../sync/match-items.ts'
import type { Watch } from './line-answer.ts'

/** What the HTTP edge stands on. Made once by the start, handed down. */
export interface ApiDeps {
  readonly runner: CommandRunner
  /** Heard after each commit of this process. */
  readonly signal: HeardSignal
  readonly engine: 'embedded' | 'postgres'
  /** Connections only the webhooks use. */
  readonly intakeDb: Database
  /** What customers read is read with rights of its own. */
  readonly readAsPortal: ReadAsPortal
  readonly master: MasterKey
  readonly disk: DiskWatch
  readonly config: Pick<
    Config,
    | 'dataDir'
    | 'publicUrl'
    | 'allowHosts'
    | 'trustedProxies'
    | 'hookMaxBytes'
    | 'uploadMaxBytes'
    | 'roles'
    | 'smtp'
  >
  /** Null: passwords only. */
  readonly identityProvider: IdentityProvider | null
  readonly version: string
  /** Fills an empty hub with sample records; `me` gets some of them. */
  readonly addSample: Command<{ readonly me: string | null }, null>
  readonly blobs: Blobs
  readonly kinds: ConfigurationParts['kinds']
  /** Asks a tool now; null when there is no such connection. */
  readonly checkConnection: (key: string) => Promise<ConnectionCheck | null>
  /** What the screen of connections asks of tools themselves. */
  readonly tools: ToolDesk
  /** What is left of a connection's budget in this process; null: its worker runs in another one. */
  readonly budgetOf: (key: string) => Promise<BudgetLeft | null>
  /** Finds pairs that exist on both sides, and joins them. */
  readonly joinConnections: (
    request: JoinRequest,
    watch?: Watch<JoinProgress>,
  ) => Promise<Result<JoinReport, Refusal>>
}

/** What is enough to say how the process is. */
export type HealthDeps = Pick<ApiDeps, 'runner' | 'disk' | 'version'>

export interface JoinRequest {
  readonly connection: string
  /** The other side's connection, where there are several. */
  readonly with?: string
  readonly by: 'key' | 'link' | 'title' | 'text' | 'list'
  /** With `key`: the field of `connection` that names the other's item. */
  readonly field?: string
  readonly withinHours?: number
  /** With `text`: 0 … 1. */
  readonly least?: number
  /** With `list`: keys of both sides. */
  readonly pairs?: readonly { readonly desk: string; readonly tracker: string }[]
  /** False: only shows what it found. */
  readonly apply: boolean
  /** What crosses is written to both tools at once; else both stay as they are until something changes. */
  readonly write: boolean
  readonly actor: Actor
}

/** Calls. */
export interface BudgetLeft {
  readonly left: number
  readonly perSecond: number
  readonly waiting: number
}

export interface ConnectionCheck {
  readonly ok: boolean
  readonly tool: string | null
  readonly account: { readonly name: string } | null
  /** Sentences for a person. */
  readonly problems: readonly string[]
}

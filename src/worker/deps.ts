import type { CommandRunner } from '../commands/run-command.ts'
import type { HeardSignal } from '../commands/work-signal.ts'
import type { Clock } from '../lib/clock.ts'
import type { Blobs } from '../store/blobs.ts'
import { LEASE_SECONDS } from '../store/lease.ts'
import type { MasterKey } from '../store/secrets.ts'

/** What the worker is given; all time, chance and IO come in here. */
export interface WorkerDeps {
  readonly runner: CommandRunner & { readonly signal: HeardSignal }
  /** With leases by the database's clock, the worker puts this one right by it (worker/database-clock.ts). */
  readonly clock: Clock
  readonly blobs: Blobs
  readonly masterKey: MasterKey
  /** Where people reach us: the start of every address we write into tools. */
  readonly publicUrl: string
  /** The same where tools can reach it; null: nobody said so, and no tool is told to ring. */
  readonly callbackUrl: string | null
  /** Larger files are not fetched: they show why. */
  readonly maxFileBytes: number
  readonly allowPrivate: readonly string[]
  /** Where copies of repositories are kept; absent: this worker reads none. */
  readonly copies?: CopyPlace
  /** Leases by the database's clock; a simulation uses its own. */
  readonly leaseClock: 'database' | 'given'
  /** How long a lease lasts; default `LEASE_SECONDS`. An experiment takes a shorter one. */
  readonly leaseSeconds?: number
  readonly log: (
    level: 'info' | 'warn' | 'error',
    message: string,
    data?: Readonly<Record<string, unknown>>,
  ) => void
  /** Named points where a test stops the process; does nothing outside tests. */
  readonly crashPoint: (name: CrashPoint) => void
}

export interface CopyPlace {
  readonly folder: string
  /** Where git is looked for, as in PATH. */
  readonly path: string
  /** What is fetched at once. */
  readonly maxBytes: number
  /** How long one may take: while it does, no other is read. */
  readonly maxMs: number
}

export const CRASH_POINTS = [
  'claimed',
  'fetched',
  'plan-recorded',
  'before-call',
  'after-call',
  'before-receipts',
  'receipts-recorded',
  'before-adopt',
  'adopted',
  'page-pulled',
  'page-recorded',
  'file-fetched',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

export const leaseSeconds = (deps: Pick<WorkerDeps, 'leaseSeconds'>): number =>
  deps.leaseSeconds ?? LEASE_SECONDS

/** The time for leases: null lets the database say. */
export const leaseNow = (deps: WorkerDeps): Date | null =>
  deps.leaseClock === 'database' ? null : deps.clock.now()

import type { Actor } from '../domain/actor.ts'
import type { NewEvent } from '../domain/event.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { NewId } from '../lib/ids.ts'
import type { Result } from '../lib/result.ts'
import type { Database, Tx } from '../store/database.ts'
import { type ChangedRecord, LANES, type Lane, markDirty } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'

/** What every command gets besides its input. */
export interface CommandContext {
  readonly actor: Actor
  readonly now: Date
  readonly newId: NewId
  readonly cause: string | null
  /** From where it was asked for; null: from inside. */
  readonly address?: string | null
  /** Dirty marks of this command go to this lane. */
  readonly lane: Lane
}

/** What a command made of its input: all of it is committed together, or nothing is. */
export interface Outcome<T> {
  readonly value: T
  readonly events: readonly NewEvent[]
  /** Records whose mirrors must be looked at. */
  readonly changed: readonly ChangedRecord[]
}

/**
 * One thing a person or machine can ask for. It reads through `tx`, asks the pure core, writes its records, and
 * returns events and changed records; `runCommand` does the rest in the same transaction.
 */
export type Command<I, T> = (
  tx: Tx,
  context: CommandContext,
  input: I,
) => Promise<Result<Outcome<T>, Refusal>>

/** Told after a commit that there is work, so that a worker need not wait for its next look. */
export interface WorkSignal {
  notify(): void
}

export interface CommandRunner {
  readonly db: Database
  readonly newId: NewId
  readonly now: () => Date
  readonly signal: WorkSignal
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.detail)
    this.refusal = refusal
  }
}

/** Runs inside a transaction that is open already: for commands made of commands. */
export const applyCommand = async <I, T>(
  tx: Tx,
  context: CommandContext,
  command: Command<I, T>,
  input: I,
): Promise<Result<T, Refusal>> => {
  const result = await command(tx, context, input)
  if (!result.ok) return result
  await appendEvents(tx, context, result.value.events)
  await markDirty(
    tx,
    result.value.changed,
    context.lane,
    result.value.events[0]?.kind ?? 'change',
    context.now,
  )
  return { ok: true, value: result.value.value }
}

const MAX_TRIES = 4
const DEADLOCK = '40P01'

/**
 * Locks are taken in one order, but a record that joins a set while the set is being locked can still close a ring. The
 * database ends one of the two with nothing written; that one is simply done again.
 */
const isDeadlock = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === DEADLOCK

/** One command, one transaction: records, events and dirty marks. A refusal rolls back. */
export const runCommand = async <I, T>(
  runner: CommandRunner,
  actor: Actor,
  command: Command<I, T>,
  input: I,
  more: { readonly cause?: string; readonly lane?: Lane; readonly address?: string } = {},
): Promise<Result<T, Refusal>> => {
  const context: CommandContext = {
    actor,
    now: runner.now(),
    newId: runner.newId,
    cause: more.cause ?? null,
    address: more.address ?? null,
    lane: more.lane ?? LANES.person,
  }
  for (let tries = 1; ; tries += 1) {
    try {
      const value = await runner.db.transaction().execute(async (tx) => {
        const result = await applyCommand(tx, context, command, input)
        if (!result.ok) throw new Refused(result.error)
        return result.value
      })
      runner.signal.notify()
      return { ok: true, value }
    } catch (thrown) {
      if (thrown instanceof Refused) return { ok: false, error: thrown.refusal }
      if (!isDeadlock(thrown) || tries >= MAX_TRIES) throw thrown
    }
  }
}

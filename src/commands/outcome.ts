import type { NewEvent } from '../domain/event.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { ChangedRecord } from '../store/dirty.ts'
import type { Outcome } from './run-command.ts'

/** What a command did beside its answer; a command made of parts adds them up. */
export interface Effects {
  readonly events: readonly NewEvent[]
  readonly changed: readonly ChangedRecord[]
}

export const NO_EFFECTS: Effects = { events: [], changed: [] }

export const together = (...effects: readonly Effects[]): Effects => ({
  events: effects.flatMap((effect) => effect.events),
  changed: effects.flatMap((effect) => effect.changed),
})

export const done = <T>(value: T, ...effects: readonly Effects[]): Result<Outcome<T>, never> =>
  ok({ value, ...together(...effects) })

/** Nothing of this kind is known by that id or key. */
export const unknown = (noun: string, ref: string, field: string): Result<never, Refusal> =>
  err(refuse('not-found', `There is no ${noun} “${ref.slice(0, 100)}”.`, { field }))

/** The record was changed since the asker read it. */
export const changedMeanwhile = (noun: string, asked: number, now: number): Result<never, Refusal> =>
  err(
    refuse(
      'changed-meanwhile',
      `Somebody changed the ${noun} meanwhile (you have revision ${asked}, it is at ${now}). Read it again and repeat your change.`,
      { field: '/version' },
    ),
  )

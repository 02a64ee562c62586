import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { WorkItemState } from './words.ts'

/**
 * The states of a work item. On the board a card may go anywhere (a team's process is its own), with two doors:
 * `declined` and `duplicate` are verdicts with a reason, so they are commands of their own; and what has a verdict
 * comes back through `triage` or `backlog` only, because somebody has to look at it again.
 */
export const BOARD_STATES = [
  'triage',
  'backlog',
  'ready',
  'started',
  'in review',
  'verifying',
  'done',
] as const satisfies readonly WorkItemState[]

const moves = (from: WorkItemState): readonly WorkItemState[] => {
  if (from === 'declined' || from === 'duplicate') return ['triage', 'backlog']
  return BOARD_STATES.filter((state) => state !== from)
}

/** Where a card may go from each state. */
export const WORK_ITEM_MOVES: Readonly<Record<WorkItemState, readonly WorkItemState[]>> = {
  triage: moves('triage'),
  backlog: moves('backlog'),
  ready: moves('ready'),
  started: moves('started'),
  'in review': moves('in review'),
  verifying: moves('verifying'),
  done: moves('done'),
  declined: moves('declined'),
  duplicate: moves('duplicate'),
}

/** Nothing more is planned on it. */
export const isEnded = (state: WorkItemState): boolean =>
  state === 'done' || state === 'declined' || state === 'duplicate'

/** A month and a bit: what is put off for longer is declined, with a reason. */
export const SNOOZE_MAX_DAYS = 40
const DAY_MS = 86_400_000

/** Why a work item cannot be left alone until then; null: it can. Only what nobody has looked at yet can wait unseen. */
export const snoozeFault = (state: WorkItemState, until: Date, now: Date): Refusal | null => {
  if (state !== 'triage')
    return refuse('wrong-state', `It is ${state}: only what is in triage can be put off. Move it back first.`)
  if (until.getTime() <= now.getTime())
    return refuse('invalid', 'Name a moment that is still to come.', { field: '/until' })
  return until.getTime() > now.getTime() + SNOOZE_MAX_DAYS * DAY_MS
    ? refuse(
        'invalid',
        `At most ${SNOOZE_MAX_DAYS} days: decline what has to wait longer, and say so in the reason.`,
        { field: '/until' },
      )
    : null
}

/** Nobody does it: it was declined, or is done as something else. */
export const isDropped = (state: WorkItemState): boolean => state === 'declined' || state === 'duplicate'

export interface WorkItemStanding {
  readonly state: WorkItemState
  readonly statusMovedAt: Date
  readonly doneAt: Date | null
}

export type WorkItemCommand =
  | { readonly do: 'move'; readonly to: WorkItemState }
  | { readonly do: 'accept' }
  | { readonly do: 'decline'; readonly reason: string }
  | { readonly do: 'mark duplicate' }
  /** A fact from a tool that owns the state: any move is taken. */
  | { readonly do: 'follow tool'; readonly to: WorkItemState }

const standIn = (standing: WorkItemStanding, to: WorkItemState, now: Date): WorkItemStanding =>
  standing.state === to ? standing : { state: to, statusMovedAt: now, doneAt: to === 'done' ? now : null }

/** What a command makes of a work item: its next standing (the same one when nothing changes), or why not. */
export const decideWorkItem = (
  standing: WorkItemStanding,
  command: WorkItemCommand,
  now: Date,
): Result<WorkItemStanding, Refusal> => {
  switch (command.do) {
    case 'follow tool':
      return ok(standIn(standing, command.to, now))
    case 'move':
      if (standing.state === command.to) return ok(standing)
      return WORK_ITEM_MOVES[standing.state].includes(command.to)
        ? ok(standIn(standing, command.to, now))
        : err(refuse('wrong-state', moveRefused(standing.state, command.to), { field: '/to' }))
    case 'accept':
      if (standing.state === 'triage') return ok(standIn(standing, 'backlog', now))
      return isEnded(standing.state)
        ? err(refuse('wrong-state', `It is ${standing.state}: move it back to triage first, then accept it.`))
        : ok(standing)
    case 'decline':
      if (command.reason.trim() === '') {
        return err(
          refuse(
            'invalid',
            'Say why, in words fit for customers: everybody who waits for it reads this reason.',
            {
              field: '/reason',
            },
          ),
        )
      }
      return standing.state === 'done'
        ? err(refuse('wrong-state', 'It is done already: reopen it by moving it back before you decline it.'))
        : ok(standIn(standing, 'declined', now))
    case 'mark duplicate':
      return standing.state === 'done'
        ? err(
            refuse(
              'wrong-state',
              'It is done already: reopen it by moving it back before you mark it a duplicate.',
            ),
          )
        : ok(standIn(standing, 'duplicate', now))
  }
}

const moveRefused = (from: WorkItemState, to: WorkItemState): string => {
  if (to === 'declined') return said`Use decline, with a reason fit for customers.`
  if (to === 'duplicate') return said`Use mark duplicate, and name the item that stays.`
  return said`It is ${from}: move it to triage or backlog first.`
}

import { refuse } from '../domain/refusal.ts'
import type { WorkItemState } from '../domain/words.ts'
import { BOARD_STATES, isEnded } from '../domain/work-item.ts'
import { err } from '../lib/result.ts'
import { findTeam } from '../store/organisation.ts'
import { setWipLimit as writeWipLimit } from '../store/wip-limits.ts'
import type { Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface SetWipLimit {
  /** Id or key. */
  readonly team: string
  readonly state: WorkItemState
  /** Null: no limit. */
  readonly most: number | null
}

const MOST = 999

/** How many cards a team has in one column at once. The board says when there are more; it stops nobody. */
export const setWipLimit: Command<SetWipLimit, Named> = async (tx, _context, input) => {
  const { state, most } = input
  if (isEnded(state) || !BOARD_STATES.some((one) => one === state))
    return err(refuse('invalid', 'Only work that is not ended can be too much at once.', { field: '/state' }))
  if (most !== null && !(Number.isInteger(most) && most >= 1 && most <= MOST))
    return err(
      refuse('invalid', `A limit is a whole number from 1 to ${MOST}; leave it empty for none.`, {
        field: '/most',
      }),
    )
  const team = await findTeam(tx, input.team)
  if (team === null) return unknown('team', input.team, '/team')
  const before = await writeWipLimit(tx, team.id, state, most)
  const named = { id: team.id, key: team.key }
  if (before === most) return done(named)
  return done(named, {
    events: [
      {
        kind: 'team.changed',
        record: { kind: 'team', id: team.id },
        data: { changes: { [`limit ${state}`]: { from: before, to: most } } },
      },
    ],
    changed: [],
  })
}

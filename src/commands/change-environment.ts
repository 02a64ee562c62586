import { anyAtOnce } from '../domain/booking.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { giveTurnToPlace } from '../store/ci-sources.ts'
import type { Tx } from '../store/database.ts'
import { bookingsFrom, type Environment, lockEnvironment, updateEnvironment } from '../store/environments.ts'
import { checkLine } from './field-rules.ts'
import { archivedAt, checkName, columnChanges, type Named } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import { IN_TURN } from './read-ci-reports-again.ts'
import type { Command } from './run-command.ts'

export interface ChangeEnvironment {
  /** Id or key. */
  readonly environment: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly set: {
    readonly name?: string
    readonly purpose?: string
    readonly isShareable?: boolean
    readonly archived?: boolean
  }
}

/** Renames an environment, says what it is for and whether it is shared, archives it or brings it back. */
export const changeEnvironment: Command<ChangeEnvironment, Named> = async (tx, context, input) => {
  const environment = await lockEnvironment(tx, input.environment)
  if (environment === null) return unknown('environment', input.environment, '/environment')
  if (input.version !== undefined && input.version !== environment.version)
    return changedMeanwhile('environment', input.version, environment.version)
  const { set } = input
  const name = checkName(set.name)
  if (!name.ok) return name
  const purpose = set.purpose === undefined ? null : checkLine(set.purpose, '/set/purpose')
  if (purpose?.ok === false) return purpose
  const standing = await inTheWay(tx, environment, set, context.now)
  if (standing !== null) return err(standing)
  const patch = {
    ...name.value,
    ...(purpose === null ? {} : { purpose: purpose.value }),
    ...(set.isShareable === undefined ? {} : { is_shareable: set.isShareable }),
    ...archivedAt(set.archived, environment.archived_at, context.now),
  }
  const changes = columnChanges(environment, patch)
  const named = { id: environment.id, key: environment.key }
  if (Object.keys(changes).length === 0) return done(named)
  await updateEnvironment(tx, environment.id, patch, context.now)
  if (set.archived === false) await giveTurnToPlace(tx, environment, IN_TURN)
  const isArchived = set.archived === true && environment.archived_at === null
  return done(named, {
    events: [
      {
        kind: isArchived ? 'environment.archived' : 'environment.changed',
        record: { kind: 'environment', id: environment.id },
        data: { key: environment.key, changes },
      },
    ],
    changed: [],
  })
}

/** A booking that this would break: nobody loses one without being asked. */
const inTheWay = async (
  tx: Tx,
  environment: Environment,
  set: ChangeEnvironment['set'],
  now: Date,
): Promise<Refusal | null> => {
  const isLeaving = set.archived === true && environment.archived_at === null
  const isClosing = set.isShareable === false && environment.is_shareable
  if (!isLeaving && !isClosing) return null
  const bookings = await bookingsFrom(tx, environment.id, now)
  const [first] = bookings
  if (isLeaving && first !== undefined)
    return refuse('in-use', `${first.by} has booked it for “${first.purpose}”. Cancel that first.`, {
      field: '/set/archived',
    })
  const shared = isClosing ? anyAtOnce(bookings) : null
  return shared === null
    ? null
    : refuse('in-use', `${shared[0].by} and ${shared[1].by} share it. Cancel one of the two first.`, {
        field: '/set/isShareable',
      })
}

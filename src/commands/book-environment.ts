import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { insertBooking, lockEnvironment } from '../store/environments.ts'
import { findPerson } from '../store/organisation.ts'
import { checkFree } from './booking-rules.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command } from './run-command.ts'

export interface BookEnvironment {
  /** Id or key. */
  readonly environment: string
  /** Id or e-mail of whom it is for. */
  readonly person: string
  readonly purpose: string
  readonly from: Date
  readonly to: Date
  /** Others may have it beside them. */
  readonly isShareable: boolean
  /** Id or name of the release it is for. */
  readonly release?: string | null
}

/** Has an environment for somebody, from a minute to a minute. Of two at the same moment one gets it. */
export const bookEnvironment: Command<BookEnvironment, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const purpose = checkLine(input.purpose, '/purpose')
  if (!purpose.ok) return purpose
  const environment = await lockEnvironment(tx, input.environment)
  if (environment === null) return unknown('environment', input.environment, '/environment')
  const person = await findPerson(tx, input.person)
  if (person === null) return unknown('person', input.person, '/person')
  if (person.archived_at !== null)
    return err(refuse('invalid', `${person.name} was archived.`, { field: '/person' }))
  const release = await releaseIdOf(tx, input.release ?? null, environment.product_id, '/release')
  if (!release.ok) return release
  const booked = { from: input.from, to: input.to, isShared: input.isShareable }
  const wanted = { booked, id: null, began: null, asksToShare: input.isShareable }
  const free = await checkFree(tx, environment, wanted, context.now)
  if (!free.ok) return free
  const id = context.newId()
  await insertBooking(tx, {
    ...{ id, environment_id: environment.id, person_id: person.id, release_id: release.value },
    ...{ purpose: purpose.value, starts_at: input.from, ends_at: input.to, is_shareable: input.isShareable },
    ...{ created_at: context.now, updated_at: context.now },
  })
  return done(
    { id },
    {
      events: [
        {
          kind: 'booking.created',
          record: { kind: 'booking', id },
          data: {
            ...{ environment: environment.key, person: person.name, purpose: purpose.value },
            ...{ from: input.from.toISOString(), to: input.to.toISOString() },
          },
        },
      ],
      changed: [],
    },
  )
}

import { CARE_HOURS } from '../domain/go-live.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { deleteDuty, deleteFollower, dutiesOf, insertDuty, insertFollower } from '../store/go-live.ts'
import { findPerson, findTeam } from '../store/organisation.ts'
import { findRelease, lockRelease } from '../store/releases.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

interface OfRelease {
  /** Id. */
  readonly release: string
}

const MOST_DUTIES = 100
const MOST_FOLLOWERS = 200

const personIdIn = async (tx: Tx, ref: string): Promise<Result<string, Refusal>> => {
  const person = await findPerson(tx, ref)
  if (person === null) return unknown('person', ref, '/person')
  return person.archived_at === null
    ? ok(person.id)
    : err(refuse('invalid', `${person.name} was archived.`, { field: '/person' }))
}

const changed = (id: string, kind: 'release.care-planned' | 'release.followed', data: object) =>
  done({ id }, { events: [{ kind, record: { kind: 'release', id }, data: { ...data } }], changed: [] })

/** Somebody is there from an hour to an hour after the release came out. */
export const addDuty: Command<
  OfRelease & { readonly person: string; readonly fromHour: number; readonly toHour: number },
  { readonly id: string }
> = async (tx, context, { release: ref, person: whom, fromHour, toHour }) => {
  const release = await lockRelease(tx, ref)
  if (release === null) return unknown('release', ref, '/release')
  const person = await personIdIn(tx, whom)
  if (!person.ok) return person
  if (fromHour < 0 || toHour > CARE_HOURS.max || fromHour >= toHour)
    return err(refuse('invalid', 'The hours end before they begin, or go too far.', { field: '/toHour' }))
  if ((await dutiesOf(tx, release.id)).length >= MOST_DUTIES)
    return err(refuse('in-use', `A rota has at most ${MOST_DUTIES} entries.`))
  await insertDuty(tx, {
    ...{ id: context.newId(), release_id: release.id, person_id: person.value },
    ...{ from_hour: fromHour, to_hour: toHour, created_at: context.now },
  })
  return changed(release.id, 'release.care-planned', { fromHour, toHour })
}

export const removeDuty: Command<OfRelease & { readonly duty: string }, { readonly id: string }> = async (
  tx,
  _context,
  { release: ref, duty },
) => {
  const release = await findRelease(tx, ref)
  if (release === null) return unknown('release', ref, '/release')
  return (await deleteDuty(tx, release.id, duty))
    ? changed(release.id, 'release.care-planned', {})
    : unknown('duty', duty, '/duty')
}

/** A person or a team that is told of the release. */
export const addFollower: Command<
  OfRelease & ({ readonly person: string } | { readonly team: string }),
  { readonly id: string }
> = async (tx, context, input) => {
  const release = await lockRelease(tx, input.release)
  if (release === null) return unknown('release', input.release, '/release')
  const person = 'person' in input ? await personIdIn(tx, input.person) : ok(null)
  if (!person.ok) return person
  const team = 'team' in input ? await findTeam(tx, input.team) : null
  if ('team' in input && team === null) return unknown('team', input.team, '/team')
  const { n } = await tx
    .selectFrom('release_follower')
    .select((is) => is.fn.countAll<string>().as('n'))
    .where('release_id', '=', release.id)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_FOLLOWERS) return err(refuse('in-use', `${MOST_FOLLOWERS} follow a release at most.`))
  const isNew = await insertFollower(tx, {
    ...{ id: context.newId(), release_id: release.id, created_at: context.now },
    ...{ person_id: person.value, team_id: team?.id ?? null },
  })
  return isNew
    ? changed(release.id, 'release.followed', {})
    : err(refuse('already-done', 'They follow it already.'))
}

export const removeFollower: Command<
  OfRelease & { readonly follower: string },
  { readonly id: string }
> = async (tx, _context, { release: ref, follower }) => {
  const release = await findRelease(tx, ref)
  if (release === null) return unknown('release', ref, '/release')
  return (await deleteFollower(tx, release.id, follower))
    ? changed(release.id, 'release.followed', {})
    : unknown('follower', follower, '/follower')
}

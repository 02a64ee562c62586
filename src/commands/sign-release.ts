import { changedSince } from '../domain/go-live.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { goLiveRules, insertSignOff, signedParts, signOffsOf, withdrawSignOff } from '../store/go-live.ts'
import { findPerson } from '../store/organisation.ts'
import { lockRelease, type Release } from '../store/releases.ts'
import { checkText } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface SignRelease {
  /** Id. */
  readonly release: string
  /** Id of who signs. */
  readonly person: string
  /** One of those that the product asks for. */
  readonly role: string
  readonly note?: string | null
}

/** Signs for a role, for what the release is now: its scope, its notes, its acceptance. One person signs for one role. */
export const signRelease: Command<SignRelease, { readonly id: string }> = async (tx, context, input) => {
  const held = await heldBeforeOut(tx, input.release)
  if (!held.ok) return held
  const release = held.value
  const person = await findPerson(tx, input.person)
  if (person === null) return unknown('person', input.person, '/person')
  const note = checkText((input.note ?? '').trim(), '/note')
  if (!note.ok) return note
  const { roles } = await goLiveRules(tx, release.product_id)
  if (!roles.includes(input.role))
    return err(refuse('invalid', `Nobody signs as “${input.role}” here.`, { field: '/role' }))
  const parts = await signedParts(tx, release.id)
  for (const one of await signOffsOf(tx, release.id)) {
    const holds = changedSince(one.signed, parts).length === 0
    const isTheirs = one.person_id === person.id
    if (one.role !== input.role && !isTheirs) continue
    // what changed since, somebody may sign anew: the same person, or another for the role
    if (!holds) await withdrawSignOff(tx, one.id, context.now)
    else if (one.role === input.role)
      return err(refuse('already-done', `${input.role} has signed already.`, { field: '/role' }))
    else
      return err(
        refuse('in-use', `You signed as ${one.role}. One person signs for one role.`, { field: '/role' }),
      )
  }
  const id = context.newId()
  await insertSignOff(tx, {
    ...{ id, release_id: release.id, role: input.role, person_id: person.id, signed_at: context.now },
    ...{ note: note.value === '' ? null : note.value, signed: JSON.stringify(parts) },
  })
  return done(
    { id: release.id },
    {
      events: [
        {
          kind: 'release.signed',
          record: { kind: 'release', id: release.id },
          data: { role: input.role, person: person.name },
        },
      ],
      changed: [],
    },
  )
}

/** Takes a sign-off back. */
export const withdrawSign: Command<
  { readonly release: string; readonly role: string },
  { readonly id: string }
> = async (tx, context, input) => {
  const held = await heldBeforeOut(tx, input.release)
  if (!held.ok) return held
  const one = (await signOffsOf(tx, held.value.id)).find(({ role }) => role === input.role)
  if (one === undefined)
    return err(refuse('already-done', 'Nobody has signed for this role.', { field: '/role' }))
  await withdrawSignOff(tx, one.id, context.now)
  return done(
    { id: held.value.id },
    {
      events: [
        {
          kind: 'release.unsigned',
          record: { kind: 'release', id: held.value.id },
          data: { role: one.role },
        },
      ],
      changed: [],
    },
  )
}

const heldBeforeOut = async (tx: Tx, id: string): Promise<Result<Release, Refusal>> => {
  const release = await lockRelease(tx, id)
  if (release === null) return unknown('release', id, '/release')
  return release.state === 'released' || release.state === 'withdrawn'
    ? err(refuse('wrong-state', 'It is out or withdrawn: there is nothing left to sign.'))
    : ok(release)
}

import { mayBeRewritten, takesKeys } from '../domain/change.ts'
import { areAllGiven, checkKey, FREEZE_KEY, keyNameOf, standingOf } from '../domain/change-approval.ts'
import type { Asked } from '../domain/change-rules.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { holdersOf, readChangeRules } from '../store/change-rules.ts'
import { type Change, insertKey, updateChange } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { given } from './ask-keys.ts'
import { checkText } from './field-rules.ts'
import { type ChangeId, changeEvent, heldChange, moveChange, type OfChange, personOf } from './held-change.ts'
import { done } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface GiveKey extends OfChange {
  /** Which one: `change manager`, `product lead`, `team:<id>`, `person:<id>`, `freeze exception`. */
  readonly key: string
  readonly decision: 'approved' | 'rejected'
  /** Why; a key that is refused needs it, and an exception. */
  readonly reason?: string | null
}

/**
 * Turns one key of a change. The last one that was asked for schedules it; the first that is refused rejects it. Of an
 * emergency that began without, a key counts afterwards too: what was done stays done, and is reviewed.
 */
export const giveKey: Command<GiveKey, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const reason = input.reason == null || input.reason.trim() === '' ? null : input.reason.trim()
  const checked = await checkGiving(tx, context, change, { ...input, reason })
  if (!checked.ok) return checked
  const { id, key } = change
  const { decision } = input
  await insertKey(tx, {
    ...{ id: context.newId(), change_id: id, scope: change.scope, name: input.key, decision, reason },
    ...{ person_id: checked.value, at: context.now },
  })
  const word = input.key === FREEZE_KEY ? 'excepted' : decision === 'approved' ? 'key-given' : 'key-refused'
  const event = changeEvent(`change.${word}`, change, { as: input.key, decision, reason })
  if (input.key === FREEZE_KEY) {
    await updateChange(tx, id, {}, context.now)
    return done({ id, key }, { events: [event], changed: [] })
  }
  const moved = await follow(tx, change, decision, reason, context.now)
  if (!moved.ok) return moved
  return done({ id, key }, { events: [event, ...moved.value], changed: [] })
}

const follow = async (
  tx: Tx,
  change: Change,
  decision: GiveKey['decision'],
  reason: string | null,
  now: Date,
): Promise<Result<readonly ReturnType<typeof changeEvent>[], Refusal>> => {
  const keys = await given(tx, change.id)
  const names = change.asked.map(keyNameOf)
  if (change.state !== 'authorising') {
    const areDecided = names.every((name) => standingOf(name, keys, change.scope) !== 'waiting')
    await updateChange(tx, change.id, areDecided ? { retro_done_at: now } : {}, now)
    return ok([])
  }
  if (decision === 'approved' && !areAllGiven(names, keys, change.scope)) {
    await updateChange(tx, change.id, {}, now)
    return ok([])
  }
  const step = decision === 'approved' ? 'approved' : 'rejected'
  const patch = decision === 'approved' ? {} : { end_note: reason, ended_at: now }
  const moved = await moveChange(tx, change, step, patch, now)
  return moved.ok ? ok([changeEvent('change.moved', change, { from: change.state, to: moved.value })]) : moved
}

/** Answers who turns it. */
const checkGiving = async (
  tx: Tx,
  { actor }: CommandContext,
  change: Change,
  input: Pick<GiveKey, 'key' | 'decision'> & { readonly reason: string | null },
): Promise<Result<string, Refusal>> => {
  const personId = personOf(actor)
  if (personId === null)
    return err(refuse('not-allowed', 'A key is given by a person: this token stands for nobody.'))
  const text = checkText(input.reason ?? '', '/reason')
  if (!text.ok) return text
  if (input.reason === null && (input.decision === 'rejected' || input.key === FREEZE_KEY))
    return err(refuse('invalid', 'Say why, in a sentence.', { field: '/reason' }))
  const asked = askedKey(change, input.key)
  if (asked === null)
    return err(refuse('wrong-state', 'This key is not asked for. Read the change again.', { field: '/key' }))
  const rules = await readChangeRules(tx)
  const checked = checkKey(
    {
      ...{ name: input.key, personId },
      holders: await holdersOf(tx, asked, change.product_id, rules),
      own: [
        change.owner_id,
        personOf(change.created_by),
        change.begun_by === null ? null : personOf(change.begun_by),
      ].filter((id) => id !== null),
    },
    await given(tx, change.id),
    change.scope,
  )
  return checked.ok ? ok(personId) : checked
}

const askedKey = (change: Change, name: string): Asked | null => {
  if (name === FREEZE_KEY) return mayBeRewritten(change.state) ? { what: 'change manager' } : null
  return takesKeys(change) ? (change.asked.find((one) => keyNameOf(one) === name) ?? null) : null
}

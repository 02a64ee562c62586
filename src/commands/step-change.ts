import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { askedColumns, askedFor } from './ask-keys.ts'
import { checkText } from './field-rules.ts'
import { type ChangeId, changeEvent, heldChange, moveChange, type OfChange } from './held-change.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Somebody looks at its risk. */
export const assessChange: Command<OfChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const moved = await moveChange(tx, change, 'assess', {}, context.now)
  if (!moved.ok) return moved
  const { id, key } = change
  const event = changeEvent('change.moved', change, { from: change.state, to: moved.value })
  return done({ id, key }, { events: [event], changed: [] })
}

export interface CancelChange extends OfChange {
  readonly reason: string
}

/** It will not be carried out. */
export const cancelChange: Command<CancelChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const reason = checkText(input.reason.trim(), '/reason')
  if (!reason.ok) return reason
  if (reason.value === '') return err(refuse('invalid', 'Say why, in a sentence.', { field: '/reason' }))
  const patch = { end_note: reason.value, ended_at: context.now }
  const moved = await moveChange(tx, change, 'cancel', patch, context.now)
  if (!moved.ok) return moved
  const { id, key } = change
  const event = changeEvent('change.cancelled', change, { reason: reason.value })
  return done({ id, key }, { events: [event], changed: [] })
}

/** Takes up again what was rejected or cancelled, where its kind begins. Keys of before are void. */
export const reviseChange: Command<OfChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const asked =
    change.kind === 'normal'
      ? { risk: null, asked: '[]' }
      : askedColumns(await askedFor(tx, change, context.now))
  const patch = { ...asked, scope: change.scope + 1, end_note: null, ended_at: null }
  const moved = await moveChange(tx, change, 'revise', patch, context.now)
  if (!moved.ok) return moved
  const { id, key } = change
  const event = changeEvent('change.revised', change, { from: change.state, to: moved.value })
  return done({ id, key }, { events: [event], changed: [] })
}

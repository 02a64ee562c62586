import { decideEnhancement as decide } from '../domain/enhancement.ts'
import { refuse } from '../domain/refusal.ts'
import { isDropped } from '../domain/work-item.ts'
import { err } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { workOf } from '../store/enhancement-work.ts'
import {
  asksFor,
  type Enhancement,
  findEnhancement,
  nextDecisionNumber,
  takeAlong,
  takeBackAlong,
  updateEnhancement,
} from '../store/enhancements.ts'
import { findWorkItem } from '../store/work-items.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { tellDecision } from './ask-for-enhancement.ts'
import { createWorkItem } from './create-work-item.ts'
import { settleWork } from './enhancement-work.ts'
import { checkText } from './field-rules.ts'
import { heldEnhancement, type OfEnhancement } from './keep-enhancement.ts'
import { moveWorkItem } from './move-work-item.ts'
import type { Named } from './organisation-rules.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'
import { workChanged } from './work-changed.ts'

const named = ({ id, key }: Enhancement): Named => ({ id, key })
const factsOf = ({ state, merged_into }: Enhancement) => ({ state, isMerged: merged_into !== null })

export interface DecideEnhancement extends OfEnhancement {
  readonly decision: 'accept' | 'decline'
  /** Markdown, for everybody who asked. */
  readonly words: string
}

/** Written once, told to all who asked. */
export const decideEnhancement: Command<DecideEnhancement, Named> = async (tx, context, input) => {
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const next = decide(factsOf(held.value), input.decision)
  if (!next.ok) return next
  const words = checkText(input.words.trim(), '/words')
  if (!words.ok) return words
  if (words.value === '')
    return err(refuse('invalid', 'Say why: everybody who asked reads this.', { field: '/words' }))
  const decided = await updateEnhancement(
    tx,
    held.value.id,
    {
      ...{ state: next.value, decision_words: words.value, decided_by: JSON.stringify(context.actor) },
      ...{ decided_at: context.now, decision_number: await nextDecisionNumber(tx) },
    },
    context.now,
  )
  const told: Effects[] = []
  for (const ask of await asksFor(tx, decided.id))
    told.push(await tellDecision(tx, context, decided, ask.ticket_id))
  const event = {
    kind: 'enhancement.decided' as const,
    record: { kind: 'enhancement', id: decided.id },
    data: { key: decided.key, decision: next.value },
  }
  const resumed = input.decision === 'accept' ? await takeUpAgain(tx, context, decided) : NO_EFFECTS
  const settled = await settleWork(tx, context, decided, { isNews: true })
  return done(named(decided), { events: [event], changed: [] }, ...told, resumed, settled)
}

/** Work that was declined, and is wanted after all. */
const takeUpAgain = async (tx: Tx, context: CommandContext, { id }: Enhancement): Promise<Effects> => {
  const work = await workOf(tx, id)
  if (work?.state !== 'declined') return NO_EFFECTS
  const moved = await moveWorkItem(tx, context, { workItem: work.id, to: 'backlog' })
  return moved.ok ? moved.value : NO_EFFECTS
}

/** The decision is open again. What was said stays said; a new decision is told anew. */
export const reopenEnhancement: Command<OfEnhancement, Named> = async (tx, context, input) => {
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const next = decide(factsOf(held.value), 'reopen')
  if (!next.ok) return next
  const opened = await updateEnhancement(
    tx,
    held.value.id,
    { state: next.value, decision_words: null, decided_by: null, decided_at: null },
    context.now,
  )
  return done(named(opened), {
    events: [
      {
        kind: 'enhancement.reopened',
        record: { kind: 'enhancement', id: opened.id },
        data: { key: opened.key, words: held.value.decision_words },
      },
    ],
    changed: [],
  })
}

/** Its demand counts with the other's from now on, and its askers hear what was decided there. */
export const mergeEnhancement: Command<OfEnhancement & { readonly into: string }, Named> = async (
  tx,
  context,
  input,
) => {
  const found = await findEnhancement(tx, input.into)
  if (found === null) return unknown('request', input.into, '/into')
  // in one order: two that are merged into each other at once must not wait for each other in a ring
  const first = await findEnhancement(tx, input.enhancement)
  for (const id of [found.id, first?.id ?? found.id].sort()) await heldEnhancement(tx, { enhancement: id })
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const into = await heldEnhancement(tx, { enhancement: found.id })
  if (!into.ok) return into
  const from = held.value
  if (into.value.id === from.id)
    return err(refuse('invalid', 'A request cannot be merged into itself.', { field: '/into' }))
  if (from.merged_into !== null || into.value.merged_into !== null)
    return err(refuse('wrong-state', 'One of the two is merged already.', { field: '/into' }))
  if (into.value.product_id !== from.product_id)
    return err(refuse('invalid', 'The other is a request for another product.', { field: '/into' }))
  const merged = await updateEnhancement(
    tx,
    from.id,
    { merged_into: into.value.id, merged_directly: into.value.id },
    context.now,
  )
  await takeAlong(tx, from.id, into.value.id, context.now)
  const told: Effects[] = []
  for (const ask of await asksFor(tx, into.value.id))
    told.push(await tellDecision(tx, context, into.value, ask.ticket_id))
  const settled = await settleWork(tx, context, into.value, { isNews: true })
  const events = [merged, into.value].map(({ id }) => ({
    kind: 'enhancement.merged' as const,
    record: { kind: 'enhancement', id },
    data: { key: merged.key, into: into.value.key },
  }))
  return done(named(into.value), { events, changed: [] }, ...told, settled)
}

/** It is again by itself, with those who asked for it, and with what went along with it when it was merged on. */
export const unmergeEnhancement: Command<OfEnhancement, Named> = async (tx, context, input) => {
  const found = await findEnhancement(tx, input.enhancement)
  // in one order, as when it was merged
  for (const id of [found?.merged_into, found?.id].flatMap((each) => each ?? []).sort())
    await heldEnhancement(tx, { enhancement: id })
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  if (held.value.merged_into === null) return err(refuse('wrong-state', 'It is not merged.'))
  const root = await heldEnhancement(tx, { enhancement: held.value.merged_into })
  if (!root.ok) return root
  const apart = await updateEnhancement(
    tx,
    held.value.id,
    { merged_into: null, merged_directly: null },
    context.now,
  )
  await takeBackAlong(tx, apart.id, context.now)
  const settled = [await settleWork(tx, context, root.value), await settleWork(tx, context, apart)]
  const events = [apart, root.value].map(({ id }) => ({
    kind: 'enhancement.unmerged' as const,
    record: { kind: 'enhancement', id },
    data: { key: apart.key, from: root.value.key },
  }))
  return done(named(apart), { events, changed: [] }, ...settled)
}

export interface BuildEnhancement extends OfEnhancement {
  /** Id or key of the feature that answers it; absent: a new one. */
  readonly workItem?: string
}

/** Who builds it: every ticket that asks waits for that work from now on, and is told of its release as of any other. */
export const buildEnhancement: Command<BuildEnhancement, Named> = async (tx, context, input) => {
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const { id, key, title, problem, product_id, component_id, state, merged_into } = held.value
  if (state !== 'accepted' || merged_into !== null)
    return err(refuse('wrong-state', 'Accept it first: who asked is told by that.'))
  const has = await workOf(tx, id)
  if (has !== null && !isDropped(has.state))
    return err(
      refuse('already-done', `${key} has its work item already: ${has.key}.`, {
        existing: { kind: 'work item', id: has.id, key: has.key },
      }),
    )
  const made =
    input.workItem === undefined
      ? await createWorkItem(tx, context, {
          ...{ title, description: plainText(problem), kind: 'feature', state: 'backlog' },
          ...{ product: product_id, component: component_id },
        })
      : null
  if (made?.ok === false) return made
  const item = await findWorkItem(tx, made?.ok ? made.value.value.id : (input.workItem ?? ''))
  if (item === null) return unknown('work item', input.workItem ?? '', '/workItem')
  if (isDropped(item.state))
    return err(
      refuse('wrong-state', `${item.key} is ${item.state}: a ticket cannot wait for it. Name other work.`, {
        field: '/workItem',
      }),
    )
  const built = await updateEnhancement(tx, id, { work_item_id: item.id }, context.now)
  const settled = await settleWork(tx, context, built)
  return done(
    { id, key },
    together(
      made?.ok ? made.value : NO_EFFECTS,
      { events: [workChanged(built, has, item)], changed: [] },
      settled,
    ),
  )
}

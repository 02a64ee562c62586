import type { Span } from '../domain/booking.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  type FreezeRow,
  insertFreeze,
  LONGEST_FREEZE_DAYS,
  lockFreeze,
  updateFreeze,
  writeFreezeProducts,
} from '../store/freezes.ts'
import { findProduct } from '../store/organisation.ts'
import { checkLine } from './field-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface PlanFreeze {
  readonly reason: string
  /** Ids or keys; none: of all products. */
  readonly products: readonly string[]
  readonly window: Span
}

type Freezed = { readonly id: string }

const DAY_MS = 86_400_000

/** Says when nothing that can wait is changed. Changes that are planned there already are shown as conflicts. */
export const planFreeze: Command<PlanFreeze, Freezed> = async (tx, context, input) => {
  const checked = await checkFreeze(tx, input, context.now)
  if (!checked.ok) return checked
  const { reason, productIds } = checked.value
  const id = context.newId()
  await insertFreeze(tx, {
    ...{ id, reason, starts_at: input.window.from, ends_at: input.window.to },
    ...{ created_by: JSON.stringify(context.actor), created_at: context.now, updated_at: context.now },
  })
  await writeFreezeProducts(tx, id, productIds)
  return done({ id }, { events: [freezeEvent('freeze.created', id, input)], changed: [] })
}

export interface ChangeFreeze extends PlanFreeze {
  readonly freeze: string
  readonly version?: number
}

/** Moves it, or says it anew; what is past of it stays. */
export const changeFreeze: Command<ChangeFreeze, Freezed> = async (tx, context, input) => {
  const held = await heldFreeze(tx, input, context.now)
  if (!held.ok) return held
  const { id } = held.value
  const checked = await checkFreeze(tx, input, context.now)
  if (!checked.ok) return checked
  const { reason, productIds } = checked.value
  const patch = { reason, starts_at: input.window.from, ends_at: input.window.to }
  await updateFreeze(tx, id, patch, context.now)
  await writeFreezeProducts(tx, id, productIds)
  return done({ id }, { events: [freezeEvent('freeze.changed', id, input)], changed: [] })
}

/** Ends it before its time. */
export const liftFreeze: Command<Pick<ChangeFreeze, 'freeze' | 'version'>, Freezed> = async (
  tx,
  context,
  input,
) => {
  const held = await heldFreeze(tx, input, context.now)
  if (!held.ok) return held
  const { id, reason, starts_at: from, ends_at: to } = held.value
  await updateFreeze(tx, id, { ended_at: context.now }, context.now)
  return done(
    { id },
    { events: [freezeEvent('freeze.lifted', id, { reason, window: { from, to } })], changed: [] },
  )
}

const freezeEvent = (
  kind: 'freeze.created' | 'freeze.changed' | 'freeze.lifted',
  id: string,
  { reason, window }: Pick<PlanFreeze, 'reason' | 'window'>,
) => ({
  kind,
  record: { kind: 'freeze', id },
  data: { reason, from: window.from.toISOString(), to: window.to.toISOString() },
})

const checkFreeze = async (
  tx: Tx,
  { reason, products, window }: PlanFreeze,
  now: Date,
): Promise<Result<{ readonly reason: string; readonly productIds: readonly string[] }, Refusal>> => {
  const line = checkLine(reason, '/reason')
  if (!line.ok) return line
  const { from, to } = window
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()))
    return err(refuse('invalid', 'This is not a time.', { field: '/from' }))
  if (from >= to) return err(refuse('invalid', 'The freeze ends before it begins.', { field: '/to' }))
  if (to <= now) return err(refuse('invalid', 'The freeze would be over already.', { field: '/to' }))
  if (to.getTime() - from.getTime() > LONGEST_FREEZE_DAYS * DAY_MS)
    return err(refuse('invalid', `A freeze is for ${LONGEST_FREEZE_DAYS} days at most.`, { field: '/to' }))
  const productIds = new Set<string>()
  for (const ref of products) {
    const product = await findProduct(tx, ref)
    if (product === null) return unknown('product', ref, '/products')
    productIds.add(product.id)
  }
  return ok({ reason: line.value, productIds: [...productIds] })
}

const heldFreeze = async (
  tx: Tx,
  { freeze: id, version }: Pick<ChangeFreeze, 'freeze' | 'version'>,
  now: Date,
): Promise<Result<FreezeRow, Refusal>> => {
  const freeze = await lockFreeze(tx, id)
  if (freeze === null) return unknown('freeze', id, '/freeze')
  if (freeze.ended_at !== null) return err(refuse('wrong-state', 'The freeze was lifted.'))
  if (freeze.ends_at <= now) return err(refuse('wrong-state', 'The freeze is over.'))
  return version !== undefined && version !== freeze.version
    ? changedMeanwhile('freeze', version, freeze.version)
    : ok(freeze)
}

import { ENTRY } from '../domain/change.ts'
import type { NewEvent } from '../domain/event.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { ChangeKind } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type ChangeModel, lockChangeModel } from '../store/change-models.ts'
import { type ChangeParts, insertChange, lockChange, updateChange, writeParts } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { askedColumns, askedFor } from './ask-keys.ts'
import { type ChangeFields, resolveFields } from './change-fields.ts'
import { type ChangeId, changeEvent, personOf } from './held-change.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface OpenChange extends ChangeFields {
  readonly kind: ChangeKind
  readonly title: string
  readonly reason: string
  /** Id or key. */
  readonly product: string
  /** Of a standard change: the model it is made from. */
  readonly model?: string
}

/** Begins a change, each kind where it begins (domain/change.ts). */
export const openChange: Command<OpenChange, ChangeId> = async (tx, context, input) => {
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  if (product.archived_at !== null)
    return err(refuse('invalid', `${product.name} was archived.`, { field: '/product' }))
  if (input.kind === 'emergency' && input.displaces === undefined)
    return err(
      refuse('invalid', 'Name the planned work it displaces; an empty list says that there is none.', {
        field: '/displaces',
      }),
    )
  const model = await modelFor(tx, input, product.id)
  if (!model.ok) return model
  const resolved = await resolveFields(tx, product.id, input, context.now)
  if (!resolved.ok) return resolved
  const { columns, parts } = resolved.value
  const owner = columns.owner_id === undefined ? personOf(context.actor) : columns.owner_id
  const { id, key } = await insertChange(tx, {
    ...{ plan_implement: '', plan_test: '', plan_back_out: '', is_back_out_tested: false },
    ...{ title: input.title, reason: input.reason },
    ...columns,
    ...planColumns(model.value),
    ...{ id: context.newId(), kind: input.kind, state: ENTRY[input.kind], product_id: product.id },
    ...{ model_id: model.value?.id ?? null, owner_id: owner, created_by: JSON.stringify(context.actor) },
    ...{ asked: '[]', created_at: context.now, updated_at: context.now },
  })
  const all: ChangeParts = { componentIds: [], environmentIds: [], workItems: [], ...parts }
  await writeParts(tx, id, all)
  if (input.kind !== 'normal') await assessNow(tx, id, context.now)
  const events: NewEvent[] = [
    changeEvent(
      'change.created',
      { id, key },
      { kind: input.kind, product: product.key, title: input.title },
    ),
    ...displacedEvents(all, { id, key }),
  ]
  return done({ id, key }, { events, changed: [] })
}

/** Planned work that waits for an emergency says so itself. */
export const displacedEvents = (parts: ChangeParts, change: ChangeId): readonly NewEvent[] =>
  parts.workItems
    .filter(({ relation }) => relation === 'displaces')
    .map(({ work_item_id }) => ({
      kind: 'work-item.displaced',
      record: { kind: 'work item', id: work_item_id },
      data: { change: change.key },
    }))

/** What enters past assessing is assessed at once: its risk and keys are known from the beginning. */
const assessNow = async (tx: Tx, id: string, now: Date): Promise<void> => {
  const change = await lockChange(tx, id)
  if (change !== null) await updateChange(tx, id, askedColumns(await askedFor(tx, change, now)), now)
}

const planColumns = (model: ChangeModel | null) =>
  model === null
    ? {}
    : {
        plan_implement: model.plan_implement,
        plan_test: model.plan_test,
        plan_back_out: model.plan_back_out,
      }

const modelFor = async (
  tx: Tx,
  { kind, model: ref }: OpenChange,
  productId: string,
): Promise<Result<ChangeModel | null, Refusal>> => {
  const field = { field: '/model' }
  if (kind !== 'standard')
    return ref === undefined
      ? ok(null)
      : err(refuse('invalid', 'Only a standard change is made from a model.', field))
  if (ref === undefined)
    return err(refuse('invalid', 'A standard change is made from a model that was approved.', field))
  const model = await lockChangeModel(tx, ref)
  if (model === null) return unknown('change model', ref, '/model')
  if (model.archived_at !== null) return err(refuse('invalid', `${model.name} was archived.`, field))
  if (model.approved_at === null)
    return err(
      refuse('wrong-state', 'The model is not approved: its change manager gives one key for it.', field),
    )
  return model.product_id === null || model.product_id === productId
    ? ok(model)
    : err(refuse('invalid', 'This model is for another product.', field))
}

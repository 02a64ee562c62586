import { PLANS, type Plans } from '../domain/change.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import {
  type ChangeModel,
  insertChangeModel,
  lockChangeModel,
  updateChangeModel,
} from '../store/change-models.ts'
import { isManagerOf, readChangeRules } from '../store/change-rules.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { checkLine, checkText } from './field-rules.ts'
import { personOf } from './held-change.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface NewChangeModel {
  readonly name: string
  /** Id or key; null: of every product. */
  readonly product: string | null
  readonly plans: Plans
}

type Kept = { readonly id: string }
type OfModel = { readonly model: string; readonly version?: number }

/** What standard changes are made from, once the change manager gave a key for it. */
export const createChangeModel: Command<NewChangeModel, Kept> = async (tx, context, input) => {
  const checked = await checkModel(tx, input)
  if (!checked.ok) return checked
  const id = context.newId()
  await insertChangeModel(tx, {
    ...checked.value,
    ...{ id, created_by: JSON.stringify(context.actor), created_at: context.now, updated_at: context.now },
  })
  return done({ id }, { events: [modelEvent('created', id, checked.value.name)], changed: [] })
}

/** Writes it anew. Its key was given for what it said before, so it is void. */
export const changeChangeModel: Command<NewChangeModel & OfModel, Kept> = async (tx, context, input) => {
  const held = await heldModel(tx, input)
  if (!held.ok) return held
  const checked = await checkModel(tx, input)
  if (!checked.ok) return checked
  const { id } = held.value
  await updateChangeModel(tx, id, { ...checked.value, approved_by: null, approved_at: null }, context.now)
  return done({ id }, { events: [modelEvent('changed', id, checked.value.name)], changed: [] })
}

/** One key, once: every change that is made from it needs none. Nobody gives it for their own model. */
export const approveChangeModel: Command<OfModel, Kept> = async (tx, context, input) => {
  const held = await heldModel(tx, input)
  if (!held.ok) return held
  const { id, name, approved_at, product_id, created_by } = held.value
  if (approved_at !== null) return err(refuse('already-done', 'The model is approved already.'))
  const personId = personOf(context.actor)
  if (personId === null)
    return err(refuse('not-allowed', 'A key is given by a person: this token stands for nobody.'))
  if (!(await isManagerOf(tx, personId, product_id, await readChangeRules(tx))))
    return err(refuse('not-allowed', 'A model is approved by the change manager.'))
  if (personOf(created_by) === personId)
    return err(refuse('not-allowed', 'Nobody approves their own change: somebody else has to look at it.'))
  await updateChangeModel(tx, id, { approved_by: personId, approved_at: context.now }, context.now)
  return done({ id }, { events: [modelEvent('approved', id, name)], changed: [] })
}

/** It is offered no more; changes that were made from it stay. */
export const archiveChangeModel: Command<OfModel & { readonly archived: boolean }, Kept> = async (
  tx,
  context,
  input,
) => {
  const held = await heldModel(tx, input)
  if (!held.ok) return held
  const { id, name } = held.value
  await updateChangeModel(tx, id, { archived_at: input.archived ? context.now : null }, context.now)
  const word = input.archived ? 'archived' : 'changed'
  return done({ id }, { events: [modelEvent(word, id, name)], changed: [] })
}

const modelEvent = (word: 'created' | 'changed' | 'approved' | 'archived', id: string, name: string) => ({
  kind: `change-model.${word}` as const,
  record: { kind: 'change model', id },
  data: { name },
})

const checkModel = async (tx: Tx, { name, product: ref, plans }: NewChangeModel) => {
  const line = checkLine(name, '/name')
  if (!line.ok) return line
  const product = ref === null ? null : await findProduct(tx, ref)
  if (ref !== null && product === null) return unknown('product', ref, '/product')
  for (const part of PLANS) {
    const text = checkText(plans[part], `/plans/${part}`)
    if (!text.ok) return text
    if (plans[part].trim() === '')
      return err(
        refuse('invalid', 'A model says how to implement, test and back out.', { field: `/plans/${part}` }),
      )
  }
  return ok({
    ...{ name: line.value, product_id: product?.id ?? null },
    ...{ plan_implement: plans.implement, plan_test: plans.test, plan_back_out: plans.backOut },
  })
}

const heldModel = async (tx: Tx, { model: id, version }: OfModel): Promise<Result<ChangeModel, Refusal>> => {
  const model = await lockChangeModel(tx, id)
  if (model === null) return unknown('change model', id, '/model')
  return version !== undefined && version !== model.version
    ? changedMeanwhile('change model', version, model.version)
    : ok(model)
}

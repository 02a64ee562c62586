import { decideEnhancement } from '../domain/enhancement.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  type Enhancement,
  insertEnhancement,
  lockEnhancement,
  updateEnhancement,
} from '../store/enhancements.ts'
import { findComponent, findProduct } from '../store/organisation.ts'
import { askFor } from './ask-for-enhancement.ts'
import { checkText, checkTitle } from './field-rules.ts'
import { columnChanges, type Named } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface OfEnhancement {
  /** Id or key. */
  readonly enhancement: string
  readonly version?: number
}

export const heldEnhancement = async (
  tx: Tx,
  { enhancement: ref, version }: OfEnhancement,
): Promise<Result<Enhancement, Refusal>> => {
  const held = await lockEnhancement(tx, ref)
  if (held === null) return unknown('request', ref, '/enhancement')
  return version !== undefined && version !== held.version
    ? changedMeanwhile('request', version, held.version)
    : ok(held)
}

export interface CreateEnhancement {
  readonly title: string
  /** In the user's words. */
  readonly problem: string
  /** Id or key. */
  readonly product: string
  readonly component?: string | null
  /** A ticket that asks for it. */
  readonly ticket?: string
  readonly importance?: 0 | 1 | 2 | 3 | null
}

/** Writes down what somebody wishes for; with a ticket, that one asks for it. */
export const createEnhancement: Command<CreateEnhancement, Named> = async (tx, context, input) => {
  const title = checkTitle(input.title)
  if (!title.ok) return title
  const problem = checkText(input.problem.trim(), '/problem')
  if (!problem.ok) return problem
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const component = await componentOf(tx, product.id, input.component)
  if (!component.ok) return component
  const made = await insertEnhancement(tx, {
    ...{ id: context.newId(), product_id: product.id, component_id: component.value, title: title.value },
    ...{ problem: problem.value, state: 'new', made_by: JSON.stringify(context.actor) },
    ...{ created_at: context.now, updated_at: context.now },
  })
  const created = {
    events: [
      {
        kind: 'enhancement.created' as const,
        record: { kind: 'enhancement', id: made.id },
        data: { key: made.key, title: made.title },
      },
    ],
    changed: [],
  }
  const named = { id: made.id, key: made.key }
  if (input.ticket === undefined) return done(named, created)
  const asked = await askFor(tx, context, made, {
    ticket: input.ticket,
    importance: input.importance ?? null,
  })
  return asked.ok ? done(named, created, asked.value) : asked
}

export interface ChangeEnhancement extends OfEnhancement {
  readonly set: {
    readonly title?: string
    readonly problem?: string
    readonly component?: string | null
    /** For everybody who asked. */
    readonly publicWords?: string | null
  }
}

export const changeEnhancement: Command<ChangeEnhancement, Named> = async (tx, context, input) => {
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const { set } = input
  const title = set.title === undefined ? null : checkTitle(set.title)
  if (title?.ok === false) return title
  for (const field of ['problem', 'publicWords'] as const) {
    const text = checkText(set[field] ?? '', `/${field}`)
    if (!text.ok) return text
  }
  const component = await componentOf(tx, held.value.product_id, set.component)
  if (!component.ok) return component
  const patch = {
    ...(title === null ? {} : { title: title.value }),
    ...(set.problem === undefined ? {} : { problem: set.problem.trim() }),
    ...(set.component === undefined ? {} : { component_id: component.value }),
    ...(set.publicWords === undefined ? {} : { public_words: set.publicWords?.trim() || null }),
  }
  const changes = columnChanges(held.value, patch)
  const named = { id: held.value.id, key: held.value.key }
  if (Object.keys(changes).length === 0) return done(named)
  await updateEnhancement(tx, held.value.id, patch, context.now)
  return done(named, {
    events: [
      {
        kind: 'enhancement.changed',
        record: { kind: 'enhancement', id: held.value.id },
        data: { key: held.value.key, changes },
      },
    ],
    changed: [],
  })
}

/** Somebody looks at it: who asked reads that too. */
export const reviewEnhancement: Command<OfEnhancement, Named> = async (tx, context, input) => {
  const held = await heldEnhancement(tx, input)
  if (!held.ok) return held
  const { id, key, state, merged_into } = held.value
  const next = decideEnhancement({ state, isMerged: merged_into !== null }, 'review')
  if (!next.ok) return next
  await updateEnhancement(tx, id, { state: next.value }, context.now)
  return done(
    { id, key },
    {
      events: [
        {
          kind: 'enhancement.changed',
          record: { kind: 'enhancement', id },
          data: { key, changes: { state: { from: state, to: next.value } } },
        },
      ],
      changed: [],
    },
  )
}

const componentOf = async (
  tx: Tx,
  productId: string,
  ref: string | null | undefined,
): Promise<Result<string | null, Refusal>> => {
  if (ref == null) return ok(null)
  const component = await findComponent(tx, productId, ref)
  if (component === null) return unknown('component', ref, '/component')
  return component.product_id === productId
    ? ok(component.id)
    : err(refuse('invalid', 'It is a component of another product.', { field: '/component' }))
}

import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { insertFlip } from '../store/causes.ts'
import { findEnvironment } from '../store/environments.ts'
import { findProduct } from '../store/organisation.ts'
import { checkLine } from './field-rules.ts'
import { personOf } from './held-change.ts'
import { done, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personIdOf } from './ticket-references.ts'

export interface RecordFlip {
  readonly flag: string
  /** Id or key. */
  readonly product: string
  readonly environment?: string
  readonly from?: string
  readonly to: string
  /** Absent: now. */
  readonly at?: Date
  /** Id or e-mail of who flipped it; absent: whoever tells of it. */
  readonly by?: string
  readonly source: string
  readonly url?: string
}

/** A flag was flipped. Told again it is there once. */
export const recordFlip: Command<RecordFlip, { readonly id: string }> = async (tx, context, input) => {
  for (const [name, text] of [
    ['flag', input.flag],
    ['to', input.to],
    ['source', input.source],
  ] as const) {
    const line = checkLine(text, `/${name}`)
    if (!line.ok) return line
  }
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const place = input.environment === undefined ? null : await findEnvironment(tx, input.environment)
  if (input.environment !== undefined && place?.product_id !== product.id)
    return unknown('environment', input.environment, '/environment')
  const person = input.by === undefined ? null : await personIdOf(tx, input.by, '/by')
  if (person?.ok === false) return person
  const at = input.at ?? context.now
  if (at > context.now) return err(refuse('invalid', 'A flip is told of once it happened.', { field: '/at' }))
  const { id, isNew } = await insertFlip(tx, {
    ...{
      id: context.newId(),
      flag: input.flag.trim(),
      product_id: product.id,
      environment_id: place?.id ?? null,
    },
    ...{
      from_value: input.from ?? null,
      to_value: input.to,
      at,
      source: input.source,
      url: input.url ?? null,
    },
    person_id: person === null ? personOf(context.actor) : person.value,
    ...{ reported_by: JSON.stringify(context.actor), created_at: context.now },
  })
  if (!isNew) return done({ id }, NO_EFFECTS)
  const data = { flag: input.flag, product: product.key, to: input.to, source: input.source }
  return done(
    { id },
    { events: [{ kind: 'flag-flip.created', record: { kind: 'flag flip', id }, data }], changed: [] },
  )
}

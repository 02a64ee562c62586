import { checkRules, type GoLiveRules } from '../domain/go-live.ts'
import { putGoLiveRules } from '../store/go-live.ts'
import { findProduct } from '../store/organisation.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Says what a product asks of its releases before they go live. */
export const setGoLiveRules: Command<
  { readonly product: string; readonly rules: GoLiveRules },
  { readonly id: string }
> = async (tx, context, input) => {
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const rules = checkRules(input.rules)
  if (!rules.ok) return rules
  await putGoLiveRules(tx, product.id, rules.value, context.now)
  return done(
    { id: product.id },
    {
      events: [
        {
          kind: 'product.changed',
          record: { kind: 'product', id: product.id },
          data: { goLive: rules.value },
        },
      ],
      changed: [],
    },
  )
}

import { checkForm, type RequestForm } from '../domain/request-form.ts'
import { findProduct, updateProduct } from '../store/organisation.ts'
import type { Named } from './organisation-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeRequestForm {
  /** Id or key. */
  readonly product: string
  /** Null: nothing is asked besides the usual, and only who runs the product may name it. */
  readonly form: RequestForm | null
}

/** Says what customers are asked who report something about a product. What was answered before stays as it was asked. */
export const changeRequestForm: Command<ChangeRequestForm, Named> = async (tx, _context, input) => {
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/ref')
  const form = input.form === null ? null : checkForm(input.form)
  if (form?.ok === false) return form
  const asked = form?.value ?? null
  await updateProduct(tx, product.id, { request_form: asked === null ? null : JSON.stringify(asked) })
  return done(
    { id: product.id, key: product.key },
    {
      events: [
        {
          kind: 'product.changed',
          record: { kind: 'product', id: product.id },
          data: { form: asked?.map(({ label }) => label) ?? null },
        },
      ],
      changed: [],
    },
  )
}

import { refuse } from '../domain/refusal.ts'
import { checkAnswers, versionAnswered } from '../domain/request-form.ts'
import type { TicketKind } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { findInstallationOf, findOfferedProduct } from '../store/request-forms.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import { type CreatedRecord, createTicket } from './create-ticket.ts'
import { unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface CreateRequest {
  readonly customer: string
  readonly contact: string | null
  readonly title: string
  readonly description: RichText
  readonly kind?: TicketKind
  /** Id or key of a product offered to this customer. */
  readonly product?: string
  /** One of theirs; names product, version and environment where nothing else is said. */
  readonly installation?: string
  readonly version?: string
  readonly environment?: string
  /** To the form of the product, by the keys of its fields. */
  readonly answers?: Readonly<Record<string, string>>
}

/**
 * A ticket as a customer writes it: about what is theirs, with the product's questions answered. Who and where they are
 * is known; the rest is for support to judge.
 */
export const createRequest: Command<CreateRequest, CreatedRecord> = async (tx, context, input) => {
  const { customer, contact, product: productRef, installation, answers = {}, version, ...said } = input
  const runs = installation === undefined ? null : await findInstallationOf(tx, customer, installation)
  if (installation !== undefined && runs === null)
    return unknown('installation', installation, '/installation')
  const ref = productRef ?? runs?.product_id
  const product = ref === undefined ? null : await findOfferedProduct(tx, customer, ref)
  if (productRef !== undefined && product === null) return unknown('product', productRef, '/product')
  if (runs !== null && product !== null && runs.product_id !== product.id)
    return err(
      refuse('invalid', 'Another product runs there. Choose where this one runs, or leave it out.', {
        field: '/installation',
      }),
    )
  const form = product?.form ?? []
  const answered = checkAnswers(form, answers)
  if (!answered.ok) return answered
  const known = version ?? versionAnswered(form, answered.value)
  return createTicket(tx, context, {
    ...said,
    customer,
    contact,
    ...(product === null ? {} : { product: product.id }),
    ...(runs === null ? {} : { installation: runs.id }),
    ...(known === null ? {} : { version: known }),
    answers: answered.value,
  })
}

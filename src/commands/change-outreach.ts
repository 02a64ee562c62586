import { DELAY_MINUTES, type OutreachPolicy, type OutreachStanding } from '../domain/outreach.ts'
import { refuse } from '../domain/refusal.ts'
import type { Language } from '../domain/settings.ts'
import { err, ok } from '../lib/result.ts'
import { findProduct } from '../store/organisation.ts'
import { savePolicy, saveTemplate } from '../store/outreach.ts'
import { checkTemplate } from './edit-notice.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeTemplate {
  readonly standing: OutreachStanding
  readonly language: Language
  /** Markdown with places; null: as shipped. */
  readonly text: string | null
}

/** What waits is written anew with it, but for what somebody wrote by hand. */
export const changeTemplate: Command<ChangeTemplate, null> = async (tx, context, input) => {
  const { standing, language } = input
  const text = input.text === null ? ok(null) : checkTemplate(input.text)
  if (!text.ok) return text
  await saveTemplate(tx, standing, language, text.value, context.now)
  return done(null, {
    events: [{ kind: 'outreach.template-changed', record: null, data: { standing, language } }],
    changed: [],
  })
}

export interface ChangeOutreachPolicy {
  /** Id or key; null: of all that have none of their own. */
  readonly product: string | null
  /** Null: the product follows the one for all again. */
  readonly policy: OutreachPolicy | null
}

export const changeOutreachPolicy: Command<ChangeOutreachPolicy, null> = async (tx, context, input) => {
  const { policy } = input
  const product = input.product === null ? null : await findProduct(tx, input.product)
  if (input.product !== null && product === null) return unknown('product', input.product, '/product')
  const minutes = policy?.delayMinutes ?? DELAY_MINUTES.min
  if (!Number.isInteger(minutes) || minutes < DELAY_MINUTES.min || minutes > DELAY_MINUTES.max)
    return err(
      refuse('invalid', `Between ${DELAY_MINUTES.min} and ${DELAY_MINUTES.max} whole minutes.`, {
        field: '/policy/delayMinutes',
      }),
    )
  await savePolicy(tx, context.newId(), product?.id ?? null, policy, context.now)
  return done(null, {
    events: [
      {
        kind: 'outreach.policy-changed',
        record: product === null ? null : { kind: 'product', id: product.id },
        data: { policy },
      },
    ],
    changed: [],
  })
}

import type { ToldHold } from '../../src/domain/hold-words.ts'
import type { Texts } from '../texts/en.ts'
import { fieldName } from './field-words.ts'
import { say } from './say.ts'

interface Told {
  readonly reason: string
  readonly nextStep?: string
  readonly told: ToldHold | null
}

/** Why something waits and what to do about it, in the reader's language; of what waits since long, the server's words. */
export const holdWords = (
  { reason, nextStep = '', told }: Told,
  texts: Texts,
): { readonly reason: string; readonly nextStep: string } => {
  if (told === null || !Object.hasOwn(texts.holdCauses, told.code)) return { reason, nextStep }
  const words = texts.holdCauses[told.code]
  const { field, audience, detail } = told.values
  const audiences: Readonly<Record<string, string>> = texts.audience
  const values = {
    ...told.values,
    ...(detail === undefined ? {} : { detail: say(detail, texts) }),
    ...(field === undefined ? {} : { field: fieldName(field, texts) }),
    ...(audience === undefined ? {} : { audience: audiences[audience] ?? audience }),
  }
  return { reason: words.reason(values), nextStep: words.nextStep(values) }
}

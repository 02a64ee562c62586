import { type Refusal, refuse } from '../domain/refusal.ts'
import type { SharingPolicy } from '../domain/sharing.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { insertPartner, isPartnerName } from '../store/partners.ts'
import { makeToken } from '../store/tokens.ts'
import { checkLine } from './field-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { checkPolicy } from './sharing-rules.ts'

export interface NewPartner {
  /** As we call them. */
  readonly name: string
  readonly policy: SharingPolicy
}

export interface CreatedPartner {
  readonly id: string
  /** For them, shown now and never again. */
  readonly token: string
}

/** Lets another company's Causeway in, as far as the policy says. */
export const createPartner: Command<NewPartner, CreatedPartner> = async (tx, context, input) => {
  const name = await checkPartnerName(tx, input.name, null)
  if (!name.ok) return name
  const policy = await checkPolicy(tx, input.policy)
  if (!policy.ok) return policy
  const id = context.newId()
  const token = makeToken()
  await insertPartner(tx, { id, name: name.value, policy: policy.value, token, at: context.now })
  return done(
    { id, token },
    {
      events: [
        {
          kind: 'partner.created',
          record: { kind: 'partner', id },
          data: { name: name.value, policy: policy.value },
        },
      ],
      changed: [],
    },
  )
}

export const checkPartnerName = async (
  tx: Tx,
  given: string,
  except: string | null,
): Promise<Result<string, Refusal>> => {
  const name = checkLine(given, '/name')
  if (!name.ok) return name
  return (await isPartnerName(tx, name.value, except))
    ? err(refuse('already-done', `There is a partner “${name.value}” already.`, { field: '/name' }))
    : ok(name.value)
}

import type { Refusal } from '../domain/refusal.ts'
import { refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { lockPartner, type PartnerRow, replacePartnerToken, updatePartner } from '../store/partners.ts'
import { makeToken } from '../store/tokens.ts'
import { checkPartnerName, type NewPartner } from './create-partner.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { checkPolicy } from './sharing-rules.ts'

/** Changes what a partner sees and may do, from their next question on. */
export const changePartner: Command<
  NewPartner & { readonly id: string; readonly version: number },
  { readonly id: string }
> = async (tx, _context, input) => {
  const held = await heldPartner(tx, input.id)
  if (!held.ok) return held
  const partner = held.value
  if (partner.version !== input.version) return changedMeanwhile('partner', input.version, partner.version)
  const name = await checkPartnerName(tx, input.name, partner.id)
  if (!name.ok) return name
  const policy = await checkPolicy(tx, input.policy)
  if (!policy.ok) return policy
  if (policy.value.record !== partner.policy.record)
    return err(
      refuse(
        'wrong-state',
        'What they see of us, tickets or work items, stays: their side is tied to it. Make another partner for the other.',
        { field: '/policy/record' },
      ),
    )
  await updatePartner(tx, partner.id, { name: name.value, policy: policy.value })
  return done(
    { id: partner.id },
    {
      events: [
        {
          kind: 'partner.changed',
          record: { kind: 'partner', id: partner.id },
          data: { name: name.value, from: partner.policy, to: policy.value },
        },
      ],
      changed: [],
    },
  )
}

/** Gives them a new token; the old one opens nothing any more. */
export const renewPartnerToken: Command<
  { readonly id: string },
  { readonly id: string; readonly token: string }
> = async (tx, _context, input) => {
  const held = await heldPartner(tx, input.id)
  if (!held.ok) return held
  const token = makeToken()
  await replacePartnerToken(tx, held.value.id, token)
  return done(
    { id: held.value.id, token },
    {
      events: [
        {
          kind: 'partner.token-renewed',
          record: { kind: 'partner', id: held.value.id },
          data: { name: held.value.name },
        },
      ],
      changed: [],
    },
  )
}

/** A partner that has not ended, held. */
export const heldPartner = async (tx: Tx, id: string): Promise<Result<PartnerRow, Refusal>> => {
  const partner = await lockPartner(tx, id)
  if (partner === null) return unknown('partner', id, '/id')
  return partner.ended_at === null
    ? ok(partner)
    : err(refuse('wrong-state', 'The sharing with this partner has ended. Make a new one.'))
}

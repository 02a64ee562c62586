import { changedSince, type Decision, type GoLiveRules, type Measured, measure } from '../domain/go-live.ts'
import type { Tx } from '../store/database.ts'
import { goLiveRules, insertDecision, type SignOff, signedParts, signOffsOf } from '../store/go-live.ts'
import type { DecidedSignOff } from '../store/go-live-tables.ts'
import type { Release } from '../store/releases.ts'
import { goLiveFacts } from '../store/views/go-live-facts.ts'
import type { CommandContext } from './run-command.ts'

/** How far a release is on its way to its users at this moment. */
export interface GoLiveStanding {
  readonly rules: GoLiveRules
  readonly measured: readonly Measured[]
  readonly signOffs: readonly (SignOff & { readonly isVoid: boolean })[]
  /** Roles that are asked for, and whose sign-off holds. */
  readonly signed: readonly string[]
}

export const goLiveStanding = async (tx: Tx, release: Release, now: Date): Promise<GoLiveStanding> => {
  const rules = await goLiveRules(tx, release.product_id)
  const measured = measure(await goLiveFacts(tx, release, rules.careHours, now), rules.criteria)
  const parts = await signedParts(tx, release.id)
  const signOffs = (await signOffsOf(tx, release.id)).map((one) => ({
    ...one,
    isVoid: changedSince(one.signed, parts).length > 0,
  }))
  const signed = rules.roles.filter((role) => signOffs.some((one) => one.role === role && !one.isVoid))
  return { rules, measured, signOffs, signed }
}

/** Keeps a decision with what was measured and signed at that moment. */
export const keepDecision = async (
  tx: Tx,
  context: CommandContext,
  release: Release,
  { measured, signOffs, rules }: GoLiveStanding,
  { decision, reason }: { readonly decision: Decision; readonly reason: string | null },
): Promise<void> => {
  const decided: readonly DecidedSignOff[] = rules.roles.map((role) => {
    const one = signOffs.find((signOff) => signOff.role === role)
    return { role, by: one?.person_name ?? null, isVoid: one?.isVoid ?? false }
  })
  await insertDecision(tx, {
    ...{ id: context.newId(), release_id: release.id, decision, reason },
    ...{ criteria: JSON.stringify(measured), sign_offs: JSON.stringify(decided) },
    ...{ decided_by: JSON.stringify(context.actor), decided_at: context.now },
  })
}

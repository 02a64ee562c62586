import { refuse } from '../domain/refusal.ts'
import { checkEstimate, type Estimate } from '../domain/release.ts'
import { err } from '../lib/result.ts'
import { done } from './outcome.ts'
import { heldRelease, type OfRelease, progressRelease, type ReleaseVersion } from './progress-release.ts'
import type { Command } from './run-command.ts'

/** Says when it is expected: a range and a confidence. Each estimate is kept, so that slips can be read. */
export const estimateRelease: Command<OfRelease & { readonly estimate: Estimate }, ReleaseVersion> = async (
  tx,
  context,
  input,
) => {
  const estimate = checkEstimate(input.estimate)
  if (!estimate.ok) return estimate
  const held = await heldRelease(tx, input.release, input.version, false)
  if (!held.ok) return held
  const { release } = held.value
  if (release.state === 'released' || release.state === 'withdrawn') {
    return err(refuse('wrong-state', `It is ${release.state}: there is nothing left to estimate.`))
  }
  const progressed = await progressRelease(tx, context, held.value, { estimate: estimate.value }, false)
  if (!progressed.ok) return progressed
  return done({ id: release.id, version: progressed.value.version }, progressed.value)
}

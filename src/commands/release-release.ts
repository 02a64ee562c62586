import { done } from './outcome.ts'
import { heldRelease, type OfRelease, progressRelease, type ReleaseVersion } from './progress-release.ts'
import type { Command } from './run-command.ts'

/** It is out: every ticket whose fix is in it hears of it. */
export const releaseRelease: Command<OfRelease, ReleaseVersion> = async (tx, context, input) => {
  const held = await heldRelease(tx, input.release, input.version, true)
  if (!held.ok) return held
  const progressed = await progressRelease(tx, context, held.value, { state: 'released' }, false)
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

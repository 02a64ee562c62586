import { done } from './outcome.ts'
import { heldRelease, type OfRelease, progressRelease, type ReleaseVersion } from './progress-release.ts'
import type { Command } from './run-command.ts'

/** It will not come, or is taken back. */
export const withdrawRelease: Command<OfRelease, ReleaseVersion> = async (tx, context, input) => {
  const held = await heldRelease(tx, input.release, input.version, false)
  if (!held.ok) return held
  const progressed = await progressRelease(tx, context, held.value, { state: 'withdrawn' }, false)
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

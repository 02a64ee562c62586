import { checkText } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldRelease, type OfRelease, progressRelease, type ReleaseVersion } from './progress-release.ts'
import type { Command } from './run-command.ts'

/** It is out: every ticket whose fix is in it hears of it. `reason`: why, where nobody said go. */
export const releaseRelease: Command<
  OfRelease & { readonly reason?: string | null },
  ReleaseVersion
> = async (tx, context, input) => {
  const reason = checkText((input.reason ?? '').trim(), '/reason')
  if (!reason.ok) return reason
  const held = await heldRelease(tx, input.release, input.version, true)
  if (!held.ok) return held
  const progressed = await progressRelease(
    tx,
    context,
    held.value,
    { state: 'released', reason: reason.value === '' ? null : reason.value },
    false,
  )
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

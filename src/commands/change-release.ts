import { refuse } from '../domain/refusal.ts'
import { checkEstimate, type Estimate } from '../domain/release.ts'
import type { ReleaseState } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { checkLine } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldRelease, progressRelease } from './progress-release.ts'
import type { Command } from './run-command.ts'

interface OfRelease {
  /** Id. */
  readonly release: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

export interface ReleaseVersion {
  readonly id: string
  readonly version: number
}

/** Renames a release, or moves it along before it comes out. */
export const changeRelease: Command<
  OfRelease & { readonly set: { readonly name?: string; readonly state?: ReleaseState } },
  ReleaseVersion
> = async (tx, context, input) => {
  const name = input.set.name === undefined ? undefined : checkLine(input.set.name, '/set/name')
  if (name?.ok === false) return name
  const { state } = input.set
  if (state === 'released' || state === 'withdrawn') {
    return err(
      refuse(
        'invalid',
        `Use ${state === 'released' ? 'release' : 'withdraw'}: that reaches every customer who waits.`,
        {
          field: '/set/state',
        },
      ),
    )
  }
  const held = await heldRelease(tx, input.release, input.version, false)
  if (!held.ok) return held
  const progressed = await progressRelease(
    tx,
    context,
    held.value,
    { ...(name === undefined ? {} : { name: name.value }), ...(state === undefined ? {} : { state }) },
    false,
  )
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

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

/** It is out: every ticket whose fix is in it hears of it. */
export const releaseRelease: Command<OfRelease, ReleaseVersion> = async (tx, context, input) => {
  const held = await heldRelease(tx, input.release, input.version, true)
  if (!held.ok) return held
  const progressed = await progressRelease(tx, context, held.value, { state: 'released' }, false)
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

/** It will not come, or is taken back. */
export const withdrawRelease: Command<OfRelease, ReleaseVersion> = async (tx, context, input) => {
  const held = await heldRelease(tx, input.release, input.version, false)
  if (!held.ok) return held
  const progressed = await progressRelease(tx, context, held.value, { state: 'withdrawn' }, false)
  if (!progressed.ok) return progressed
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

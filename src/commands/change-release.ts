import { refuse } from '../domain/refusal.ts'
import type { ReleaseState } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { checkLine } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldRelease, type OfRelease, progressRelease, type ReleaseVersion } from './progress-release.ts'
import { turnForRelease } from './read-ci-reports-again.ts'
import type { Command } from './run-command.ts'

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
  const { product_id: productId } = held.value.release
  if (name !== undefined) await turnForRelease(tx, { productId, name: name.value })
  return done({ id: held.value.release.id, version: progressed.value.version }, progressed.value)
}

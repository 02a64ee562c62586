import { readEstimate } from '../domain/release.ts'
import { RELEASE_STATES } from '../domain/words.ts'
import { checkLine } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldRelease, progressRelease, type ReleaseChange } from './progress-release.ts'
import type { Command } from './run-command.ts'
import { type AppliedFields, type ApplyFields, lineOf, sentence } from './tool-values.ts'

/**
 * Takes in what a tracker shows of a version there: its name, its day, whether it is out. A day or a range
 * (`2026-03-01/2026-03-14`) is an estimate and joins the history; a known confidence is kept while the day is.
 */
export const applyReleaseFields: Command<ApplyFields, AppliedFields> = async (tx, context, input) => {
  const applied: string[] = []
  const refused: { field: string; detail: string }[] = []
  const stateWord = input.state ?? lineOf(input.set.state ?? null)
  const state = RELEASE_STATES.find((word) => word === stateWord)
  if (stateWord !== null && state === undefined) {
    refused.push({ field: 'state', detail: `“${stateWord.slice(0, 100)}” is no state of a release.` })
  }
  const held = await heldRelease(tx, input.id, input.version ?? undefined, state === 'released')
  if (!held.ok) return held
  const { release } = held.value
  const change: { -readonly [K in keyof ReleaseChange]: ReleaseChange[K] } = {}
  if (state !== undefined) {
    change.state = state
    applied.push('state')
  }
  if (input.set.name !== undefined) {
    const name = sentence(checkLine(lineOf(input.set.name) ?? '', '/name'))
    if (name.ok) change.name = name.value
    else refused.push({ field: 'name', detail: name.error })
  }
  if (input.set.planned !== undefined) {
    const text = lineOf(input.set.planned)
    const estimate = readEstimate(text === null ? null : text.replace(/T[^/]*/g, ''))
    if (estimate === null) refused.push({ field: 'planned', detail: `“${text?.slice(0, 100)}” is no day.` })
    else {
      const sameDays = estimate.from === release.planned_from && estimate.to === release.planned_to
      change.estimate = sameDays ? { ...estimate, confidence: release.confidence } : estimate
      applied.push('planned')
    }
  }
  if (change.name !== undefined) applied.push('name')
  const progressed = await progressRelease(tx, context, held.value, change, true)
  if (progressed.ok) return done({ version: progressed.value.version, applied, refused }, progressed.value)
  if (progressed.error.field !== '/name') return progressed
  // two versions there may share a name; ours cannot, so the name waits and the rest goes on
  const { name: _, ...rest } = change
  const again = await progressRelease(tx, context, held.value, rest, true)
  if (!again.ok) return again
  return done(
    {
      version: again.value.version,
      applied: applied.filter((field) => field !== 'name'),
      refused: [...refused, { field: 'name', detail: progressed.error.detail }],
    },
    again.value,
  )
}

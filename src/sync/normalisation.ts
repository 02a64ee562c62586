import { sameValue } from '../lib/stable.ts'
import type { ToolValue } from './snapshot.ts'

const letters = (value: ToolValue): string =>
  String(value ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

const isSubsequence = (part: string, whole: string): boolean => {
  let at = 0
  for (const letter of whole) if (letter === part[at]) at += 1
  return at >= part.length
}

const sorted = (value: readonly string[]): readonly string[] => value.map((word) => word.toLowerCase()).sort()

/** True when a tool shows nothing for the value: the ways of being empty do not differ. */
export const isEmptyValue = (value: ToolValue | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Equality of what a tool shows: empty is empty, line ends and order of a set do not count. */
export const sameToolValue = (a: ToolValue | undefined, b: ToolValue | undefined): boolean => {
  if (isEmptyValue(a) || isEmptyValue(b)) return isEmptyValue(a) && isEmptyValue(b)
  if (typeof a === 'string' && typeof b === 'string') return a === b || a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n')
  if (Array.isArray(a) && Array.isArray(b)) return sameValue([...a].sort(), [...b].sort())
  return sameValue(a, b) || String(a) === String(b)
}

/**
 * Whether `shown` is `sent` as a tool stores it: trimmed, re-cased, rounded, cut, punctuated anew, or with parts
 * removed by a sanitiser. Anything added or replaced is somebody's edit, made between our write and our read.
 *
 * The two ways to be wrong: taking an edit for a normalisation loses the edit; taking a normalisation for an edit
 * brings a poorer value back to us. The first is worse, so only removals and changes of form count as normalisation.
 *
 * Example: sent `Export  fails*`, shown `Export fails-` → true; shown `Import fails` → false.
 */
export const isNormalisationOf = (shown: ToolValue, sent: ToolValue): boolean => {
  if (sameToolValue(shown, sent)) return true
  if (Array.isArray(sent) || Array.isArray(shown)) {
    return Array.isArray(sent) && Array.isArray(shown) && sameValue(sorted(shown), sorted(sent))
  }
  if (typeof sent === 'number' || typeof shown === 'number') {
    const [a, b] = [Number(sent), Number(shown)]
    return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(1, Math.abs(a) * 0.01)
  }
  const [there, ours] = [letters(shown), letters(sent)]
  if (there === ours) return true
  return there.length > 0 && there.length < ours.length && isSubsequence(there, ours)
}

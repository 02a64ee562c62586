import { sameValue } from '../lib/stable.ts'
import type { ToolValue } from './snapshot.ts'

/** Letters and digits alone; before and between digits signs stay: `2.1.0` is not `2.10`, and `-5` is not `5`. */
const letters = (value: ToolValue): string =>
  String(value ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(
      /((?<!\p{N})[-−](?=\p{N})|(?<=\p{N})[.,:/-](?=\p{N}))|[^\p{L}\p{N}]/gu,
      (_, sign: string = '') => sign,
    )

const isSubsequence = (part: string, whole: string): boolean => {
  let at = 0
  for (const letter of whole) if (letter === part[at]) at += 1
  return at >= part.length
}

/** No tool cuts a text shorter than this, in letters: `2.1` for `2.1.0` is somebody's edit. */
const CUT_AT_LEAST = 10
/** Of a text that was sent, a sanitiser leaves at least this part: less is somebody's own text that happens to fit in. */
const LEAST_LEFT = 0.5

/** Cut short, or with parts taken out. */
const isPartOf = (part: string, whole: string): boolean =>
  part.length >= CUT_AT_LEAST &&
  part.length < whole.length &&
  (whole.startsWith(part) || (part.length >= whole.length * LEAST_LEFT && isSubsequence(part, whole)))

/** A fraction that was rounded. Whole numbers are not: 3 where 4 was sent is what somebody counted. */
const isRounded = (shown: number, sent: number): boolean =>
  Number.isFinite(shown) &&
  Number.isFinite(sent) &&
  (shown === sent || (!Number.isInteger(sent) && Math.abs(shown - sent) < 1))

const sorted = (value: readonly string[]): readonly string[] => value.map((word) => word.toLowerCase()).sort()

/** True when a tool shows nothing for the value: the ways of being empty do not differ. */
export const isEmptyValue = (value: ToolValue | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Equality of what a tool shows: empty is empty, line ends and order of a set do not count. */
export const sameToolValue = (a: ToolValue | undefined, b: ToolValue | undefined): boolean => {
  if (isEmptyValue(a) || isEmptyValue(b)) return isEmptyValue(a) && isEmptyValue(b)
  if (typeof a === 'string' && typeof b === 'string')
    return a === b || a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n')
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
  if (typeof sent === 'number' || typeof shown === 'number')
    return !isEmptyValue(shown) && !isEmptyValue(sent) && isRounded(Number(shown), Number(sent))
  if (String(shown ?? '').trim() === String(sent ?? '').trim()) return true
  const [there, ours] = [letters(shown), letters(sent)]
  // a text of signs alone has no letters to tell it from any other
  return there === ours ? ours !== '' : isPartOf(there, ours)
}

/** Whether the tool took `sent` in place of `before`: shown as before, only a change of mere form can have been taken. */
export const wasTaken = (shown: ToolValue, sent: ToolValue, before: ToolValue): boolean =>
  sameToolValue(shown, sent) ||
  (isNormalisationOf(shown, sent) && (!sameToolValue(shown, before) || sameForm(shown, sent)))

const sameForm = (shown: ToolValue, sent: ToolValue): boolean =>
  typeof shown === 'string' && typeof sent === 'string' && letters(shown) === letters(sent)

/**
 * Which of two versions is the later one, by their names: `2.10` is later than `2.9.3`, `2.0` than `2.0-rc.1` and
 * `2.0rc1`, `2.0-hotfix.1` than `2.0`, `2026-02-01` than `2026-01-15`. Null: one of them has no number in it, so nobody
 * can say.
 */
export const compareVersions = (a: string, b: string): number | null => {
  const [one, other] = [readVersion(a), readVersion(b)]
  if (one === null || other === null) return null
  return (
    compareNumbers(one.numbers, other.numbers) ||
    Math.sign(one.phase - other.phase) ||
    compareWords(one.words, other.words)
  )
}

interface Version {
  readonly numbers: readonly bigint[]
  /** Before what the numbers say, at it, after it. */
  readonly phase: -1 | 0 | 1
  /** What tells those of one phase apart. */
  readonly words: readonly string[]
}

/** A name may have digits of its own: `log4j-2.17` is 2.17. Only where nothing else has one do these count. */
const STARTS = [/(?<![a-z\d])v?(\d)/i, /(\d)/]
/** Numbers between dots, dashes or underscores: `4.3.1`, `2026-01-15`, `16_2`. */
const NUMBERS = /^\d+(?:[._-]\d+)*/
/** Three numbers and a dash: what follows is said as in semantic versions, where it comes before them. */
const SEMANTIC = /^(\d+\.\d+\.\d+)-\d/
const AT = new Set(['final', 'ga', 'release', 'stable', 'lts'])
const BEFORE = new Set(['alpha', 'beta', 'rc', 'milestone', 'pre', 'preview', 'dev', 'snapshot', 'nightly'])
const AFTER = new Set(['hotfix', 'hf', 'fix', 'patch', 'p', 'post', 'sp', 'rev', 'r', 'update', 'u'])
const SHORT: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', c: 'rc', cr: 'rc', m: 'milestone' }

const readVersion = (name: string): Version | null => {
  // what a build adds after a plus says nothing of which is later
  const [said = ''] = name.slice(0, 200).toLowerCase().split('+', 1)
  const start = STARTS.map((pattern) => pattern.exec(said)).find((match) => match !== null)
  if (start == null) return null
  const from = said.slice(start.index + start[0].length - 1)
  const digits = SEMANTIC.exec(from)?.[1] ?? NUMBERS.exec(from)?.[0] ?? ''
  const rest = from.slice(digits.length)
  const words = rest.match(/\d+|[a-z]+/g) ?? []
  return { numbers: (digits.match(/\d+/g) ?? []).map(BigInt), ...phaseOf(rest, words) }
}

const phaseOf = (rest: string, found: readonly string[]): Pick<Version, 'phase' | 'words'> => {
  const [first, second] = found
  const isApart = !/^[._-]?[a-z\d]/.test(rest)
  // after a blank or a bracket somebody may only explain: "4.3 for banks"
  if (first === undefined || AT.has(first) || (isApart && !BEFORE.has(first) && !AFTER.has(first)))
    return { phase: 0, words: [] }
  // a letter that stands at the numbers and counts nothing, as in 1.0.2k
  const isLetter = /^[a-z]$/.test(first) && rest.startsWith(first) && second === undefined
  if (isLetter || AFTER.has(first)) return { phase: 1, words: found }
  return { phase: -1, words: [SHORT[first] ?? first, ...found.slice(1)] }
}

const compareNumbers = (one: readonly bigint[], other: readonly bigint[]): number => {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at] ?? 0n, other[at] ?? 0n]
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

/** As semantic versions have it: a number before a word, and what says less before what goes on. */
const compareWords = (one: readonly string[], other: readonly string[]): number => {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = compareWord(one[at] ?? '', other[at] ?? '')
    if (order !== 0) return order
  }
  return Math.sign(one.length - other.length)
}

const compareWord = (a: string, b: string): number => {
  const [isNumber, isOtherNumber] = [/^\d/.test(a), /^\d/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  if (isNumber) return compareNumbers([BigInt(a)], [BigInt(b)])
  return a < b ? -1 : a > b ? 1 : 0
}

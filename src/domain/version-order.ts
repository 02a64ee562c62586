/**
 * Which of two versions is the later one, by their names: `2.10` is later than `2.9.3`, `2.0` is later than
 * `2.0-rc.1`. Null: one of them has no number in it, so nobody can say.
 */
export const compareVersions = (a: string, b: string): number | null => {
  const [one, other] = [numbersOf(a), numbersOf(b)]
  if (one === null || other === null) return null
  for (let at = 0; at < Math.max(one.parts.length, other.parts.length); at += 1) {
    const difference = (one.parts[at] ?? 0) - (other.parts[at] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  if (one.before === other.before) return 0
  // what comes before a version is earlier than it
  if (one.before === '') return 1
  if (other.before === '') return -1
  return compareVersions(one.before, other.before) ?? (one.before < other.before ? -1 : 1)
}

const VERSION = /(\d+(?:\.\d+)*)(?:-([a-z][\w.-]*))?/i

const numbersOf = (name: string): { readonly parts: readonly number[]; readonly before: string } | null => {
  const [, digits, before = ''] = VERSION.exec(name) ?? []
  return digits === undefined ? null : { parts: digits.split('.').map(Number), before: before.toLowerCase() }
}

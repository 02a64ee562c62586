/**
 * A value map is safe both ways when a value that goes out and comes back is the value it was, even through a tool
 * that trims or re-cases: norm(back(there(x))) = norm(x). Otherwise each look at the item would find a "change" and
 * write it, for ever. Example: {High: high, Urgent: high} cannot say whether `high` goes out as High or Urgent.
 */
const norm = (word: string): string => word.normalize('NFC').trim().toLowerCase()

/** Sentences; empty when the map is safe. */
export const unsafeBothWays = (values: Readonly<Record<string, string>>): readonly string[] => {
  const problems: string[] = []
  const firstWordFor = new Map<string, string>()
  const oursFor = new Map<string, string>()
  for (const [word, ours] of Object.entries(values)) {
    const other = firstWordFor.get(ours)
    if (other === undefined) firstWordFor.set(ours, word)
    else
      problems.push(
        `'${other}' and '${word}' both become '${ours}', so nobody could say which of them to write back`,
      )
    const already = oursFor.get(norm(word))
    if (already === undefined) oursFor.set(norm(word), ours)
    else if (norm(already) !== norm(ours))
      problems.push(
        `'${word}' stands twice, only spelled differently, for '${already}' and '${ours}': a tool that changes the spelling would change the value`,
      )
  }
  return problems
}

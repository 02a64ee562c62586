/** What the message of a commit says beside its words. Nothing here is looked up: whether a key means something is asked later. */
export interface CommitSays {
  /** First line, at most 300 characters. */
  readonly subject: string
  /** What it was made for: `SHOP-7`, `#12`, `acme/shop#12`. None in a commit that only takes others back. */
  readonly keys: readonly string[]
  /** What it takes back: a commit's id or the beginning of one, or a pull request (`#12`, `!34`). */
  readonly reverts: readonly string[]
  /** Ids of commits that it copies. */
  readonly picks: readonly string[]
  /** The pull or merge request it came in by: `#12`, `!34`. */
  readonly pull: string | null
}

const MAX_SUBJECT = 300
/** A message that names more is a list, not a commit's purpose. */
const MAX_KEYS = 50

const TRACKER = String.raw`[A-Z][A-Z0-9_]{0,19}-[1-9]\d{0,8}`
const NUMBER = String.raw`(?:[\w.-]{1,100}(?:/[\w.-]{1,100}){1,5})?#[1-9]\d{0,8}|GH-[1-9]\d{0,8}`
const KEY = String.raw`(?<![\w/#.-])(?:${NUMBER}|${TRACKER})(?![\w-]|\.\d)`
/** Look like keys and are none: names of standards. */
const NO_KEY = /^(?:UTF|SHA|ISO|RFC|CVE|MD|AES|RSA|TLS|SSL|HTTP|ASCII|BASE|IEEE|ECMA|ES|COVID|X|IPV)-\d+$/

const anywhere = new RegExp(KEY, 'g')
/** What git and the trackers' own habits put before a key that the commit is for. Blanks are counted: a message is hostile. */
const announced = new RegExp(
  String.raw`\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?|implement(?:s|ed)?|complete[sd]?|address(?:es|ed)?|refs?|references|re|part of|issues?|tickets?|bugs?|tasks?|jira)\b:?[ \t]{0,4}((?:${KEY})(?:[ \t]{0,4}(?:,|and|&|[ \t])[ \t]{0,4}(?:${KEY}))*)`,
  'gi',
)
const leading = new RegExp(String.raw`^\s*(?:[-*+•]\s*)?\[?((?:${KEY})(?:[,\s]+(?:${KEY}))*)`)
const inBranch = /^Merge (?:(?:remote-tracking )?branch '([^'\n]{1,300})'|pull request #\d+ from (\S{1,300}))/
const branchKey = /(?<![a-z0-9])[a-z][a-z0-9_]{0,19}-[1-9]\d{0,8}(?![a-z0-9])/gi

const REVERTED = /\bThis reverts (?:commit|merge) ([0-9a-f]{7,64})\b/gi
const REVERTED_PULL =
  /^(?:Reverts\s+\S{0,200}(#[1-9]\d{0,8})|This reverts merge request \S{0,200}(![1-9]\d{0,8}))/gim
const PICKED = /\(cherry picked from commit ([0-9a-f]{7,64})\)/gi
const PULLS: readonly RegExp[] = [
  /^Merge pull request (#[1-9]\d{0,8}) from/,
  /\((?:pull request )?(#[1-9]\d{0,8})\)$/,
  /^See merge request \S{0,200}(![1-9]\d{0,8})\s*$/m,
]

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap((match) => match.slice(1).find((group) => group !== undefined) ?? [])

const asKey = (text: string): string => text.replace(/^GH-/i, '#')

const keysIn = (text: string): readonly string[] =>
  (text.match(anywhere) ?? []).filter((key) => !NO_KEY.test(key)).map(asKey)

/**
 * Reads what a commit was made for. A key in the subject counts wherever it stands; further down only after a word
 * such as `Fixes`, or where a line begins with it: a text that says "broken since SHOP-7" fixes nothing.
 */
export const readMessage = (message: string): CommitSays => {
  const [first = '', ...rest] = message.replaceAll('\r\n', '\n').trim().split('\n')
  const subject = first.trim()
  const reverts = unique([
    ...found(message, REVERTED).map((id) => id.toLowerCase()),
    ...found(message, REVERTED_PULL),
  ])
  const onlyTakesBack = /^(?:Revert|Reapply)\b/.test(subject)
  const [, merged = '', pulled = ''] = inBranch.exec(subject) ?? []
  const pull =
    PULLS.flatMap((pattern) => pattern.exec(pattern.multiline ? message : subject)?.[1] ?? [])[0] ?? null
  const ofPull = inBranch.test(subject) && pull !== null
  const keys = onlyTakesBack
    ? []
    : [
        ...keysIn(subject).filter((key) => !(ofPull && key === pull)),
        ...(`${merged} ${pulled}`.match(branchKey) ?? [])
          .map((key) => key.toUpperCase())
          .filter((key) => !NO_KEY.test(key)),
        ...rest.flatMap((line) => [
          ...found(line, announced).flatMap(keysIn),
          ...keysIn(leading.exec(line)?.[1] ?? ''),
        ]),
      ]
  return {
    subject: [...subject].slice(0, MAX_SUBJECT).join(''),
    keys: unique(keys).slice(0, MAX_KEYS),
    reverts,
    picks: unique(found(message, PICKED).map((id) => id.toLowerCase())),
    pull,
  }
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

/** A commit that says none of this can neither bring a fix nor take one back. */
export const matters = ({ keys, reverts, picks, pull }: CommitSays): boolean =>
  keys.length > 0 || reverts.length > 0 || picks.length > 0 || pull !== null

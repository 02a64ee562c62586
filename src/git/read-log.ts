import { timeOf } from './read-checkout.ts'
import { type Git, GitFault, linesOf } from './run-git.ts'

/** A commit as the server takes it in. */
export interface LoggedCommit {
  readonly id: string
  readonly at: string
  readonly author: string
  readonly message: string
}

const MAX_AUTHOR = 200
const MAX_MESSAGE = 16_000
/** Three bytes are the most that UTF-8 needs for a unit that is counted. */
const FIELD_BYTES = MAX_MESSAGE * 3 + 3

const FIELDS = ['%H', '%at', '%an', '%B']

/** A cut may part a pair of surrogates, which no database takes. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed()

/** The messages of these commits, in this order. */
export async function* readLog(git: Git, ids: readonly string[]): AsyncGenerator<readonly LoggedCommit[]> {
  if (ids.length === 0) return
  const args = [
    ...['log', '--no-walk=unsorted', '--no-patch', '-z', `--format=tformat:${FIELDS.join('%x00')}`],
    ...['--stdin', '--'],
  ]
  let fields: string[] = []
  for await (const pieces of git.ask({ args, end: '\0', limit: FIELD_BYTES, input: linesOf(ids) })) {
    fields.push(...pieces)
    const commits: LoggedCommit[] = []
    let from = 0
    for (; from + FIELDS.length <= fields.length; from += FIELDS.length) {
      const [id = '', at, author = '', message = ''] = fields.slice(from, from + FIELDS.length)
      commits.push({
        id,
        at: timeOf(at),
        author: cut(author, MAX_AUTHOR),
        message: cut(message.trimEnd(), MAX_MESSAGE),
      })
    }
    fields = fields.slice(from)
    if (commits.length > 0) yield commits
  }
}

const REVERTS = /\bThis reverts (?:commit|merge) ([0-9a-f]{7,64})\b/gi
/** Merges that one message takes back, and commits that they brought: more says no person. */
const MAX_REVERTS = 20
const MAX_UNDOES = 1_000

/** What a merge brought, without itself; nothing for a commit that is none, or that is not here. */
const broughtBy = async (git: Git, id: string): Promise<readonly string[]> => {
  const args = ['rev-list', '--parents', `--max-count=${MAX_UNDOES + 1}`, id, `^${id}^1`, '--']
  try {
    const [first = '', ...others] = (await git.text(...args)).split('\n')
    return first.split(' ').length > 2 ? others.map((line) => line.split(' ', 1)[0] ?? '') : []
  } catch (error) {
    if (error instanceof GitFault) return []
    throw error
  }
}

/** The commits that a revert of a merge takes back: its message names the merge alone. */
export const undoneBy = async (
  git: Git,
  message: string,
  isMerge: (id: string) => boolean | null,
): Promise<readonly string[]> => {
  const named = new Set(
    [...message.matchAll(REVERTS)].slice(0, MAX_REVERTS).map(([, id = '']) => id.toLowerCase()),
  )
  const undone = new Set<string>()
  for (const id of named)
    if (isMerge(id) !== false) for (const brought of await broughtBy(git, id)) undone.add(brought)
  return [...undone].slice(0, MAX_UNDOES)
}

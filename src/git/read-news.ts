import { said } from '../lib/said.ts'
import { GitProblem } from './git-problem.ts'
import { type Mark, readHead, readTags } from './read-checkout.ts'
import { readLog, undoneBy } from './read-log.ts'
import { type Ranges, type ReleaseRange, readRanges } from './read-ranges.ts'
import type { Git } from './run-git.ts'
import type { CommitToTell, KnownRelease } from './tell-releases.ts'

/** Which tags, branches and commits of a repository are a product's. */
export interface Choice {
  /** Tags that are releases, as git globs; null: all. */
  readonly tags: string | null
  /** Tags that are none. */
  readonly except: string | null
  /** Left off a tag's name; null: a v before a digit. */
  readonly prefix: string | null
  /** Only what touches this folder or file counts. */
  readonly path: string | null
  /** Branches where a release is planned. */
  readonly heads: readonly { readonly ref: string; readonly release: string }[]
}

/** What a repository has that its listener was not told of yet. */
export interface News {
  readonly releases: readonly ReleaseRange[]
  /** Releases of which the listener knows all there is. */
  readonly unchanged: number
  /** Planned releases with no commit beyond one that is out. */
  readonly nothingYet: readonly { readonly name: string; readonly beyond: string }[]
  readonly tags: readonly Mark[]
  /** To be thrown once the rest is told: a tag was moved off a commit that others were built on. */
  readonly problem: GitProblem | null
  /** The commits with these ids, in this order. */
  readonly read: (ids: readonly string[]) => AsyncGenerator<CommitToTell>
}

/** Two releases of one name would take turns with the listener. */
const refuseTwins = (tags: readonly Mark[]): void => {
  const twins = [...Map.groupBy(tags, ({ name }) => name)].filter(([, marks]) => marks.length > 1)
  if (twins.length > 0)
    throw new GitProblem(
      'asked',
      said`Several tags are the same release.`,
      'Choose with --tags or --except, or name them apart with --prefix.',
      {
        code: 'twins',
        lines: twins
          .slice(0, 10)
          .map(([name, marks]) => `${name}: ${marks.map(({ ref }) => ref).join(', ')}`),
      },
    )
}

const chosenTags = async (
  git: Git,
  { tags: glob, except, prefix, heads }: Choice,
): Promise<readonly Mark[]> => {
  const tags = await readTags(git, { glob: glob ?? '*', except, prefix })
  if (tags.length === 0 && heads.length === 0)
    throw new GitProblem(
      'found',
      glob === null || glob === '*' ? said`There are no tags.` : said`No tag fits ${glob}.`,
      'Pipelines often check out without tags: run `git fetch --tags` first.',
      { code: 'no-tags' },
    )
  refuseTwins(tags)
  return tags
}

/** A tag of a planned release's name is the release itself. */
const chosenHeads = async (git: Git, { heads }: Choice, tags: readonly Mark[]) => {
  const marks = await Promise.all(heads.map(({ ref, release }) => readHead(git, ref, release)))
  const moving: Mark[] = []
  const nothingYet: { readonly name: string; readonly beyond: string }[] = []
  for (const mark of marks.filter(({ name }) => !tags.some((tag) => tag.name === name))) {
    const out = tags.find(({ commit }) => commit === mark.commit)
    if (out === undefined) moving.push(mark)
    else nothingYet.push({ name: mark.name, beyond: out.name })
  }
  return { moving, nothingYet }
}

/** Told by the same name and commit: nothing to do. Of a name that others were built on nothing else can be told. */
const split = (marks: readonly Mark[], told: readonly KnownRelease[]) => {
  const releases = new Map(told.map((release) => [release.name, release]))
  return Object.groupBy(marks, ({ name, commit }) => {
    const was = releases.get(name)
    return was?.commit === commit ? 'known' : was?.isBuiltOn === true ? 'stuck' : 'fresh'
  })
}

/** `latest` and the like move with every release: that keeps no other from being told. */
const movedTag = ([tag]: readonly Mark[], told: readonly KnownRelease[]): GitProblem | null => {
  if (tag === undefined) return null
  const was = told.find(({ name }) => name === tag.name)?.commit.slice(0, 12) ?? ''
  return new GitProblem(
    'found',
    said`Release ${tag.name} is commit ${was} already, and later releases were built on it. A tag that was moved needs a new name.`,
    'The other releases are told. `--except TAG` leaves a tag out.',
    { code: 'moved' },
  )
}

const commitsOf = (git: Git, ranges: Ranges) =>
  async function* (ids: readonly string[]): AsyncGenerator<CommitToTell> {
    for await (const commits of readLog(git, ids))
      for (const commit of commits) {
        const undoes = await undoneBy(git, commit.message, ranges.isMerge)
        yield undoes.length === 0 ? commit : { ...commit, undoes }
      }
  }

/** What is new since `known`. `known` is asked for only once the choice is seen to fit the repository. */
export const readNews = async (
  git: Git,
  choice: Choice,
  known: () => Promise<readonly KnownRelease[]>,
  onRead: (commits: number) => void,
): Promise<News> => {
  const tags = await chosenTags(git, choice)
  const { moving, nothingYet } = await chosenHeads(git, choice, tags)
  const told = await known()
  const { fresh = [], known: old = [], stuck = [] } = split(tags, told)
  const { fresh: moved = [], stuck: stuckHeads = [] } = split(moving, told)
  const ranges = await readRanges(git, { fresh, known: old, heads: moved, path: choice.path }, onRead)
  return {
    ...{ releases: ranges.releases, nothingYet, tags, read: commitsOf(git, ranges) },
    unchanged: old.length + moving.length - moved.length - stuckHeads.length,
    problem: movedTag([...stuck, ...stuckHeads], told),
  }
}

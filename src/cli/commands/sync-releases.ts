import { readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { type Mark, needWholeHistory, readHead, readTags, repositoryName } from '../git/read-checkout.ts'
import { readLog, undoneBy } from '../git/read-log.ts'
import { type Ranges, type ReleaseRange, readRanges } from '../git/read-ranges.ts'
import { type Git, GitFault, gitIn } from '../git/run-git.ts'
import { count, table } from '../table.ts'
import {
  type CommitToTell,
  type KnownRelease,
  knownReleases,
  type Repository,
  type Told,
  tellReleases,
} from '../tell-releases.ts'
import { type Progress, startProgress } from '../terminal.ts'

/** Two releases of one name would take turns on the server. */
const refuseTwins = (tags: readonly Mark[]): void => {
  const twins = [...Map.groupBy(tags, ({ name }) => name)].filter(([, marks]) => marks.length > 1)
  if (twins.length > 0)
    throw new CliStop(
      EXIT.usage,
      'Several tags are the same release.',
      'Choose with --tags or --except, or name them apart with --prefix.',
      twins.slice(0, 10).map(([name, marks]) => `${name}: ${marks.map(({ ref }) => ref).join(', ')}`),
    )
}

const readTagsFor = async (git: Git, call: Call, mayBeNone: boolean): Promise<readonly Mark[]> => {
  const glob = call.text('tags') ?? '*'
  const tags = await readTags(git, { glob, except: call.text('except'), prefix: call.text('prefix') })
  if (tags.length === 0 && !mayBeNone)
    throw new CliStop(
      EXIT.failed,
      glob === '*' ? 'The checkout has no tags.' : `No tag fits ${glob}.`,
      'Pipelines often check out without tags: run `git fetch --tags` first.',
    )
  refuseTwins(tags)
  return tags
}

/** `--at REF --release NAME`, as often as there are planned releases. A tag of that name is the release itself. */
const readHeads = async (git: Git, call: Call, tags: readonly Mark[]): Promise<readonly Mark[]> => {
  const [refs, names] = [call.texts('at'), call.texts('release')]
  if (refs.length !== names.length)
    throw new CliStop(
      EXIT.usage,
      'Each --at needs its --release, and the other way round.',
      'Write --at HEAD --release 4.4.',
    )
  if (new Set(names).size < names.length)
    throw new CliStop(EXIT.usage, 'The same --release is named twice.', 'Name each planned release once.')
  const heads = await Promise.all(refs.map((ref, at) => readHead(git, ref, names[at] ?? '')))
  return heads.filter(({ name, commit }) => {
    if (tags.some((tag) => tag.name === name)) return false
    const out = tags.find((tag) => tag.commit === commit)
    if (out !== undefined) call.terminal.err(`${name} has nothing yet beyond ${out.name}.\n`)
    return out === undefined
  })
}

interface Line {
  readonly range: ReleaseRange
  readonly told: Told | null
}

const shortId = (id: string): string => id.slice(0, 10)

/** What a release is told against, as a person would say it. */
type NameBasis = (range: ReleaseRange) => string | null

const basisNames = (tags: readonly Mark[]): NameBasis => {
  const at = Map.groupBy(tags, ({ commit }) => commit)
  return ({ mark, basis }) =>
    basis === null ? null : (at.get(basis)?.find(({ name }) => name !== mark.name)?.name ?? shortId(basis))
}

const total = ({ told }: Line, what: 'enters' | 'leaves'): number | null =>
  told === null ? null : readAnswer(told.answer).object(what).number('total')

const lineTable = (lines: readonly Line[], nameOf: NameBasis): string =>
  table(lines, [
    { title: 'RELEASE', of: ({ range }) => range.mark.name },
    { title: 'AT', of: ({ range }) => shortId(range.mark.commit) },
    { title: 'SINCE', of: ({ range }) => nameOf(range) ?? 'the beginning' },
    { title: 'COMMITS', of: ({ range }) => range.commits.length },
    { title: 'FIXES', of: (line) => total(line, 'enters') },
    { title: 'TAKEN BACK', of: (line) => total(line, 'leaves') },
  ])

const warn = (call: Call, lines: readonly Line[], path: string | null): void => {
  if (path !== null && lines.length > 0 && lines.every(({ range }) => range.commits.length === 0))
    call.terminal.err(`No commit touches ${path}: is it written as in the checkout?\n`)
  for (const { range, told } of lines)
    if (told !== null && told.leftOut > 0)
      call.terminal.err(
        `${range.mark.name}: its oldest ${count(told.leftOut, 'commit')} with keys were left out. A tag in between helps.\n`,
      )
}

const showLines = (
  call: Call,
  of: Repository,
  lines: readonly Line[],
  unchanged: number,
  nameOf: NameBasis,
): void => {
  const dryRun = call.flag('dry-run')
  const answer = {
    ...of,
    dryRun,
    unchanged,
    releases: lines.map(({ range, told }) => ({
      name: range.mark.name,
      ref: range.mark.ref,
      commit: range.mark.commit,
      at: range.mark.at,
      basis: range.basis === null ? null : { name: nameOf(range), commit: range.basis },
      counted: range.commits.length,
      ...(told === null ? {} : { leftOut: told.leftOut, told: told.answer }),
    })),
  }
  call.show(answer, () => {
    const known = unchanged === 0 ? '' : ` ${unchanged} ${unchanged === 1 ? 'was' : 'were'} known.`
    if (lines.length === 0) return `Nothing to tell.${known}\n`
    const end = dryRun ? 'would be told. Nothing was sent.' : 'told.'
    return `${lineTable(lines, nameOf)}\n${count(lines.length, 'release')} ${end}${known}\n`
  })
}

/** Told by the same name and commit: nothing to do. */
const split = (tags: readonly Mark[], known: readonly KnownRelease[]) => {
  const commits = new Map(known.map(({ name, commit }) => [name, commit]))
  return Object.groupBy(tags, ({ name, commit }) => (commits.get(name) === commit ? 'known' : 'fresh'))
}

const commitsOf = (git: Git, ranges: Ranges) =>
  async function* (ids: readonly string[]): AsyncGenerator<CommitToTell> {
    for await (const commits of readLog(git, ids))
      for (const commit of commits) {
        const undoes = await undoneBy(git, commit.message, ranges.isMerge)
        yield undoes.length === 0 ? commit : { ...commit, undoes }
      }
  }

/** Commits that are read, or told, before anybody has waited. */
const SOON_READ = 10_000
const SOON_TOLD = 1_000

const sync = async (call: Call, git: Git, progress: Progress): Promise<ExitCode> => {
  const product = call.need('product')
  const path = call.text('path')
  await needWholeHistory(git)
  const tags = await readTagsFor(git, call, call.texts('at').length > 0)
  const heads = await readHeads(git, call, tags)
  const of = { product, repository: await repositoryName(git, call.text('repository')) }
  const told = await knownReleases(call.api(), of)
  const { fresh = [], known = [] } = split(tags, told)
  const moved = split(heads, told).fresh ?? []
  const ranges = await readRanges(git, { fresh, known, heads: moved, path }, (commits) => {
    if (commits >= SOON_READ) progress.step('Reading commits', commits, null)
  })
  const answers = call.flag('dry-run')
    ? []
    : await tellReleases(call.api(), of, ranges.releases, commitsOf(git, ranges), (commits, all) => {
        if (all >= SOON_TOLD) progress.step('Telling commits', commits, all)
      })
  progress.end()
  const lines = ranges.releases.map((range, at) => ({ range, told: answers[at] ?? null }))
  warn(call, lines, path)
  showLines(call, of, lines, known.length + heads.length - moved.length, basisNames(tags))
  return EXIT.fine
}

const run = async (call: Call): Promise<ExitCode> => {
  const progress = startProgress(call.terminal)
  try {
    return await sync(call, gitIn(call.text('checkout') ?? '.', call.terminal.env), progress)
  } catch (error) {
    if (error instanceof GitFault)
      throw new CliStop(
        EXIT.failed,
        `git says: ${error.message}`,
        'It must be git 2.31 or newer; `git fsck` tells whether the checkout is whole.',
      )
    throw error
  } finally {
    progress.end()
  }
}

export const syncReleasesCommand: CliCommand = {
  name: 'releases sync',
  about: 'Tell which commits each release has, from the tags of a git checkout',
  args: {
    product: { type: 'string', description: 'Key of the product', valueHint: 'KEY' },
    repository: {
      type: 'string',
      description: 'How the repository is called (else its address at origin, or its folder)',
      valueHint: 'NAME',
    },
    tags: { type: 'string', description: 'Tags that are releases (else all)', valueHint: 'GLOB' },
    except: { type: 'string', description: 'Tags that are none', valueHint: 'GLOB' },
    prefix: {
      type: 'string',
      description: "Left off a tag's name (else a v before a digit)",
      valueHint: 'TEXT',
    },
    path: { type: 'string', description: 'Only commits that touch this folder or file', valueHint: 'PATH' },
    at: { type: 'string', description: 'Head of a planned release; may be repeated', valueHint: 'REF' },
    release: { type: 'string', description: 'Name of the release that --at is for', valueHint: 'NAME' },
    checkout: { type: 'string', description: 'Where the checkout is (else here)', valueHint: 'FOLDER' },
    'dry-run': { type: 'boolean', description: 'Say what would be told, send nothing' },
  },
  examples: [
    "releases sync --product atlas --tags 'v*' --dry-run",
    "releases sync --product atlas --tags 'v*' --except '*-rc*'",
    'releases sync --product atlas --at HEAD --release 4.4',
    'releases sync --product billing --tags "billing/*" --prefix billing/v --path packages/billing',
  ],
  run,
}

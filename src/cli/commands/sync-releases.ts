import { GitProblem } from '../../git/git-problem.ts'
import type { Mark } from '../../git/read-checkout.ts'
import { needWholeHistory, repositoryName } from '../../git/read-checkout.ts'
import { type Choice, readNews } from '../../git/read-news.ts'
import type { ReleaseRange } from '../../git/read-ranges.ts'
import { type Git, GitFault, gitIn } from '../../git/run-git.ts'
import { type Told, tellReleases } from '../../git/tell-releases.ts'
import { readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { count, table } from '../table.ts'
import { type Progress, startProgress } from '../terminal.ts'
import { type Repository, toldServer } from '../told-server.ts'

/** `--at REF --release NAME`, as often as there are planned releases. */
const headsOf = (call: Call): Choice['heads'] => {
  const [refs, names] = [call.texts('at'), call.texts('release')]
  if (refs.length !== names.length)
    throw new CliStop(
      EXIT.usage,
      'Each --at needs its --release, and the other way round.',
      'Write --at HEAD --release 4.4.',
    )
  if (new Set(names).size < names.length)
    throw new CliStop(EXIT.usage, 'The same --release is named twice.', 'Name each planned release once.')
  return refs.map((ref, at) => ({ ref, release: names[at] ?? '' }))
}

interface Line {
  readonly range: ReleaseRange
  readonly told: Told<unknown> | null
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

/** Commits that are read, or told, before anybody has waited. */
const SOON_READ = 10_000
const SOON_TOLD = 1_000

const sync = async (call: Call, git: Git, progress: Progress): Promise<ExitCode> => {
  const product = call.need('product')
  const path = call.text('path')
  await needWholeHistory(git)
  const choice = {
    ...{ tags: call.text('tags'), except: call.text('except'), prefix: call.text('prefix') },
    ...{ path, heads: headsOf(call) },
  }
  const of = { product, repository: await repositoryName(git, call.text('repository')) }
  const server = toldServer(call.api(), of)
  const news = await readNews(git, choice, server.known, (commits) => {
    if (commits >= SOON_READ) progress.step('Reading commits', commits, null)
  })
  for (const { name, beyond } of news.nothingYet)
    call.terminal.err(`${name} has nothing yet beyond ${beyond}.\n`)
  const answers = call.flag('dry-run')
    ? []
    : await tellReleases(server, news.releases, news.read, (commits, all) => {
        if (all >= SOON_TOLD) progress.step('Telling commits', commits, all)
      })
  progress.end()
  const lines = news.releases.map((range, at) => ({ range, told: answers[at] ?? null }))
  warn(call, lines, path)
  showLines(call, of, lines, news.unchanged, basisNames(news.tags))
  if (news.problem !== null) throw news.problem
  return EXIT.fine
}

const run = async (call: Call): Promise<ExitCode> => {
  const progress = startProgress(call.terminal)
  try {
    return await sync(call, gitIn(call.text('checkout') ?? '.', call.terminal.env), progress)
  } catch (error) {
    if (error instanceof GitProblem)
      throw new CliStop(
        error.kind === 'asked' ? EXIT.usage : EXIT.failed,
        error.message,
        error.todo,
        error.lines,
      )
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

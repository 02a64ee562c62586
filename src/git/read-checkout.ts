import { basename } from 'node:path'
import { said } from '../lib/said.ts'
import { GitProblem } from './git-problem.ts'
import { type Git, GitFault } from './run-git.ts'

/** What stands for a release in the checkout: a tag, or the head of a branch where one is planned. */
export interface Mark {
  /** The release's name: a tag's without its prefix. */
  readonly name: string
  /** The tag as git calls it. */
  readonly ref: string
  readonly commit: string
  readonly at: string
}

/** A time that git wrote down. A clock can be so wrong that no database takes the year. */
export const timeOf = (seconds: string | undefined): string => {
  const time = new Date(Number(seconds || '0') * 1_000)
  const year = time.getUTCFullYear()
  return (year >= 1 && year <= 9_999 ? time : new Date(0)).toISOString()
}

const notHere = (fault: GitFault): GitProblem =>
  fault.message.includes('dubious ownership')
    ? new GitProblem(
        'found',
        'git does not trust this checkout: it belongs to another user.',
        'Run `git config --global --add safe.directory "$PWD"` first.',
      )
    : new GitProblem(
        'found',
        `There is no git checkout here: ${fault.message}`,
        'Run it in a checkout, or name one with --checkout FOLDER.',
      )

/** A part of the history would tell of fixes that they came with the wrong release. */
export const needWholeHistory = async (git: Git): Promise<void> => {
  const answer = await git.text('rev-parse', '--is-shallow-repository').catch((error: unknown) => {
    throw error instanceof GitFault ? notHere(error) : error
  })
  if (answer.trim() !== 'false')
    throw new GitProblem(
      'found',
      'The checkout is shallow: most of the history is missing.',
      'Run `git fetch --unshallow --tags` first, or let the pipeline fetch all (in GitHub Actions `fetch-depth: 0`, in GitLab CI `GIT_DEPTH: 0`).',
    )
}

const orNothing = async (answer: Promise<string>): Promise<string> =>
  answer.catch((error: unknown) => {
    if (error instanceof GitFault) return ''
    throw error
  })

const MAX_REPOSITORY = 500

/** An address without whoever signs in there: in a pipeline that is often a token. */
export const withoutCredentials = (address: string): string => {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) {
    const [plain = ''] = address.split(/[?#]/, 1)
    return plain.replace(/^([^:]+:\/\/)[^/]*@/, '$1')
  }
  // git@host:path, as ssh is often written: only a password is taken off there
  return address.replace(/^[^/@]*:[^/]*@(?=[^/]*:)/, '')
}

/** `given`: a pipeline's own variable for it may hold a token too. */
export const repositoryName = async (git: Git, given: string | null): Promise<string> => {
  const remote = given ?? (await orNothing(git.text('config', '--get', 'remote.origin.url'))).trim()
  if (remote !== '') return withoutCredentials(remote).slice(0, MAX_REPOSITORY)
  const folder =
    (await orNothing(git.text('rev-parse', '--show-toplevel'))) ||
    (await git.text('rev-parse', '--absolute-git-dir'))
  return basename(folder.trim())
}

const commitOf = async (git: Git, rev: string): Promise<string> =>
  (
    await orNothing(git.text('rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`))
  ).trim()

const TAG = [
  ...['refname:strip=2', 'objecttype', 'objectname', '*objecttype', '*objectname'],
  ...['creatordate:unix', '*committerdate:unix'],
]
  .map((field) => `%(${field})`)
  .join('%00')

/** `v4.3` is the release 4.3; `version-4.3` is not `ersion-4.3`. */
const nameOf = (tag: string, prefix: string | null): string => {
  if (prefix === null) return tag.replace(/^v(?=\d)/, '')
  return tag.startsWith(prefix) && tag.length > prefix.length ? tag.slice(prefix.length) : tag
}

const tagNames = async (git: Git, glob: string): Promise<readonly string[]> => {
  const args = ['tag', '--list', '--no-column', '--sort=refname', `--format=${TAG}`, '--end-of-options', glob]
  return (await git.text(...args)).split('\n').filter((line) => line !== '')
}

/** Tags that stand for releases. What points to a file or a folder is no release. */
export const readTags = async (
  git: Git,
  {
    glob,
    except,
    prefix,
  }: { readonly glob: string; readonly except: string | null; readonly prefix: string | null },
): Promise<readonly Mark[]> => {
  const left = new Set(except === null ? [] : await tagNames(git, except))
  const marks: Mark[] = []
  for (const line of await tagNames(git, glob)) {
    if (left.has(line)) continue
    const [ref = '', type, id = '', innerType, inner = '', made, committed] = line.split('\0')
    const commit =
      type === 'commit' ? id : innerType === 'commit' ? inner : type === 'tag' ? await commitOf(git, id) : ''
    if (commit !== '') marks.push({ name: nameOf(ref, prefix), ref, commit, at: timeOf(made || committed) })
  }
  return marks
}

/** A branch's head, as the state of a release that is planned. */
export const readHead = async (git: Git, ref: string, name: string): Promise<Mark> => {
  const commit = await commitOf(git, ref)
  if (commit === '')
    throw new GitProblem(
      'asked',
      said`${ref} is no commit here.`,
      'Pipelines often check out without branches: name it as origin/BRANCH or HEAD.',
      { code: 'no-commit' },
    )
  const made = await git.text('log', '--no-walk', '--no-patch', '--format=%ct', commit, '--')
  return { name, ref, commit, at: timeOf(made.trim()) }
}

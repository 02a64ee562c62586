import { join } from 'node:path'
import { placeOfToken } from '../commands/followed-repository-rules.ts'
import { noteReading } from '../commands/note-reading.ts'
import { runCommand } from '../commands/run-command.ts'
import { pinnedHost } from '../connectors/pinned-host.ts'
import { SYSTEM } from '../domain/actor.ts'
import { GitProblem } from '../git/git-problem.ts'
import { keepCopy, type Remote } from '../git/keep-copy.ts'
import { readNews } from '../git/read-news.ts'
import { GitFault } from '../git/run-git.ts'
import { tellReleases } from '../git/tell-releases.ts'
import { said } from '../lib/said.ts'
import {
  claimFollowed,
  type FollowedRepository,
  type Reading,
  renewFollowed,
} from '../store/followed-repositories.ts'
import { openSecret } from '../store/secrets.ts'
import type { CopyPlace, WorkerDeps } from './deps.ts'
import { toldHub } from './told-hub.ts'

/**
 * Reads the repositories that are due, one after the other: brings a copy up to date with git itself, and tells the hub
 * what is new in it, as a pipeline would. A worker that dies leaves its lease; who reads next goes on from what was told.
 */
const LEASE_SECONDS = 120
const RENEW_MS = 30_000

/** What a forge takes beside a token, where nobody says otherwise. */
const ANY_ACCOUNT = 'oauth2'

type Deps = WorkerDeps & { readonly copies: CopyPlace }

/** `stopping` ends a reading where it is: it may take as long as a history is large. */
export const followRepositories = async (deps: WorkerDeps, stopping: AbortSignal): Promise<void> => {
  const { copies } = deps
  while (copies !== undefined && !stopping.aborted) {
    const row = await claimFollowed(deps.runner.db, deps.clock.now(), LEASE_SECONDS)
    if (row === null) return
    await followOne({ ...deps, copies }, row, stopping)
  }
}

const followOne = async (deps: Deps, row: FollowedRepository, stopping: AbortSignal): Promise<void> => {
  const ended = new AbortController()
  const lost = new AbortController()
  const signal = AbortSignal.any([lost.signal, stopping])
  const beating = beat(deps, row, ended.signal, lost)
  let reading: Reading
  try {
    const { told, problem } = await readOne(deps, row, signal)
    reading = { told, problem: problem === null ? null : problemOf(deps, row, problem), isRead: true }
  } catch (error) {
    if (signal.aborted) return
    reading = { told: null, problem: problemOf(deps, row, error), isRead: false }
  } finally {
    ended.abort()
    await beating
  }
  const { id, address, fence } = row
  await runCommand(deps.runner, SYSTEM, noteReading, { ...reading, id, address, fence })
}

/** Keeps the lease; whoever loses it stops at once. */
const beat = async (
  deps: WorkerDeps,
  row: FollowedRepository,
  ended: AbortSignal,
  lost: AbortController,
): Promise<void> => {
  while (!ended.aborted) {
    await deps.clock.sleep(RENEW_MS, ended)
    if (ended.aborted) return
    const isOurs = await renewFollowed(deps.runner.db, row, deps.clock.now(), LEASE_SECONDS).catch(() => true)
    if (!isOurs) {
      lost.abort()
      return
    }
  }
}

const readOne = async (
  deps: Deps,
  row: FollowedRepository,
  signal: AbortSignal,
): Promise<{ readonly told: Reading['told']; readonly problem: GitProblem | null }> => {
  const { folder, path, maxBytes, maxMs } = deps.copies
  const git = await keepCopy(join(folder, row.id), path, await remoteOf(deps, row), {
    maxBytes,
    maxMs,
    signal,
  })
  const listener = toldHub(deps.runner, { product: row.product_id, repository: row.repository })
  const choice = {
    ...{ tags: row.tags, except: row.except_tags, prefix: row.prefix, path: row.path },
    heads: row.heads,
  }
  const news = await readNews(git, choice, listener.known, () => {})
  let commits = 0
  const told = await tellReleases(listener, news.releases, news.read, (now) => {
    commits = now
  })
  const at = deps.clock.now().toISOString()
  return {
    told: told.length === 0 ? null : { releases: told.length, commits, at },
    problem: news.problem,
  }
}

const remoteOf = async (deps: WorkerDeps, row: FollowedRepository): Promise<Remote> => {
  const { id, account, token } = row
  // git is given what was looked at, and reads no other host in it
  const address = new URL(row.address).href
  const pinned = await pinnedHost(address, deps.allowPrivate)
  if (!pinned.ok)
    throw new GitProblem('asked', pinned.error, said`Correct the address, or ask who runs Causeway.`)
  if (token === null) return { address, signIn: null, pinned: pinned.value }
  const secret = openSecret(deps.masterKey, placeOfToken(id, address), token)
  if (!secret.ok)
    throw new GitProblem(
      'asked',
      said`The token does not open with the key of this Causeway.`,
      said`Give it again.`,
    )
  return {
    address,
    signIn: { account: account ?? ANY_ACCOUNT, token: secret.value.reveal() },
    pinned: pinned.value,
  }
}

/** What to do where no pipeline stands between. */
const TODO = {
  'no-tags': said`Push a tag for each release, or correct which tags are releases.`,
  twins: said`Narrow which tags are releases, or name a prefix that is left off.`,
  moved: said`The other releases are told. Leave it out (“Tags that are none”).`,
  'no-commit': said`Correct the branch of the planned release: it is called as in the repository, e.g. main.`,
} as const satisfies Readonly<Record<NonNullable<GitProblem['code']>, string>>

const problemOf = (deps: WorkerDeps, row: FollowedRepository, error: unknown): Reading['problem'] => {
  if (error instanceof GitProblem)
    return {
      what: error.message.slice(0, 2_000),
      ...(error.lines.length === 0 ? {} : { detail: error.lines.join(' ').slice(0, 2_000) }),
      todo: error.code === undefined ? error.todo : TODO[error.code],
    }
  if (error instanceof GitFault)
    return { what: said`git says: ${error.message}`, todo: said`It is tried again by itself.` }
  deps.log('error', 'a repository could not be read; it is tried again', {
    repository: row.address,
    error: String(error),
  })
  return {
    what: said`Causeway could not read it, and says why in its log.`,
    todo: said`It is tried again by itself.`,
  }
}

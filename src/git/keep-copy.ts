import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { said } from '../lib/said.ts'
import { GitProblem } from './git-problem.ts'
import { type Git, GitFault, gitIn } from './run-git.ts'

/** A repository elsewhere, as git itself reaches it. */
export interface Remote {
  /** http or https, without credentials. */
  readonly address: string
  /** null: it is open to all. */
  readonly signIn: { readonly account: string; readonly token: string } | null
  /** `host:port:address,…`: where alone git may connect for this host; null: wherever its name leads. */
  readonly pinned: string | null
}

export interface CopyLimits {
  /** What is fetched at once, in bytes: more ends it. */
  readonly maxBytes: number
  /** How long fetching may take. */
  readonly maxMs: number
  readonly signal: AbortSignal
}

/** Commits and trees, no contents of files: what releases contain needs no more, and history is a tenth of the size. */
const FETCH = [
  ...['fetch', '--quiet', '--prune', '--force', '--no-write-fetch-head', '--no-recurse-submodules'],
  ...['--filter=blob:none', 'origin', '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'],
]

const LOOK_MS = 1_000
/** Slower than this for a minute is no connection. Bytes a second. */
const SLOWEST = 1_000

/**
 * Nothing of this machine's or this user's git, no question to anybody, and only the protocols that are named. The folder
 * is named, too: where it is none of git's yet, git would look for one above it, and find a checkout of somebody's.
 */
const apart = (folder: string, path: string, protocols: string) => ({
  ...{
    PATH: path,
    HOME: folder,
    GIT_DIR: resolve(folder),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  },
  ...{ GIT_ALLOW_PROTOCOL: protocols, GIT_ASKPASS: '', GIT_ADVICE: '0' },
})

/** Settings by environment: arguments can be read by whoever lists processes. */
const byEnvironment = (settings: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(settings.length)],
    ...settings.flatMap(([key, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ])

const settingsFor = ({ address, signIn, pinned }: Remote): readonly (readonly [string, string])[] => [
  ['remote.origin.url', address],
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'blob:none'],
  ['credential.helper', ''],
  // a repository that moved is told, and a token goes nowhere but to the address that a person wrote
  ['http.followRedirects', 'false'],
  ['http.lowSpeedLimit', String(SLOWEST)],
  ['http.lowSpeedTime', '60'],
  ['gc.autoDetach', 'false'],
  ...(pinned === null ? [] : [['http.curloptResolve', pinned] as const]),
  ...(signIn === null
    ? []
    : [
        [
          'http.extraHeader',
          `Authorization: Basic ${Buffer.from(`${signIn.account}:${signIn.token}`).toString('base64')}`,
        ] as const,
      ]),
]

/** For reading: what is missing here stays missing, and nobody is called. */
const readingFrom = (folder: string, path: string, signal: AbortSignal): Git =>
  gitIn(folder, apart(folder, path, 'none'), signal)

/** What git says of a copy that a machine went down over: locks that nobody holds, files that were not written whole. */
const IS_BROKEN =
  /\.lock': File exists|not a git repository|corrupt|bad (?:object|ref|tree|pack|config|signature)|packfile .* (?:invalid|cannot|does not)|unable to (?:read|find) [0-9a-f]|did not send all necessary objects|file too short|un(?:terminated|expected) line/i

/**
 * A bare copy of the repository, brought up to date. `path`: where git is looked for. A copy is only a copy: one that is
 * broken is let go and made anew.
 */
export const keepCopy = async (
  folder: string,
  path: string,
  remote: Remote,
  limits: CopyLimits,
): Promise<Git> => {
  const wasThere = (await readdir(folder).catch(() => [])).length > 0
  try {
    return await updateCopy(folder, path, remote, limits)
  } catch (error) {
    if (!wasThere || limits.signal.aborted || !IS_BROKEN.test(wordsOf(error))) throw error
    await rm(folder, { recursive: true, force: true })
    return updateCopy(folder, path, remote, limits)
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof GitProblem ? error.lines.join(' ') : String(error)

const updateCopy = async (
  folder: string,
  path: string,
  remote: Remote,
  { maxBytes, maxMs, signal }: CopyLimits,
): Promise<Git> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const reading = readingFrom(folder, path, signal)
  const isThere = (await readdir(folder)).includes('HEAD')
  if (!isThere) await reading.text('init', '--quiet', '--bare', '--template=')
  const settings = byEnvironment(settingsFor(remote))
  const tooLarge = new AbortController()
  const env = { ...apart(folder, path, 'http:https'), ...settings }
  const tooLong = AbortSignal.timeout(maxMs)
  const fetching = gitIn(folder, env, AbortSignal.any([signal, tooLarge.signal, tooLong]))
  const packs = join(folder, 'objects', 'pack')
  await removeHalves(packs)
  const most = (await sizeOf(packs)) + maxBytes
  const timer = setInterval(() => {
    void sizeOf(packs).then((size) => size > most && tooLarge.abort())
  }, LOOK_MS)
  try {
    await fetching.text(...FETCH)
    // a quick one is over before anybody looked
    if ((await sizeOf(packs)) > most) tooLarge.abort()
  } catch (error) {
    if (tooLong.aborted && !signal.aborted && !tooLarge.signal.aborted)
      throw new GitProblem(
        'found',
        said`Nothing was read within ${Math.ceil(maxMs / 60_000)} minutes.`,
        said`It is tried again by itself.`,
      )
    if (!tooLarge.signal.aborted)
      throw error instanceof GitFault && !signal.aborted ? asProblem(error) : error
  } finally {
    clearInterval(timer)
  }
  if (tooLarge.signal.aborted) {
    await rm(folder, { recursive: true, force: true })
    throw new GitProblem(
      'found',
      said`The history is larger than ${Math.ceil(maxBytes / 1_048_576)} MiB.`,
      said`Let the pipeline tell of it instead (causeway releases sync), which copies nothing.`,
    )
  }
  await reading.text('gc', '--auto', '--quiet')
  return reading
}

/** Packs that were being received when a machine went down: git keeps them for weeks. */
const removeHalves = async (packs: string): Promise<void> => {
  const names = await readdir(packs).catch(() => [])
  for (const name of names) if (name.startsWith('tmp_')) await rm(join(packs, name), { force: true })
}

/** Bytes of the files in a folder; what comes and goes meanwhile counts as nothing. */
const sizeOf = async (folder: string): Promise<number> => {
  const names = await readdir(folder).catch(() => [])
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** What git says of a connection, as what a person can do about it. */
const asProblem = ({ message }: GitFault): GitProblem => {
  const more = { lines: [said`git says: ${message}`] }
  if (/\b(401|403)\b|Authentication failed|could not read Username/i.test(message))
    return new GitProblem(
      'found',
      said`The repository does not let us in.`,
      said`Give a token that may read it (and the user name that belongs to it, where the forge wants one).`,
      more,
    )
  if (/\b404\b|not found/i.test(message))
    return new GitProblem(
      'found',
      said`There is no such repository, or the token may not see it.`,
      said`Compare the address with what git clone takes, and look at the rights of the token.`,
      more,
    )
  if (/redirect|\b30[1278]\b/i.test(message))
    return new GitProblem(
      'found',
      said`The repository has moved.`,
      said`Write its new address, as the forge shows it for git clone.`,
      more,
    )
  return new GitProblem('found', said`git says: ${message}`, said`It is tried again by itself.`, more)
}

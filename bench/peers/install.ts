import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Scratch space that git ignores. */
export const PEERS_FOLDER = fileURLToPath(new URL('../../.peers', import.meta.url))

/**
 * Installs one version of a peer into a folder of its own, once; returns the folder, or why it cannot be had.
 * `overrides`: dependencies of its own that a registry does not hold in the version asked for. Without the scripts of its
 * packages, but for those in `rebuild`: a driver it cannot start without.
 */
export const installPeer = (
  name: string,
  version: string,
  overrides: Readonly<Record<string, string>> = {},
  rebuild: readonly string[] = [],
): { readonly folder: string } | { readonly missing: string } => {
  const folder = join(PEERS_FOLDER, name)
  const manifest = join(folder, 'node_modules', name, 'package.json')
  if (
    existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === version
  )
    return { folder }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }))
  try {
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', ['install', ...quietly, `${name}@${version}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 900_000,
    })
    if (rebuild.length > 0)
      execFileSync('npm', ['rebuild', '--loglevel=error', ...rebuild], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: 900_000,
      })
    return { folder }
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error)
    return { missing: said.split('\n').slice(0, 2).join(' ') }
  }
}

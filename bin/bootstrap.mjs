// First thing `npm start` and `npm test` run. Plain JavaScript for Node 20 or newer: it installs what the lock
// file names (once per lock file), finds a Node that runs TypeScript natively (22.18 or newer; Node 24 comes
// along as an optional dependency, without install scripts) and hands over to it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** True when this Node runs our TypeScript sources as they are. */
export const runsTypeScript = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

const install = () => {
  const want = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.causeway-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  process.stderr.write('Installing dependencies (first run, or the lock file changed) …\n')
  const npm = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--ignore-scripts', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  )
  if (npm.status !== 0) {
    process.stderr.write(
      'npm ci failed; its messages are above. Check the network or the registry settings of npm and run the command again.\n',
    )
    process.exit(npm.status ?? 1)
  }
  writeFileSync(stamp, want)
}

const findNode = () => {
  if (runsTypeScript(process.version)) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const shipped = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    name,
  )
  if (existsSync(shipped)) return shipped
  process.stderr.write(
    `Causeway needs Node 22.18 or newer; this is ${process.version}, and no newer one is packaged for ${process.platform}-${process.arch}. Please install Node 24.\n`,
  )
  process.exit(1)
}

/** The web app is part of what starts; a process without the web role shows none. */
const buildWebApp = (node) => {
  if (!(process.env.CAUSEWAY_ROLES ?? 'web').includes('web')) return
  const built = spawnSync(
    node,
    ['--disable-warning=ExperimentalWarning', join(root, 'tools', 'build-web.ts')],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  )
  if (built.status !== 0)
    process.stderr.write('The web app could not be built; the API and the command line work without it.\n')
}

const entries = { start: ['src/main.ts'], test: ['tools/check.ts'], causeway: ['src/cli/main.ts'] }

const [what = 'start', ...rest] = process.argv.slice(2)
const entry = entries[what]
if (!entry && !what.endsWith('.ts')) {
  process.stderr.write(`bootstrap: unknown entry '${what}' (have ${Object.keys(entries).join(', ')})\n`)
  process.exit(2)
}
// objects here live shortly or for ever: a large young generation costs 40 MB and saves no time
const flags = what === 'start' ? ['--max-semi-space-size=4'] : []
install()
const node = findNode()
if (what === 'start' || (what === 'causeway' && rest[0] === 'start')) buildWebApp(node)
const child = spawn(
  node,
  [
    '--disable-warning=ExperimentalWarning',
    ...flags,
    ...(entry ?? [what]).map((file) => join(root, file)),
    ...rest,
  ],
  { stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)))

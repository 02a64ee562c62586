import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'
import type { Rolldown } from 'vite'
import { FIRST_LOADS, measure } from './first-load.ts'

/**
 * Builds the web app into build/web, unless what it is made of is unchanged since. `npm start` runs this first, so it
 * must be quick when there is nothing to do: it reads the sources, compares one hash, and only then loads the builder.
 *
 *   npm run build:web
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'build', 'web')
const stamp = join(out, '.sources')

/** What the app is made of: its own files, what it uses of the core, the packages, and how it is built. */
const MADE_OF = [
  'web',
  'src/domain',
  'src/lib',
  'package-lock.json',
  'tools/build-web.ts',
  'tools/first-load.ts',
]
/** Below this a compressed copy saves no packet. */
const COMPRESS_FROM_BYTES = 1_024

const filesBelow = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
    : [path]

export const hashOfSources = (): string => {
  const hash = createHash('sha256')
  const files = MADE_OF.flatMap((path) => filesBelow(join(root, path))).sort()
  for (const file of files) {
    hash.update(`${relative(root, file).split(sep).join('/')}\0`)
    hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}

const isFresh = (sources: string): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources

/** Compressed once here, so that no request pays for it. */
const compress = (file: string): void => {
  const bytes = readFileSync(file)
  if (bytes.length < COMPRESS_FROM_BYTES || !/\.(js|css|html|svg)$/.test(file)) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 10 } }))
}

const build = async (): Promise<readonly Rolldown.OutputChunk[]> => {
  // whoever calls us may be a test: people are served what is made for them, never the libraries' own trial versions
  process.env['NODE_ENV'] = 'production'
  const vite = await import('vite')
  const built = await vite.build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn' })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  return outputs.filter((one) => one.type === 'chunk')
}

const main = async (): Promise<void> => {
  const sources = hashOfSources()
  if (isFresh(sources)) return
  process.stderr.write('Building the web app (first run, or its sources changed) … ')
  const begun = performance.now()
  const chunks = await build()
  for (const file of filesBelow(out)) compress(file)
  const loads = FIRST_LOADS.map((load) => measure(chunks, load))
  const problems = loads.flatMap((load) => load.problems)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  // last: a build that was interrupted is not fresh
  writeFileSync(stamp, sources)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const sizes = loads.map(({ who, bytes }) => `${Math.round(bytes / 1024)} KB of ${who}`).join(', ')
  process.stderr.write(`${seconds} s; first load, compressed: ${sizes}.\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

/**
 * Brings vendors' published schemas that are npm packages into `.cache/specs`, where the conformance suite looks for
 * them. They are no dependencies: one of them is 385 MB unpacked, of which one file is needed. Asks the registry that npm
 * is set up with on this machine, and only for what is not there yet.
 */

interface Spec {
  /** Name and version: what is checked must not change by itself. */
  readonly from: string
  readonly file: string
  /** Below the folder of specs, without `.gz`. */
  readonly to: string
}

const SPECS: readonly Spec[] = [
  {
    from: '@octokit/openapi@23.0.2',
    file: 'package/generated/api.github.com.json',
    to: 'github/api.github.com.json',
  },
  { from: '@octokit/graphql-schema@15.26.1', file: 'package/schema.graphql', to: 'github/schema.graphql' },
]

const run = promisify(execFile)
const folder = join(import.meta.dirname, '..', '.cache', 'specs')

/** The name tells the version, so that a new one is fetched. */
const stampOf = ({ to }: Spec): string => join(folder, `${to}.from`)

const isThere = async (spec: Spec): Promise<boolean> => {
  const stamp = await readFile(stampOf(spec), 'utf8').catch(() => '')
  return stamp.trim() === spec.from
}

const fetchSpec = async (spec: Spec): Promise<void> => {
  const work = await mkdtemp(join(tmpdir(), 'causeway-specs-'))
  try {
    const packed = await run('npm', ['pack', spec.from, '--silent', '--pack-destination', work], {
      shell: process.platform === 'win32',
    })
    const tarball = basename(packed.stdout.trim().split('\n').at(-1) ?? '')
    await run('tar', ['-xzf', join(work, tarball), '-C', work, spec.file])
    const bytes = await readFile(join(work, spec.file))
    await mkdir(join(folder, spec.to, '..'), { recursive: true })
    await writeFile(join(folder, `${spec.to}.gz`), gzipSync(bytes))
    await writeFile(stampOf(spec), `${spec.from}\n`)
    console.info(`${spec.to}: ${bytes.length} bytes of ${spec.from}`)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

for (const spec of SPECS) if (!(await isThere(spec))) await fetchSpec(spec)

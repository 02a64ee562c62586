/**
 * What `npm test` runs, in order, as data: each step is a program run by this Node, or a sentence why it cannot run
 * here. Pure, so that a test can say what runs where.
 */
export const STEP_NAMES = ['types', 'web', 'lint', 'rules', 'unit', 'postgres', 'browser', 'servers'] as const
export type StepName = (typeof STEP_NAMES)[number]

export interface Step {
  readonly name: StepName
  readonly title: string
  /** Script and arguments for this Node, from the repository's root. */
  readonly run: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Set for steps of vitest: where our reporter writes what was skipped and what failed. */
  readonly report: string | null
  /** Why it does not run here; null: it runs. */
  readonly notHere: string | null
}

export interface CheckOptions {
  /** Null: all of them. */
  readonly only: readonly StepName[] | null
  /** Names of test files, for the steps of vitest. */
  readonly files: readonly string[]
}

/** `--only unit,types` (also several times) and names of files. The error is a sentence. */
export const readArguments = (args: readonly string[]): CheckOptions | string => {
  const only: StepName[] = []
  const files: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? ''
    const inline = word.startsWith('--only=') ? word.slice('--only='.length) : null
    if (word !== '--only' && inline === null) {
      if (word.startsWith('-'))
        return `Unknown option ${word}. There is --only ${STEP_NAMES.join('|')}, and names of test files.`
      files.push(word)
      continue
    }
    if (inline === null) at += 1
    for (const name of (inline ?? args[at] ?? '').split(',')) {
      const step = STEP_NAMES.find((one) => one === name)
      if (step === undefined) return `--only takes ${STEP_NAMES.join(', ')}; “${name}” is none of them.`
      only.push(step)
    }
  }
  return { only: only.length === 0 ? null : only, files }
}

type Env = Readonly<Record<string, string | undefined>>

/** What was looked for on this machine, beside the environment. */
export interface Machine {
  /** Why no browser can run the tests that need one; null: one was found. */
  readonly withoutBrowser: string | null
}

const TSC = 'node_modules/typescript/bin/tsc'
const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const VITEST = 'node_modules/vitest/vitest.mjs'

/** `reports` is a folder for what vitest writes. */
export const stepsFor = (
  env: Env,
  machine: Machine,
  options: CheckOptions,
  reports: string,
): readonly Step[] => {
  const vitest = (name: StepName, files: readonly string[], config: readonly string[] = []) => {
    const report = `${reports}/${name}.json`
    const reporters = ['--reporter=default', '--reporter=./tools/check/reporter.ts']
    return { run: [VITEST, 'run', ...config, ...reporters, ...files], report }
  }
  const postgres = env['CAUSEWAY_TEST_POSTGRES'] ?? ''
  const all: readonly Step[] = [
    { name: 'types', title: 'Types', run: [TSC, '-p', '.'], env: {}, report: null, notHere: null },
    {
      name: 'web',
      title: 'Types of the web app',
      run: [TSC, '-p', 'web'],
      env: {},
      report: null,
      notHere: null,
    },
    {
      name: 'lint',
      title: 'Format and lint',
      run: [BIOME, 'check', '--max-diagnostics=50'],
      env: {},
      report: null,
      notHere: null,
    },
    {
      name: 'rules',
      title: 'Rules of the house',
      ...vitest('rules', ['test/architecture']),
      env: {},
      notHere: null,
    },
    {
      name: 'unit',
      title: 'Tests, on the embedded database engine',
      ...vitest('unit', options.files),
      env: { CAUSEWAY_TEST_POSTGRES: '' },
      notHere: null,
    },
    {
      name: 'postgres',
      title: 'The same tests, on PostgreSQL',
      ...vitest('postgres', options.files),
      env: {},
      notHere:
        postgres === ''
          ? 'CAUSEWAY_TEST_POSTGRES names no server (postgresql://…, of a role that may create databases)'
          : null,
    },
    {
      name: 'browser',
      title: `Tests in a real browser, on ${postgres === '' ? 'the embedded database engine' : 'PostgreSQL'}`,
      ...vitest('browser', options.files, ['--config', 'test/e2e/e2e.config.ts']),
      env: {},
      notHere: machine.withoutBrowser,
    },
    {
      name: 'servers',
      title: 'The story on a real Request Tracker and a real Redmine',
      run: ['test/servers/run.ts'],
      env: {},
      report: null,
      notHere:
        env['CAUSEWAY_TEST_SERVERS'] === '1'
          ? null
          : 'CAUSEWAY_TEST_SERVERS is not 1 (it installs Debian packages and takes about fifteen minutes)',
    },
  ]
  return all.filter(({ name }) => options.only === null || options.only.includes(name))
}

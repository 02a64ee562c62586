import { type Config, readConfig } from './config.ts'
import { openLog } from './start/log.ts'
import { type Running, start } from './start/start.ts'

/** `npm start [-- --demo]`: the process itself: environment, first words on stdout, signals, exit code. */
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const fail = (lines: readonly string[]): never => {
  process.stderr.write(`Causeway did not start.\n${lines.map((line) => `  ${line}\n`).join('')}`)
  process.exit(1)
}

const welcome = (config: Config, running: Running): void => {
  say(`Causeway ${running.url === null ? 'works' : `is at ${running.url}`} (${config.roles.join(' and ')}).`)
  if (running.engine === 'embedded')
    say(
      `Database: embedded, in ${config.dataDir}. Single node, not power-loss safe; for trying out and small use. Set DATABASE_URL for more.`,
    )
  if (running.signInToken !== null)
    say(`Sign in as admin with this token (once, within a day): ${running.signInToken}`)
}

const read = readConfig(process.env, process.argv.slice(2))
const config = read.ok ? read.value : fail(read.error)
const log = openLog(config.logLevel)
const started = await start(config, log)
const running = started.ok ? started.value : fail([started.error])
welcome(config, running)

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (stopping) process.exit(1) // asked twice: whoever asks does not want to wait
    stopping = true
    say('Stopping …')
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed')
        process.exitCode = 1
        log.flush(() => process.exit(1))
      },
    )
  })

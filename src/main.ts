import { readConfig } from './config.ts'
import { openLog } from './start/log.ts'
import { start } from './start/start.ts'
import { welcome } from './start/welcome.ts'

/** `npm start [-- --demo]`: the process itself: environment, first words on stdout, signals, exit code. */
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const fail = (lines: readonly string[]): never => {
  process.stderr.write(`Causeway did not start.\n${lines.map((line) => `  ${line}\n`).join('')}`)
  process.exit(1)
}

const read = readConfig(process.env, process.argv.slice(2))
const config = read.ok ? read.value : fail(read.error)
const log = openLog(config.logLevel)
const started = await start(config, log)
const running = started.ok ? started.value : fail([started.error])
for (const line of welcome(config, running)) say(line)

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

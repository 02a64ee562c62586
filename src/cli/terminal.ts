/** The world outside of a command, as values and functions, so that a test can stand in for it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** stdout: the answer itself. */
  readonly out: (text: string) => void
  /** stderr: errors, hints, progress. */
  readonly err: (text: string) => void
  /** stderr is watched by a person. */
  readonly watched: boolean
  /** Columns of the screen. */
  readonly width: number
}

export const processTerminal = (): Terminal => ({
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY === true,
  width: process.stdout.columns ?? 120,
})

export interface Progress {
  step(what: string, done: number, of: number): void
  end(): void
}

const BAR = 24

/** One line that is drawn over while a person watches; else a plain line for each tenth, so that logs stay short. */
export const startProgress = (terminal: Terminal): Progress => {
  let shown = ''
  let drawn = false
  return {
    step: (what, done, of) => {
      const part = of <= 0 ? 1 : Math.min(1, done / of)
      const key = terminal.watched ? `${what} ${Math.floor(part * 100)}` : `${what} ${Math.floor(part * 10)}`
      if (key === shown) return
      shown = key
      const filled = Math.round(part * BAR)
      if (terminal.watched) {
        terminal.err(`\r\u001b[K${what} [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${done} of ${of}`)
        drawn = true
      } else terminal.err(`${what}: ${done} of ${of}\n`)
    },
    end: () => {
      if (drawn) terminal.err('\r\u001b[K')
      drawn = false
    },
  }
}

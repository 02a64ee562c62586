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
  /** `of` is null while nobody knows how many there are. */
  step(what: string, done: number, of: number | null): void
  end(): void
}

const BAR = 24

/** One line that is drawn over while a person watches; else few plain lines, so that logs stay short. */
export const startProgress = (terminal: Terminal): Progress => {
  let shown = ''
  let drawn = false
  return {
    step: (what, done, of) => {
      const part = of === null ? null : of <= 0 ? 1 : Math.min(1, done / of)
      const key = `${what} ${part === null ? openKey(terminal.watched, done) : Math.floor(part * (terminal.watched ? 100 : 10))}`
      if (key === shown) return
      shown = key
      if (!terminal.watched) {
        terminal.err(of === null ? `${what}: ${done} so far\n` : `${what}: ${done} of ${of}\n`)
        return
      }
      const filled = Math.round((part ?? 0) * BAR)
      const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${done} of ${of}`
      terminal.err(`\r\u001b[K${what} ${part === null ? `${done} so far` : bar}`)
      drawn = true
    },
    end: () => {
      if (drawn) terminal.err('\r\u001b[K')
      drawn = false
    },
  }
}

/** Without an end in sight: every step for a person, each doubling for a log. */
const openKey = (watched: boolean, done: number): number =>
  watched ? done : Math.floor(Math.log2(Math.max(1, done)))

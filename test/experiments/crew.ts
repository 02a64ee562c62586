import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Worker processes that are started again whenever they end, until the crew is dismissed. */
export interface Crew {
  /** How each worker ended so far: `killed`, or at which point it ended itself. */
  readonly ends: readonly string[]
  /** When the last worker said that it is ready, ms since 1970. */
  readonly lastStart: number
  /** SIGKILL; resolves when the place is taken by a new worker that is ready. */
  kill(place: number): Promise<void>
  /** SIGSTOP, and SIGCONT after so many ms; resolves then. */
  pause(place: number, ms: number): Promise<void>
  /** Resolves when every place has a worker that is ready. */
  complete(): Promise<void>
  dismiss(): Promise<void>
}

export interface CrewOptions {
  readonly size: number
  /** Arguments of the next worker for a place; asked at each start. */
  readonly argsOf: (place: number) => readonly string[]
  /** A worker that stops itself (SIGSTOP) goes on after so many ms. */
  readonly wakeAfterMs?: number
}

interface Place {
  child: ChildProcess
  ready: Promise<void>
}

const PROGRAM = new URL('./worker-process.ts', import.meta.url).pathname

export const startCrew = async (options: CrewOptions): Promise<Crew> => {
  const ends: string[] = []
  let isDismissed = false
  let lastStart = 0
  let failure: Error | null = null

  const start = (place: number): Place => {
    const child = spawn(process.execPath, [PROGRAM, ...options.argsOf(place)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let how = 'killed'
    let isReady = false
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === 'ready') {
          isReady = true
          lastStart = Date.now()
          resolve()
        } else {
          how = line
          if (line.startsWith('SIGSTOP')) {
            ends.push(line)
            setTimeout(() => child.kill('SIGCONT'), options.wakeAfterMs ?? 0)
          }
        }
      })
      child.once('exit', (code) => {
        if (isDismissed) return resolve()
        // one that does not even start would be started for ever
        if (!isReady && code !== null) failure = new Error(`a worker ended with ${code} before it was ready`)
        ends.push(how)
        if (failure === null) places[place] = start(place)
        resolve()
      })
    })
    return { child, ready }
  }
  const places: Place[] = []
  for (let place = 0; place < options.size; place += 1) places.push(start(place))

  const complete = async (): Promise<void> => {
    for (const [place] of places.entries()) {
      for (let one = places[place]; one !== undefined; ) {
        await one.ready
        if (failure !== null) throw failure
        const now = places[place]
        if (now === one) break
        one = now
      }
    }
  }
  await complete()
  return {
    ends,
    get lastStart() {
      return lastStart
    },
    kill: async (place) => {
      await complete()
      const child = places[place]?.child
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
      await complete()
    },
    pause: async (place, ms) => {
      const child = places[place]?.child
      child?.kill('SIGSTOP')
      await new Promise((resolve) => setTimeout(resolve, ms))
      child?.kill('SIGCONT')
    },
    complete,
    dismiss: async () => {
      isDismissed = true
      await Promise.all(
        places.map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return
          const ended = once(child, 'exit')
          child.kill('SIGKILL')
          await ended
        }),
      )
    },
  }
}

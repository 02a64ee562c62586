import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../lib/result.ts'

/**
 * One process per data folder. Two processes on one embedded database corrupt it, so this lock is taken before the
 * database is opened. The lock file names its holder by pid and kernel start time; it is taken over only from a
 * process that is gone, never by age: a stopped laptop or a paused process still holds its data.
 */
export interface FolderLock {
  release(): void
}

export interface Holder {
  readonly pid: number
  readonly startTime: string
}

const FILE = 'causeway.lock'

/** Kernel start time of a process (field 22 of /proc/PID/stat), or null when it is not there or not on Linux. */
const startTimeOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

const isAlive = (holder: Holder): boolean => {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = startTimeOf(holder.pid)
  // the pid was given to another process since (a restart of the machine, a container that always starts as pid 1)
  return started === null || holder.startTime === '' || started === holder.startTime
}

const holderIn = (path: string): Holder | null => {
  try {
    const [pid, startTime = ''] = readFileSync(path, 'utf8').trim().split(' ')
    return Number.isSafeInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), startTime } : null
  } catch {
    return null
  }
}

/** Takes the lock, or says who holds it. Makes the folder when it is not there. */
export const lockFolder = (folder: string): Result<FolderLock, Holder> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, FILE)
  for (let round = 0; round < 3; round += 1) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, `${process.pid} ${startTimeOf(process.pid) ?? ''}\n`)
      closeSync(file)
      return ok({ release: () => rmSync(path, { force: true }) })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = holderIn(path)
    if (holder !== null && isAlive(holder)) return err(holder)
    rmSync(path, { force: true })
  }
  return err(holderIn(path) ?? { pid: 0, startTime: '' })
}

/** Who holds a folder, without taking it; null when nobody does. */
export const readHolder = (folder: string): (Holder & { readonly alive: boolean }) | null => {
  const holder = holderIn(join(folder, FILE))
  return holder === null ? null : { ...holder, alive: isAlive(holder) }
}

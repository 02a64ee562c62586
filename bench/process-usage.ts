import { readdirSync, readFileSync } from 'node:fs'

/** CPU seconds and memory of process trees, as Linux tells them. */

/** Linux counts CPU time in these, on every machine we know. */
const TICKS_PER_SECOND = 100

const statOf = (pid: number): { readonly parent: number; readonly seconds: number } | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // the second field is the program's name and may hold blanks
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
    return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND }
  } catch {
    return null
  }
}

const treeOf = (roots: readonly number[]): readonly number[] => {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const parent = Number.isInteger(pid) ? statOf(pid)?.parent : undefined
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const found: number[] = []
  const open = [...roots]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.push(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return found
}

/** User and system time of the trees, ended children included. */
export const cpuSeconds = (...roots: readonly number[]): number =>
  treeOf(roots).reduce((sum, pid) => sum + (statOf(pid)?.seconds ?? 0), 0)

/** Proportional set size: pages that several processes share count once in all. */
export const memoryMb = (...roots: readonly number[]): number =>
  treeOf(roots).reduce((sum, pid) => {
    try {
      return (
        sum +
        Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) / 1024
      )
    } catch {
      return sum
    }
  }, 0)

/** Watches the most memory the trees take. */
export const watchMemory = (...roots: readonly number[]): { stop(): number } => {
  let most = memoryMb(...roots)
  const timer = setInterval(() => {
    most = Math.max(most, memoryMb(...roots))
  }, 400)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(most, memoryMb(...roots))
    },
  }
}

/** Seconds of CPU that the whole machine has spent, and could have. */
export const machineSeconds = (): { readonly busy: number; readonly all: number } => {
  const fields =
    readFileSync('/proc/stat', 'latin1').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
  const all = fields.reduce((sum, ticks) => sum + ticks, 0)
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0)
  return { busy: (all - idle) / TICKS_PER_SECOND, all: all / TICKS_PER_SECOND }
}

import { readdirSync, readFileSync } from 'node:fs'

/** In the clock's ticks. */
export interface ProcessorTime {
  readonly all: number
  readonly ours: number
}

interface Process {
  readonly id: number
  readonly parent: number
  readonly ticks: number
}

/** `cpu  user nice system idle iowait irq softirq steal …`: all but idle and waiting. */
export const busyTicks = (stat: string): number => {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (stat.split('\n')[0] ?? '')
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return user + nice + system + irq + softirq + steal
}

/** A line of /proc/PID/stat; its own time and that of children it has waited for. The name may hold anything. */
export const readProcess = (line: string): Process => {
  const after = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [user, system, children, childrenSystem] = after.slice(11, 15).map(Number)
  return {
    id: Number.parseInt(line, 10),
    parent: Number(after[1]),
    ticks: (user ?? 0) + (system ?? 0) + (children ?? 0) + (childrenSystem ?? 0),
  }
}

/** Of one process and everything below it. */
export const ticksBelow = (root: number, all: readonly Process[]): number => {
  const own = all.find(({ id }) => id === root)?.ticks ?? 0
  const children = all.filter(({ parent, id }) => parent === root && id !== root)
  return children.reduce((sum, child) => sum + ticksBelow(child.id, all), own)
}

/** Null where the system does not tell: then nothing is stretched. */
export const processorTime = (): ProcessorTime | null => {
  try {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((id) => {
        try {
          return [readProcess(readFileSync(`/proc/${id}/stat`, 'utf8'))]
        } catch {
          return [] // ended meanwhile
        }
      })
    return {
      all: busyTicks(readFileSync('/proc/stat', 'utf8')),
      ours: ticksBelow(process.pid, processes),
    }
  } catch {
    return null
  }
}

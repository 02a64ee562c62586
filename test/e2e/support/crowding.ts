import { availableParallelism, loadavg } from 'node:os'

/**
 * How many want each core of this machine: 1 when it has time for us. What is promised to people is promised on a machine
 * that is theirs; where a test shares one with a dozen other programs, its limits stretch by this, and it says so.
 */
export const crowding = (): number => {
  const [load = 1] = loadavg()
  // the browsers and the server are themselves about two
  const factor = Math.max(1, load / Math.max(2, availableParallelism()))
  if (factor > 1)
    process.stdout.write(`  This machine is crowded: limits are ${factor.toFixed(1)} times longer.\n`)
  return factor
}

import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client'
import type { HealthDeps } from '../deps.ts'

export const measureProcess = (registry: Registry): void =>
  collectDefaultMetrics({ register: registry, prefix: 'causeway_' })

export const measureRequests = (registry: Registry): Histogram<string> =>
  new Histogram({
    name: 'causeway_http_request_seconds',
    help: 'Time to answer by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })

interface Backlog {
  readonly dirty: number
  readonly oldest_s: number
  readonly hints: number
  readonly holds: number
  readonly conflicts: number
  readonly unknown_writes: number
}

/**
 * What waits. The function it gives reads all of it, and is called before each answer: figures that are collected one
 * by one would show what the last answer found. When the database is away they stand, and `database_up` is 0.
 */
export const measureStore = (registry: Registry, deps: HealthDeps): (() => Promise<void>) => {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `causeway_${name}`, help, registers: [registry] })
  const dirty = gauge('mirrors_dirty', 'Mirrors with a hint not yet looked at')
  const oldest = gauge('mirrors_dirty_oldest_seconds', 'Age of the oldest such hint')
  const hints = gauge('hints_waiting', 'Hints not yet turned into dirty marks')
  const holds = gauge('holds_open', 'Fields that wait with a reason')
  const conflicts = gauge('conflicts_open', 'Fields both sides changed, waiting for a person')
  const unknown = gauge('writes_unknown', 'Writes whose answer was lost, not yet read back')
  const free = gauge('disk_free_bytes', 'Free on the disk of the data folder')
  const up = gauge('database_up', '1 when the database answers')
  return async () => {
    const bytes = deps.disk.freeBytes()
    if (bytes !== null) free.set(bytes)
    const found = await readBacklog(deps).catch(() => null)
    up.set(found === null ? 0 : 1)
    if (found === null) return
    dirty.set(found.dirty)
    oldest.set(found.oldest_s)
    hints.set(found.hints)
    holds.set(found.holds)
    conflicts.set(found.conflicts)
    unknown.set(found.unknown_writes)
  }
}

const readBacklog = async (deps: HealthDeps): Promise<Backlog | null> => {
  const result = await sql<Backlog>`
    select m.dirty, m.oldest_s, (select count(*) from hint) as hints, (select count(*) from hold) as holds,
           (select count(*) from conflict where settled_at is null) as conflicts,
           (select count(*) from attempt where state = 'unknown') as unknown_writes
    from (select count(*) as dirty,
                 coalesce(extract(epoch from ${deps.runner.now()}::timestamptz - min(dirty_at)), 0)::float8 as oldest_s
          from mirror where dirty_seq > clean_seq) m`.execute(deps.runner.db)
  return result.rows[0] ?? null
}

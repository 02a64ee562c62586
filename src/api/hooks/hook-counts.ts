import { Counter, type Registry } from 'prom-client'

/** What became of deliveries, for `/metrics`, and why a connection's last one was refused, for its screen. */
export interface HookCounts {
  taken(connection: string, taken: 'new' | 'seen'): void
  ignored(connection: string): void
  rejected(connection: string, reason: string, at: Date): void
  failed(connection: string): void
  unknown(): void
  /** Of this process; null when none was refused since its start. */
  lastRejection(connection: string): { readonly at: Date; readonly reason: string } | null
}

export const countHooks = (registry: Registry): HookCounts => {
  const deliveries = new Counter({
    name: 'causeway_hook_deliveries_total',
    help: 'Deliveries by connection and by what became of them',
    // only connections we know: a guessed name must not make a new series
    labelNames: ['connection', 'outcome'],
    registers: [registry],
  })
  const rejections = new Map<string, { at: Date; reason: string }>()
  const count = (connection: string, outcome: string): void => deliveries.inc({ connection, outcome })
  return {
    taken: (connection, taken) => count(connection, taken),
    ignored: (connection) => count(connection, 'ignored'),
    rejected: (connection, reason, at) => {
      rejections.set(connection, { at, reason })
      count(connection, 'rejected')
    },
    failed: (connection) => count(connection, 'failed'),
    unknown: () => count('', 'unknown'),
    lastRejection: (connection) => rejections.get(connection) ?? null,
  }
}

import type { Experiment } from './experiment.ts'
import { ambiguous, outage, poison, refusals, webhooks } from './faults.ts'
import { killedOnFolder, killedOnPostgres } from './killed.ts'
import { bothEdit, bots, leases } from './people-at-once.ts'

export const EXPERIMENTS: readonly Experiment[] = [
  killedOnPostgres,
  killedOnFolder,
  outage,
  refusals,
  ambiguous,
  webhooks,
  leases,
  bothEdit,
  bots,
  poison,
]

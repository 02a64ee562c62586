import type { Experiment } from './experiment.ts'
import { poison } from './faults.ts'
import { killedOnFolder, killedOnPostgres } from './killed.ts'
import { bots, leases } from './people-at-once.ts'
import { outage } from './r4-outage.ts'
import { refusals } from './r5-refusals.ts'
import { ambiguous } from './r6-lost-answers.ts'
import { webhooks } from './r7-stray-webhooks.ts'
import { bothEdit } from './r10-both-edit.ts'

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

import type { Experiment } from './experiment.ts'
import { killedOnPostgres } from './killed.ts'
import { databaseStopped } from './r2-database-stopped.ts'
import { killedOnFolder } from './r2-folder-killed.ts'
import { outage } from './r4-outage.ts'
import { refusals } from './r5-refusals.ts'
import { ambiguous } from './r6-lost-answers.ts'
import { webhooks } from './r7-stray-webhooks.ts'
import { forged } from './r8-forged-webhooks.ts'
import { clocksOff } from './r9-clocks-off.ts'
import { leaseClock } from './r9-lease-clock.ts'
import { bothEdit } from './r10-both-edit.ts'
import { bots } from './r12-bots.ts'
import { poison } from './r17-poison.ts'

export const EXPERIMENTS: readonly Experiment[] = [
  killedOnPostgres,
  databaseStopped,
  killedOnFolder,
  outage,
  refusals,
  ambiguous,
  webhooks,
  forged,
  clocksOff,
  leaseClock,
  bothEdit,
  bots,
  poison,
]

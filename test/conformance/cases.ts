import type { Case } from './case.ts'
import { attachingCases } from './cases/attaching.ts'
import { commentingCases } from './cases/commenting.ts'
import { creatingCases } from './cases/creating.ts'
import { describingCases } from './cases/describing.ts'
import { failingCases } from './cases/failing.ts'
import { pullingCases } from './cases/pulling.ts'
import { ringingCases } from './cases/ringing.ts'
import { updatingCases } from './cases/updating.ts'

/** Everything asked of every connector. */
export const cases: readonly Case[] = [
  ...describingCases,
  ...creatingCases,
  ...updatingCases,
  ...pullingCases,
  ...commentingCases,
  ...attachingCases,
  ...failingCases,
  ...ringingCases,
]

import { describeRound } from './round.ts'

for (const format of ['markdown', 'adf'] as const) describeRound(format)

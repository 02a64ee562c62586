import { describeRound } from './round.ts'

for (const format of ['html', 'wiki', 'textile', 'plain'] as const) describeRound(format)

import type { DemoTool } from '../../src/connectors/demo/fake.ts'

/** Calls sent after a 429 was answered and before its end. Those sent in the same moment were under way already. */
export const earlyCalls = (tool: DemoTool): number => {
  let told = ''
  let early = 0
  for (const call of tool.calls) {
    if (call.outcome === 429 && !call.early) told = call.at
    if (call.early && call.at !== told) early += 1
  }
  return early
}

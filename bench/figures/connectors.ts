import type { Measurement } from '../measuring.ts'
import { connectorCalls } from './connector-calls.ts'
import { firstLoad } from './first-load.ts'
import { richTextSpeed } from './rich-text.ts'

/** What the connectors cost. Nothing of it needs a database, so one engine's turn is enough. */
let isDone = false

export const connectors: Measurement = {
  name: 'connectors',
  title:
    'calls for the ten commonest actions of each connector, the first look at 50,000 items, conversion of rich text',
  postgresOnly: false,
  measure: async (bench) => {
    if (isDone) return []
    isDone = true
    return [
      ...(await connectorCalls(bench.say)),
      ...(await firstLoad(bench)),
      ...(await richTextSpeed(bench)),
    ]
  },
}

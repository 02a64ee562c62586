import { createDemoTool, type DemoTool } from '../../src/connectors/demo/fake.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import { type ServedDemoTool, serveDemoTool } from '../../src/connectors/demo/serve.ts'
import type { DemoKind } from '../../src/connectors/demo/tool/model.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import type { Database } from '../../src/store/database.ts'
import { insertOrganisation, type Road } from '../support/road.ts'

/** A simulated desk and tracker behind real sockets, in this process: real worker processes can die, the tools' ledgers stay. */
export interface ServedTools {
  readonly desk: DemoTool
  readonly tracker: DemoTool
  readonly urls: { readonly desk: string; readonly tracker: string }
  /** `host:port` of each, for the workers' list of private addresses. */
  readonly hosts: readonly string[]
  close(): Promise<void>
}

export const serveTools = async (seed: number): Promise<ServedTools> => {
  const random = seededRandom(seed)
  const tool = (kind: DemoKind): DemoTool =>
    createDemoTool({
      kind,
      name: kind,
      now: () => new Date(),
      random,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    })
  const [desk, tracker] = [tool('desk'), tool('tracker')]
  const served: readonly ServedDemoTool[] = [await serveDemoTool(desk), await serveDemoTool(tracker)]
  const [one = '', two = ''] = served.map(({ url }) => url)
  return {
    desk,
    tracker,
    urls: { desk: one, tracker: two },
    hosts: [one, two].map((url) => new URL(url).host),
    close: async () => void (await Promise.all(served.map((each) => each.close()))),
  }
}

/** The organisation and the two connections, in a database that is migrated and has none yet. */
export const connectTools = (db: Database, tools: ServedTools): Promise<Road['ids']> =>
  insertOrganisation(
    db,
    { ...tools, desk2: null },
    { pollEvery: 1, sweepEvery: 20, urls: tools.urls },
    uuidv7,
    new Date(),
  )

import { createDemoTool, type DemoTool } from '../../src/connectors/demo/fake.ts'
import { demoTools } from '../../src/connectors/demo/instances.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import type { Road, TestClock } from './road.ts'

/** One more desk on a road that has a second one: a team of its own, set up as that one is. Its calls take time of the clock, and its webhooks leave with `deliverHooks`. */
export const addDesk = async (
  road: Road,
  key: string,
  clock: TestClock,
): Promise<{ readonly tool: DemoTool; stop(): void }> => {
  const { db } = road
  const tool = createDemoTool({
    kind: 'desk',
    name: `${key} beside ${road.desk.name}`,
    now: clock.now,
    random: seededRandom(key.length),
    sleep: async (ms) => clock.advance(ms),
    hookDelivery: 'manual',
  })
  demoTools.set(tool.name, tool)
  const id = road.deps.runner.newId()
  const like = await db
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', road.ids.desk2)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('connection')
    .values({
      id,
      key,
      title: key,
      kind: like.kind,
      party: like.party,
      state: 'active',
      settings: JSON.stringify({ instance: tool.name }),
      mapping_version: 1,
      poll_every_s: like.poll_every_s,
      sweep_every_s: like.sweep_every_s,
      created_at: like.created_at,
      updated_at: like.updated_at,
    })
    .execute()
  const mapping = await db
    .selectFrom('mapping')
    .selectAll()
    .where('connection_id', '=', road.ids.desk2)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('mapping')
    .values({
      ...mapping,
      connection_id: id,
      document: JSON.stringify(mapping.document),
      made_by: JSON.stringify(mapping.made_by),
    })
    .execute()
  const stop = tool.subscribe(async (hook) => {
    const remote_id = JSON.parse(Buffer.from(hook.bytes).toString()).item.id
    const hint = { connection_id: id, remote_id, why: 'webhook', lane: 1, received_at: clock.now() }
    await db.insertInto('hint').values(hint).execute()
    return 200
  })
  return {
    tool,
    stop: () => {
      stop()
      demoTools.delete(tool.name)
    },
  }
}

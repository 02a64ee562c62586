import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import type { DemoItem } from '../../src/connectors/demo/tool/model.ts'
import type { Road } from '../support/road.ts'

/** What customers and engineers begin with in the experiments. */

export const newTickets = (desk: DemoTool, count: number, from = 0): readonly DemoItem[] =>
  Array.from({ length: count }, (_, index) =>
    desk.humanCreate(
      {
        container: 'support',
        fields: {
          title: `Trouble ${from + index}`,
          description: `<p>It is ${from + index}</p>`,
          'cf:Product': 'Portal',
          'cf:Severity': 'high',
          requester: 'u-carla',
          'cf:Escalate': 'yes',
        },
      },
      'u-carla',
    ),
  )

export const defectsOf = (road: Road): readonly DemoItem[] =>
  road.tracker.items().filter((item) => item.kind === 'item')

/** Every tool well, and a sweep of each done. */
export const comeToRest = async (road: Road): Promise<void> => {
  for (const tool of [road.desk, road.tracker, ...(road.desk2 === null ? [] : [road.desk2])])
    tool.faults.clear()
  await road.converge(20)
  road.clock.advance(16 * 60_000)
  await road.converge(20)
}

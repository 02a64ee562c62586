import { expect } from 'vitest'
import type { DemoItem } from '../../src/connectors/demo/tool/model.ts'
import { type NeverOptions, violations, writesAtRest } from './never.ts'
import type { Road } from './road.ts'

/** A customer's ticket in the desk. */
export const newTicket = (road: Road, fields: Readonly<Record<string, unknown>> = {}): DemoItem =>
  road.desk.humanCreate(
    {
      container: 'support',
      fields: {
        title: 'Login fails',
        description: '<p>Since this morning</p>',
        'cf:Severity': 'high',
        'cf:Product': 'Portal',
        requester: 'u-carla',
        ...fields,
      },
    },
    'u-carla',
  )

/** A ticket in the desk and the defect in the tracker that answers it, in step. */
export const escalated = async (
  road: Road,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly ticket: string; readonly defect: string }> => {
  await road.converge(3)
  const ticket = newTicket(road, { 'cf:Escalate': 'yes', ...fields })
  await road.converge(5)
  const defect = road.tracker.items().find((item) => item.kind === 'item' && item.marker !== null)
  expect(defect, 'the ticket has a defect').toBeDefined()
  return { ticket: ticket.id, defect: defect?.id ?? '' }
}

/** The seven that must never happen, with the road at rest and every tool well. */
export const expectNothingWrong = async (
  road: Road,
  options: NeverOptions & { readonly restMinutes?: number } = {},
): Promise<void> => {
  const { restMinutes = 20, ...rest } = options
  expect(await violations(road, { atRest: true, ...rest })).toEqual([])
  expect(await writesAtRest(road, restMinutes)).toEqual([])
}

/** Lets polls and a sweep on each side find whatever no webhook told of. */
export const sweepAll = async (road: Road): Promise<void> => {
  await road.converge(5)
  road.clock.advance(16 * 60_000)
  await road.converge(10)
}

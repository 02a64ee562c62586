import type { Static } from 'typebox'
import { removeSample } from '../../commands/remove-sample.ts'
import { beginnings, type SampleReach as Reach, sampleReach, sampleSince } from '../../store/sample.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { NoContent } from '../shapes.ts'
import { iso } from '../times.ts'
import { SampleReach, Start } from './schema.ts'

const tags = ['start']

/** The first steps of a hub, and sample data to look around in. */
export const startRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/start',
    {
      config: { access: 'organisation.read' },
      schema: { tags, summary: 'How far this hub has come', response: { 200: Start } },
    },
    async () =>
      read(deps, async (tx) => {
        const has = await beginnings(tx)
        const since = await sampleSince(tx)
        return {
          isEmpty: has.products + has.customers + has.tickets + has.workItems === 0,
          sample: since === null ? null : { since: iso(since) },
          has,
        }
      }),
  )
  app.post(
    '/api/v1/sample',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'Fill an empty hub with sample data', response: { 204: NoContent } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: deps.addSample,
        input: { me: callerOfRequest(request).personId },
        present: async () => null,
        status: 204,
      }),
  )
  app.get(
    '/api/v1/sample/removal',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'What would go with the sample data', response: { 200: SampleReach } },
    },
    async () => presentReach(await read(deps, sampleReach)),
  )
  app.delete(
    '/api/v1/sample',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'Remove the sample data, and nothing else', response: { 200: SampleReach } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: removeSample,
        input: null,
        present: async (_tx, reach) => presentReach(reach),
      }),
  )
}

const presentReach = (reach: Reach): Static<typeof SampleReach> => ({
  ...reach,
  tickets: reach.tickets.length,
  workItems: reach.workItems.length,
  touched: reach.touched.tickets.length + reach.touched.workItems.length,
})

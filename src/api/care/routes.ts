import { careOf, dismissJump } from '../../commands/watch-contacts.ts'
import type { Tx } from '../../store/database.ts'
import { findRelease } from '../../store/releases.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { ById } from '../shapes.ts'
import { Care, OfJump } from './schema.ts'

const tags = ['releases']

/** Contacts in the hours after a release came out. */
export const careRoutes = (app: App, deps: ApiDeps): void => {
  const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
    const release = await findRelease(tx, id)
    if (release === null) throw new Error(`release ${id} is gone within its own transaction`)
    return asJson(await careOf(tx, release, deps.runner.now()))
  }
  app.get(
    '/api/v1/releases/:id/care',
    {
      config: { access: 'go-live.read' },
      schema: {
        ...{ tags, summary: 'Contacts since it came out, against the same hours of the weeks before' },
        ...{ params: ById, response: { 200: Care } },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const found = await read(deps, async (tx) =>
        (await findRelease(tx, id)) === null ? undefined : presentOf(tx, { id }),
      )
      return found === undefined
        ? sendProblem(reply, problem('not-found', 'There is no such release.'))
        : reply.type('application/json').send(found)
    },
  )
  for (const [name, summary, isDismissed] of [
    ['dismiss', 'A jump of contacts is nothing, or was looked into', true],
    ['reopen', 'It is something after all', false],
  ] as const)
    app.post(
      `/api/v1/releases/:id/care/:jump/${name}`,
      {
        config: { access: 'go-live.plan' },
        schema: { tags, summary, params: OfJump, response: { 200: Care } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command: dismissJump,
          input: { release: request.params.id, jump: request.params.jump, isDismissed },
          present: presentOf,
        }),
    )
}

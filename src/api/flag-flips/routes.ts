import { recordFlip } from '../../commands/record-flip.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedFlip, listFlips } from '../../store/views/flip-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { pageOf } from '../shapes.ts'
import { FlagFlip, FlipQuery, NewFlip } from './schema.ts'

const tags = ['causes']
const present = (flip: ListedFlip) => asJson(flip)

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listFlips(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`flag flip ${id} is gone within its own transaction`)
  return present(found)
}

/** Feature flags that were flipped, as whoever flips them tells of it. */
export const flagFlipRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/flag-flips',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Flips of feature flags, the latest first',
        querystring: FlipQuery,
        response: { 200: pageOf(FlagFlip) },
      },
    },
    async (request, reply) => {
      const { product } = request.query
      const filter = product === undefined ? {} : { productId: product }
      const page = await read(deps, (tx) => listFlips(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/flag-flips',
    {
      config: { access: 'environments.deploy' },
      schema: {
        tags,
        summary: 'Tell of a flag that was flipped; told again it is there once',
        body: NewFlip,
        response: { 201: FlagFlip },
      },
    },
    async (request, reply) => {
      const { at, ...body } = request.body
      const input = { ...body, ...(at === undefined ? {} : { at: new Date(at) }) }
      return answer(deps, request, reply, { command: recordFlip, input, present: presentOf, status: 201 })
    },
  )
}

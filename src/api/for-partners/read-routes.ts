import type { FastifyReply, FastifyRequest } from 'fastify'
import { aboutForPartner } from '../../commands/about-for-partner.ts'
import { changesFor } from '../../commands/changes-for-partner.ts'
import { findFileForPartner } from '../../commands/file-for-partner.ts'
import { readSharedItems } from '../../commands/shared-items.ts'
import type { Partner } from '../../domain/sharing.ts'
import { isId } from '../../lib/ids.ts'
import type { Tx } from '../../store/database.ts'
import { readSettings } from '../../store/settings.ts'
import {
  listSharedRecords,
  productsToShare,
  sharedByMarker,
  sharedRecords,
} from '../../store/shared-records.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { sendFile } from '../attachments/send-file.ts'
import { partnerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ById, Bytes } from '../shapes.ts'
import { presentShared } from './present.ts'
import { About, Changes, ChangesQuery, Items, ItemsQuery, SharedItem } from './schema.ts'

const tags = ['for partners']
const PAGE = 100

/** Where people reach us, as a partner may show it. */
export const addressFor = (deps: ApiDeps, request: FastifyRequest): string =>
  deps.config.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`

export const notThere = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, problem('not-found', 'There is no such item, or it is not shared with you.'))

/** One item as this partner sees it; null: not there, or not shared. */
export const oneSharedItem = async (tx: Tx, partner: Partner, id: string, address: string) => {
  const records = isId(id) ? await sharedRecords(tx, partner, [id]) : []
  const [item] = await readSharedItems(tx, partner, records, address)
  return item === undefined ? null : presentShared(item)
}

/** What another installation reads here, all of it through its policy. */
export const sharedReads = (app: App, deps: ApiDeps): void => {
  app.get(
    '/partner/v1/about',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'What is shared with you', response: { 200: About } },
    },
    async (request, reply) => {
      const partner = partnerOfRequest(request)
      const about = await read(deps, async (tx) =>
        aboutForPartner(partner, {
          settings: await readSettings(tx),
          products: await productsToShare(tx, partner.policy.products),
          host: new URL(addressFor(deps, request)).host,
          version: deps.version,
          maxFileBytes: deps.config.uploadMaxBytes,
        }),
      )
      return reply.send(about)
    },
  )
  app.get(
    '/partner/v1/items',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'All that is shared with you, in a stable order',
        querystring: ItemsQuery,
        response: { 200: Items },
      },
    },
    async (request, reply) => {
      const partner = partnerOfRequest(request)
      const { after, marker, limit = PAGE } = request.query
      if (after !== undefined && !isId(after))
        return sendProblem(reply, problem('invalid', 'This cursor is not one of ours.', { field: '/after' }))
      const page = await read(deps, async (tx) => {
        const records =
          marker === undefined
            ? await listSharedRecords(tx, partner, after ?? null, limit + 1)
            : await sharedByMarker(tx, partner, marker)
        const items = await readSharedItems(tx, partner, records.slice(0, limit), addressFor(deps, request))
        return {
          items: items.map(presentShared),
          next: records.length > limit ? (records[limit - 1]?.id ?? null) : null,
        }
      })
      return reply.send(page)
    },
  )
  app.get(
    '/partner/v1/changes',
    {
      config: { access: 'partner' },
      schema: {
        tags,
        summary: 'What changed since; without `after` it starts now',
        querystring: ChangesQuery,
        response: { 200: Changes },
      },
    },
    async (request, reply) => {
      const partner = partnerOfRequest(request)
      const { after, limit = PAGE } = request.query
      const changes = await read(deps, (tx) =>
        changesFor(tx, partner, after ?? null, limit, addressFor(deps, request)),
      )
      return changes === null
        ? sendProblem(reply, problem('invalid', 'This cursor is not one of ours.', { field: '/after' }))
        : reply.send({
            ...changes,
            items: changes.items.map(presentShared),
            gone: [...changes.gone],
          })
    },
  )
  app.get(
    '/partner/v1/items/:id',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'One item', params: ById, response: { 200: SharedItem } },
    },
    async (request, reply) => {
      const partner = partnerOfRequest(request)
      const item = await read(deps, (tx) =>
        oneSharedItem(tx, partner, request.params.id, addressFor(deps, request)),
      )
      return item === null ? notThere(reply) : reply.send(item)
    },
  )
  app.get(
    '/partner/v1/attachments/:id/content',
    {
      config: { access: 'partner' },
      schema: { tags, summary: 'The bytes of a file', params: ById, response: { 200: Bytes } },
    },
    async (request, reply) => {
      const partner = partnerOfRequest(request)
      const file = await read(deps, (tx) => findFileForPartner(tx, partner, request.params.id))
      const blob = file?.sha256 == null ? null : await deps.blobs.read(file.sha256)
      if (file === null || blob === null)
        return sendProblem(
          reply,
          problem('not-found', 'There is no such file, or it is not shared with you.'),
        )
      return sendFile(reply, file.name, blob)
    },
  )
}

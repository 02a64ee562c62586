import type { Static } from 'typebox'
import { changePartner, renewPartnerToken } from '../../commands/change-partner.ts'
import { createPartner } from '../../commands/create-partner.ts'
import { endPartner } from '../../commands/end-partner.ts'
import { policyChoices, previewForPartner } from '../../commands/preview-for-partner.ts'
import { shareRecord, unshareRecord } from '../../commands/share-record.ts'
import type { Tx } from '../../store/database.ts'
import { findListedPartner, type ListedPartner, listPartners } from '../../store/partners.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { presentShared } from '../for-partners/present.ts'
import { addressFor } from '../for-partners/read-routes.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, PageQuery, pageOf } from '../shapes.ts'
import { iso, isoOrNull } from '../times.ts'
import {
  MadePartner,
  Partner,
  PartnerChange,
  PartnerInput,
  PartnerRecord,
  PolicyChoices,
  Previewed,
  PreviewInput,
  SharedRef,
} from './schema.ts'

const tags = ['partners']

const present = (row: ListedPartner): Static<typeof Partner> => ({
  id: row.id,
  name: row.name,
  policy: {
    ...row.policy,
    products: [...row.policy.products],
    reads: [...row.policy.reads],
    writes: [...row.policy.writes],
    words: [...row.policy.words],
  },
  version: row.version,
  createdAt: iso(row.created_at),
  lastAskedAt: isoOrNull(row.last_asked_at),
  endedAt: isoOrNull(row.ended_at),
  endedBy: row.ended_by,
  hook: row.hook_address === null ? null : { address: row.hook_address, problem: row.hook_problem },
  records: row.records,
})

const presentOne = async (tx: Tx, { id }: { readonly id: string }): Promise<Static<typeof Partner>> => {
  const row = await findListedPartner(tx, id)
  if (row === null) throw new Error(`partner ${id} is gone within its own transaction`)
  return present(row)
}

/** Other companies with a Causeway of their own, and what each sees of ours. */
export const partnerRoutes = (app: App, deps: ApiDeps): void => {
  readRoutes(app, deps)
  changeRoutes(app, deps)
  recordRoutes(app, deps)
}

const readRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/partners',
    {
      config: { access: 'partners.read' },
      schema: {
        tags,
        summary: 'Partners, those that ended last',
        querystring: PageQuery,
        response: { 200: pageOf(Partner) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await read(deps, (tx) => listPartners(tx, pageRequest(request.query))), present),
  )
  app.get(
    '/api/v1/partners/choices',
    {
      config: { access: 'partners.read' },
      schema: { tags, summary: 'What a policy can name', response: { 200: PolicyChoices } },
    },
    async () => policyChoices(),
  )
  app.get(
    '/api/v1/partners/:id',
    {
      config: { access: 'partners.read' },
      schema: { tags, summary: 'One partner', params: ById, response: { 200: Partner } },
    },
    async (request, reply) => {
      const row = await read(deps, (tx) => findListedPartner(tx, request.params.id))
      return row === null
        ? sendProblem(reply, problem('not-found', 'There is no such partner.'))
        : reply.send(present(row))
    },
  )
  app.post(
    '/api/v1/partners/:id/preview',
    {
      config: { access: 'partners.preview' },
      schema: {
        tags,
        summary: 'Exactly what they see of a record, by their policy or by one that is only being thought of',
        params: ById,
        body: PreviewInput,
        response: { 200: Previewed },
      },
    },
    async (request, reply) => {
      const seen = await read(deps, (tx) =>
        previewForPartner(tx, {
          ...{ id: request.params.id, ref: request.body.ref ?? null, policy: request.body.policy ?? null },
          ...{ publicUrl: addressFor(deps, request), reader: staffPartyOf(request) },
        }),
      )
      if (!seen.ok) return sendProblem(reply, seen.error)
      return reply.send({ item: seen.value === null ? null : presentShared(seen.value) })
    },
  )
}

const changeRoutes = (app: App, deps: ApiDeps): void => {
  const access = { access: 'partners.write' } as const
  app.post(
    '/api/v1/partners',
    {
      config: access,
      schema: {
        tags,
        summary: 'Let another company’s Causeway in',
        body: PartnerInput,
        response: { 201: MadePartner },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createPartner,
        input: request.body,
        present: async (tx, { id, token }) => ({ partner: await presentOne(tx, { id }), token }),
        status: 201,
      }),
  )
  app.put(
    '/api/v1/partners/:id',
    {
      config: access,
      schema: {
        tags,
        summary: 'Change what they see and may do, from their next question on',
        params: ById,
        body: PartnerChange,
        response: { 200: Partner },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changePartner,
        input: { id: request.params.id, ...request.body },
        present: presentOne,
      }),
  )
  app.post(
    '/api/v1/partners/:id/token',
    {
      config: access,
      schema: {
        tags,
        summary: 'Give them a new token; the old one ends',
        params: ById,
        response: { 200: MadePartner },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: renewPartnerToken,
        input: { id: request.params.id },
        present: async (tx, { id, token }) => ({ partner: await presentOne(tx, { id }), token }),
      }),
  )
  app.post(
    '/api/v1/partners/:id/end',
    {
      config: access,
      schema: { tags, summary: 'End the sharing at once', params: ById, response: { 200: Partner } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: endPartner,
        input: { id: request.params.id, by: 'us' },
        present: presentOne,
      }),
  )
}

const recordRoutes = (app: App, deps: ApiDeps): void => {
  const access = { access: 'partners.share' } as const
  app.put(
    '/api/v1/partners/:id/records/:ref',
    {
      config: access,
      schema: {
        tags,
        summary: 'Share one record more',
        params: PartnerRecord,
        response: { 200: SharedRef },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: shareRecord,
        input: request.params,
        present: async (_tx, record) => record,
      }),
  )
  app.delete(
    '/api/v1/partners/:id/records/:ref',
    {
      config: access,
      schema: {
        tags,
        summary: 'Share it no longer',
        params: PartnerRecord,
        response: { 200: SharedRef },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: unshareRecord,
        input: request.params,
        present: async (_tx, record) => record,
      }),
  )
}

import { takeInBill } from '../../commands/take-in-bill.ts'
import type { Tx } from '../../store/database.ts'
import {
  type ListedPackage,
  listBills,
  listPackages,
  type ShownBill,
} from '../../store/views/package-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { Bill, BillQuery, Bills, Document, Package, PackageQuery } from './schema.ts'

const tags = ['releases']

/** A bill of a large image is some megabytes. */
const MAX_BYTES = 32 * 1024 * 1024

const orNull = (build: string): string | null => (build === '' ? null : build)
const present = ({ build, ...one }: ListedPackage) => asJson({ ...one, build: orNull(build) })
const presentBill = ({ build, ...bill }: ShownBill) => asJson({ ...bill, build: orNull(build) })

/** What builds contain: told by pipelines, asked when a package turns out to be bad. */
export const packageRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/releases/:id/bill',
    {
      config: { access: 'releases.write' },
      bodyLimit: MAX_BYTES,
      schema: {
        tags,
        summary: 'Say what a build contains, by its bill of materials; the last one told counts',
        params: ById,
        querystring: BillQuery,
        body: Document,
        response: { 200: Bill },
      },
    },
    async (request, reply) => {
      const release = request.params.id
      return answer(deps, request, reply, {
        command: takeInBill,
        input: { release, build: request.query.build ?? null, document: request.body },
        present: async (tx: Tx, { id }: { readonly id: string }) => {
          const told = (await listBills(tx, release)).find((bill) => bill.id === id)
          if (told === undefined) throw new Error(`bill ${id} is gone within its own transaction`)
          return presentBill(told)
        },
      })
    },
  )
  app.get(
    '/api/v1/releases/:id/bills',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Bills of materials of a release, the last told first',
        params: ById,
        response: { 200: Bills },
      },
    },
    async (request, reply) =>
      reply.send({ items: (await read(deps, (tx) => listBills(tx, request.params.id))).map(presentBill) }),
  )
  app.get(
    '/api/v1/packages',
    {
      config: { access: 'releases.read' },
      schema: {
        tags,
        summary: 'Packages by name, each in every release that contains it, with how many run that',
        querystring: PackageQuery,
        response: { 200: pageOf(Package) },
      },
    },
    async (request, reply) => {
      const { text, version, release } = request.query
      const filter = {
        ...(text === undefined ? {} : { text }),
        ...(version === undefined ? {} : { version }),
        ...(release === undefined ? {} : { releaseId: release }),
      }
      const page = await read(deps, (tx) => listPackages(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
}

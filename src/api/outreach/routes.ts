import { changeOutreachPolicy, changeTemplate } from '../../commands/change-outreach.ts'
import {
  approveNotices,
  type DecidedNotices,
  dismissNotices,
  holdNotices,
  type OfNotices,
  restoreNotices,
} from '../../commands/decide-notices.ts'
import { editNotice } from '../../commands/edit-notice.ts'
import { templateFor } from '../../commands/notice-facts.ts'
import type { Command } from '../../commands/run-command.ts'
import { coverageOf } from '../../domain/notice-coverage.ts'
import { NOTICE_PLACES } from '../../domain/notice-words.ts'
import { OUTREACH_STANDINGS } from '../../domain/outreach.ts'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import type { Tx } from '../../store/database.ts'
import { listPolicies, ownTemplates, type TemplateKey } from '../../store/outreach.ts'
import { countNotices, type ListedNotice, listNotices } from '../../store/views/notice-list.ts'
import { outreachReport, reachedTickets } from '../../store/views/outreach-report.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { isoOrNull } from '../times.ts'
import {
  Decided,
  Dismissal,
  NewPolicy,
  NewTemplate,
  NewWords,
  Notice,
  NoticeCounts,
  NoticeQuery,
  OutreachOfRelease,
  Policies,
  ReportedTicket,
  SeenNotices,
  TemplateOf,
  Templates,
} from './schema.ts'

const tags = ['outreach']

const present = ({ version, ...notice }: ListedNotice) => asJson({ ...notice, revision: version })

/** What customers are told of a release that reaches them: what is proposed, let go, held back, sent. */
export const outreachRoutes = (app: App, deps: ApiDeps): void => {
  readRoutes(app, deps)
  decideRoutes(app, deps)
  editRoute(app, deps)
  settingRoutes(app, deps)
}

const readRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/outreach',
    {
      config: { access: 'outreach.read' },
      schema: {
        tags,
        summary: 'Messages to customers about releases, the latest proposed first',
        querystring: NoticeQuery,
        response: { 200: pageOf(Notice) },
      },
    },
    async (request, reply) => {
      const { state, standing, release, product, customer } = request.query
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(standing === undefined ? {} : { standing }),
        ...(release === undefined ? {} : { releaseId: release }),
        ...(product === undefined ? {} : { productId: product }),
        ...(customer === undefined ? {} : { customerId: customer }),
      }
      const page = await read(deps, (tx) => listNotices(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.get(
    '/api/v1/outreach/counts',
    {
      config: { access: 'outreach.read' },
      schema: { tags, summary: 'How many messages wait, of all releases', response: { 200: NoticeCounts } },
    },
    async (_request, reply) =>
      reply.send({ items: [...(await read(deps, (tx) => countNotices(tx, { releaseId: null })))] }),
  )
  app.get(
    '/api/v1/releases/:id/outreach',
    {
      config: { access: 'outreach.read' },
      schema: {
        tags,
        summary: 'How many messages there are about a release, and how many customers were told in time',
        params: ById,
        response: { 200: OutreachOfRelease },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const [items, reached] = await read(deps, async (tx) => [
        await countNotices(tx, { releaseId: id }),
        await reachedTickets(tx, id),
      ])
      return reply.send({ items: [...items], coverage: coverageOf(reached, deps.runner.now()) })
    },
  )
  app.get(
    '/api/v1/releases/:id/outreach/report',
    {
      config: { access: 'outreach.read' },
      schema: {
        tags,
        summary: 'Each fix of a release, the tickets behind it, and who was told when by whom, or why not',
        params: ById,
        querystring: PageQuery,
        response: { 200: pageOf(ReportedTicket) },
      },
    },
    async (request, reply) => {
      const page = await read(deps, (tx) => outreachReport(tx, request.params.id, pageRequest(request.query)))
      return sendPage(reply, page, asJson)
    },
  )
}

const presentDecided = async (_tx: Tx, { done, left, goesAt }: DecidedNotices) => ({
  done: [...done],
  left: left.map((one) => ({ ...one })),
  goesAt: isoOrNull(goesAt),
})

const seen = (notices: readonly { readonly id: string; readonly revision?: number }[]) =>
  notices.map(({ id, revision }) => ({ id, ...versionOf(revision) }))

const STEPS: readonly {
  readonly path: string
  readonly summary: string
  readonly command: Command<OfNotices, DecidedNotices>
}[] = [
  {
    path: 'send',
    summary: 'Let messages go as they were read; for some seconds that can be taken back by holding them',
    command: approveNotices,
  },
  { path: 'hold', summary: 'Keep messages that are about to go', command: holdNotices },
  { path: 'restore', summary: 'Propose dismissed messages again', command: restoreNotices },
]

const decideRoutes = (app: App, deps: ApiDeps): void => {
  for (const { path, summary, command } of STEPS)
    app.post(
      `/api/v1/outreach/${path}`,
      {
        config: { access: 'outreach.send' },
        schema: { tags, summary, body: SeenNotices, response: { 200: Decided } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command,
          input: { notices: seen(request.body.notices) },
          present: presentDecided,
        }),
    )
  app.post(
    '/api/v1/outreach/dismiss',
    {
      config: { access: 'outreach.send' },
      schema: {
        tags,
        summary: 'Do not tell these customers, and propose it no more',
        body: Dismissal,
        response: { 200: Decided },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: dismissNotices,
        input: { notices: seen(request.body.notices), why: request.body.why ?? null },
        present: presentDecided,
      }),
  )
}

const editRoute = (app: App, deps: ApiDeps): void => {
  app.patch(
    '/api/v1/outreach/:id',
    {
      config: { access: 'outreach.send' },
      schema: {
        tags,
        summary: 'Write one message by hand, or as the template has it',
        params: ById,
        body: NewWords,
        response: { 200: Notice },
      },
    },
    async (request, reply) => {
      const { revision, text } = request.body
      return answer(deps, request, reply, {
        command: editNotice,
        input: { id: request.params.id, text, ...versionOf(revision) },
        present: async (tx, { id }) => {
          const page = await listNotices(tx, { id }, { after: null, limit: 1 })
          const found = page.ok ? page.value.items[0] : undefined
          if (found === undefined) throw new Error(`notice ${id} is gone within its own transaction`)
          return present(found)
        },
      })
    },
  )
}

const shownTemplates = async (tx: Tx) => {
  const templates = await ownTemplates(tx)
  return {
    places: [...NOTICE_PLACES],
    items: OUTREACH_STANDINGS.flatMap((standing) =>
      SETTING_LANGUAGES.map((language) => ({
        ...{ standing, language, text: templateFor({ templates }, standing, language) },
        isOwn: templates.has(`${standing}|${language}` satisfies TemplateKey),
      })),
    ),
  }
}

const shownPolicies = async (tx: Tx) => ({
  items: (await listPolicies(tx)).map(({ product, policy }) => ({
    product,
    policy: { modes: { ...policy.modes }, delayMinutes: policy.delayMinutes },
  })),
})

const settingRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/outreach/templates',
    {
      config: { access: 'outreach.read' },
      schema: { tags, summary: 'What messages are written with', response: { 200: Templates } },
    },
    async (_request, reply) => reply.send(await read(deps, shownTemplates)),
  )
  app.put(
    '/api/v1/outreach/templates/:standing/:language',
    {
      config: { access: 'outreach.write' },
      schema: {
        tags,
        summary: 'Change a template; what waits is written anew with it',
        params: TemplateOf,
        body: NewTemplate,
        response: { 200: Templates },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeTemplate,
        input: { ...request.params, text: request.body.text },
        present: shownTemplates,
      }),
  )
  app.get(
    '/api/v1/outreach/policies',
    {
      config: { access: 'outreach.read' },
      schema: { tags, summary: 'What is proposed, and what goes by itself', response: { 200: Policies } },
    },
    async (_request, reply) => reply.send(await read(deps, shownPolicies)),
  )
  app.put(
    '/api/v1/outreach/policies',
    {
      config: { access: 'outreach.write' },
      schema: {
        tags,
        summary: 'Say what is proposed and what goes by itself, for a product or for all',
        body: NewPolicy,
        response: { 200: Policies },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeOutreachPolicy,
        input: request.body,
        present: shownPolicies,
      }),
  )
}

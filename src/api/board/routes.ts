import type { Static } from 'typebox'
import { setWipLimit } from '../../commands/set-wip-limit.ts'
import { type BOARD_COLUMNS, readBoard } from '../../store/views/board.ts'
import { ownWork } from '../../store/views/own-work.ts'
import { countTriage, listTriage } from '../../store/views/triage-list.ts'
import type { WorkCard as Card, WorkFilter } from '../../store/views/work-card.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { NoContent, pageOf } from '../shapes.ts'
import {
  Board,
  BoardQuery,
  ByColumn,
  OwnWork,
  TriageCounts,
  TriageCountsQuery,
  TriageQuery,
  WipLimit,
  WorkCard,
  type WorkFilters,
} from './schema.ts'

const tags = ['work items']
/** Cards of a column when nobody says how many. */
const CARDS = 20

const presentCard = <C extends Card>({ version, ...card }: C) => asJson({ ...card, revision: version })

const idOf = (value: string): string | null => (value === 'nobody' ? null : value)

const filterOf = (query: Static<typeof WorkFilters>): WorkFilter => {
  const { team, assignee, component, product, release, kind, text } = query
  return {
    ...(team === undefined ? {} : { teamId: idOf(team) }),
    ...(assignee === undefined ? {} : { assigneeId: idOf(assignee) }),
    ...(release === undefined ? {} : { releaseId: idOf(release) }),
    ...(component === undefined ? {} : { componentId: component }),
    ...(product === undefined ? {} : { productId: product }),
    ...(kind === undefined ? {} : { kind }),
    ...(text === undefined ? {} : { text }),
  }
}

/** The screens of those who do the work: the board, the queue of triage, and what is one's own. */
export const boardRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/board',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'Work under way in its columns, the first cards of each, with the limits of a team',
        querystring: BoardQuery,
        response: { 200: Board },
      },
    },
    async (request, reply) => {
      const { query } = request
      const now = deps.runner.now()
      const cards = {
        triage: query.triage ?? CARDS,
        backlog: query.backlog ?? CARDS,
        ready: query.ready ?? CARDS,
        started: query.started ?? CARDS,
        'in review': query['in review'] ?? CARDS,
        verifying: query.verifying ?? CARDS,
        done: query.done ?? CARDS,
      } satisfies Record<(typeof BOARD_COLUMNS)[number], number>
      const columns = await read(deps, (tx) => readBoard(tx, { filter: filterOf(query), cards, now }))
      return reply.send({ columns: columns.map((one) => ({ ...one, cards: one.cards.map(presentCard) })) })
    },
  )
  const triageOf = (query: Static<typeof TriageCountsQuery>, personId: string | null) => ({
    ...filterOf(query),
    ...(query.mine === true && personId !== null ? { memberId: personId } : {}),
  })
  app.get(
    '/api/v1/triage',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary:
          'What waits in triage: expedited first, then the worst for customers, then who waits longest',
        querystring: TriageQuery,
        response: { 200: pageOf(WorkCard) },
      },
    },
    async (request, reply) => {
      const { query } = request
      const { personId } = callerOfRequest(request)
      const filter = { ...triageOf(query, personId), snoozed: query.snoozed === true }
      const page = await read(deps, (tx) => listTriage(tx, filter, pageRequest(query), deps.runner.now()))
      return sendPage(reply, page, presentCard)
    },
  )
  app.get(
    '/api/v1/triage/counts',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'How much waits in triage, and how much is put off',
        querystring: TriageCountsQuery,
        response: { 200: TriageCounts },
      },
    },
    async (request, reply) => {
      const filter = { ...triageOf(request.query, callerOfRequest(request).personId), snoozed: false }
      return reply.send(await read(deps, (tx) => countTriage(tx, filter, deps.runner.now())))
    },
  )
  app.get(
    '/api/v1/my-work',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'What the caller has in hand, the nearest promise first',
        response: { 200: OwnWork },
      },
    },
    async (request, reply) => {
      const { personId } = callerOfRequest(request)
      const items = personId === null ? [] : await read(deps, (tx) => ownWork(tx, personId))
      return reply.send({ items: items.map(presentCard) })
    },
  )
  app.put(
    '/api/v1/teams/:ref/wip-limits/:state',
    {
      config: { access: 'board.limits' },
      schema: {
        tags: ['teams'],
        summary: 'How many cards a team has in one column of the board at once',
        params: ByColumn,
        body: WipLimit,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: setWipLimit,
        input: { team: request.params.ref, state: request.params.state, most: request.body.most },
        present: async () => null,
        status: 204,
      }),
  )
}

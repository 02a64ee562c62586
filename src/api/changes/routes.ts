import type { Static } from 'typebox'
import type { ChangeFields } from '../../commands/change-fields.ts'
import { openChange } from '../../commands/open-change.ts'
import { rewriteChange } from '../../commands/rewrite-change.ts'
import { isEnded } from '../../domain/change.ts'
import { CHANGE_STATES } from '../../domain/words.ts'
import { readChangeRules } from '../../store/change-rules.ts'
import { findChange } from '../../store/changes.ts'
import type { Tx } from '../../store/database.ts'
import { type ChangeFilter, listChanges } from '../../store/views/change-list.ts'
import { type HistoryEntry, recordHistory } from '../../store/views/record-history.ts'
import { findWorkItem } from '../../store/work-items.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { gateFor, presentChange, presentListed } from './present.ts'
import { Change, ChangeEdit, ChangeEvent, ChangeQuery, Gate, ListedChange, NewChange } from './schema.ts'

const tags = ['changes']
const NO_CHANGE = problem('not-found', 'There is no such change.')
const OPEN = CHANGE_STATES.filter((state) => !isEnded(state))

type Written = Omit<Static<typeof ChangeEdit>, 'revision'>

const fieldsOf = ({ window, ...written }: Written): ChangeFields => ({
  ...written,
  ...(window === undefined
    ? {}
    : { window: window === null ? null : { from: new Date(window.from), to: new Date(window.to) } }),
})

export const presentChangeOf =
  (deps: ApiDeps) =>
  async (tx: Tx, { id }: { readonly id: string }) => {
    const found = await presentChange(tx, id, deps.runner.now())
    if (found === null) throw new Error(`change ${id} is gone within its own transaction`)
    return found
  }

const presentEvent = (entry: HistoryEntry) => asJson(entry)

/** What is asked for; null: it names a work item that is not there. */
const filterOf = async (
  tx: Tx,
  query: Static<typeof ChangeQuery>,
  { personId }: Caller,
): Promise<ChangeFilter | null> => {
  const { state, open, kind, product, environment, release, workItem, owner, mine, late, text } = query
  const item = workItem === undefined ? undefined : await findWorkItem(tx, workItem)
  if (item === null) return null
  return {
    ...(state === undefined ? (open === true ? { states: OPEN } : {}) : { states: [state] }),
    ...(kind === undefined ? {} : { kind }),
    ...(product === undefined ? {} : { productId: product }),
    ...(environment === undefined ? {} : { environmentId: environment }),
    ...(release === undefined ? {} : { releaseId: release }),
    ...(item === undefined ? {} : { workItemId: item.id }),
    ...(owner === undefined ? {} : { ownerId: owner }),
    ...(mine === true && personId !== null
      ? { waitsFor: { personId, rules: await readChangeRules(tx) } }
      : {}),
    ...(late === true ? { isLate: true } : {}),
    ...(text === undefined ? {} : { text }),
  }
}

/** What is added, altered or removed, from the first draft to what was learnt. */
export const changeRoutes = (app: App, deps: ApiDeps): void => {
  const present = presentChangeOf(deps)
  app.get(
    '/api/v1/changes',
    {
      config: { access: 'changes.read' },
      schema: {
        tags,
        summary: 'Changes, the latest first',
        querystring: ChangeQuery,
        response: { 200: pageOf(ListedChange) },
      },
    },
    async (request, reply) => {
      const page = await read(deps, async (tx) => {
        const filter = await filterOf(tx, request.query, callerOfRequest(request))
        return filter === null ? null : listChanges(tx, filter, deps.runner.now(), pageRequest(request.query))
      })
      return page === null
        ? sendProblem(reply, problem('not-found', 'There is no such work item.'))
        : sendPage(reply, page, presentListed)
    },
  )
  app.post(
    '/api/v1/changes',
    {
      config: { access: 'changes.write' },
      schema: {
        tags,
        summary:
          'Open a change: a normal one as a draft, an emergency asking for keys, a standard one from its model',
        body: NewChange,
        response: { 201: Change },
      },
    },
    async (request, reply) => {
      const { kind, product, model, title, reason, ...written } = request.body
      const input = {
        ...fieldsOf(written),
        kind,
        product,
        title,
        reason,
        ...(model === undefined ? {} : { model }),
      }
      return answer(deps, request, reply, { command: openChange, input, present, status: 201 })
    },
  )
  app.patch(
    '/api/v1/changes/:ref',
    {
      config: { access: 'changes.write' },
      schema: {
        tags,
        summary: 'Write it anew; keys are void where plan, window or parts change',
        params: ByRef,
        body: ChangeEdit,
        response: { 200: Change },
      },
    },
    async (request, reply) => {
      const { revision, ...written } = request.body
      const input = { change: request.params.ref, set: fieldsOf(written), ...versionOf(revision) }
      return answer(deps, request, reply, { command: rewriteChange, input, present })
    },
  )
  readRoutes(app, deps)
}

const readRoutes = (app: App, deps: ApiDeps): void => {
  const config = { access: 'changes.read' } as const
  app.get(
    '/api/v1/changes/:ref',
    {
      config,
      schema: { tags, summary: 'One change', params: ByRef, response: { 200: Change } },
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => presentChange(tx, request.params.ref, deps.runner.now()))
      return found === null ? sendProblem(reply, NO_CHANGE) : reply.send(found)
    },
  )
  app.get(
    '/api/v1/changes/:ref/gate',
    {
      config,
      schema: {
        tags,
        summary: 'Whether it may be carried out now, and if not, why and until when',
        params: ByRef,
        response: { 200: Gate },
      },
    },
    async (request, reply) => {
      const gate = await read(deps, async (tx) => {
        const change = await findChange(tx, request.params.ref)
        return change === null ? null : gateFor(tx, change, deps.runner.now())
      })
      return gate === null ? sendProblem(reply, NO_CHANGE) : reply.send(gate)
    },
  )
  app.get(
    '/api/v1/changes/:ref/history',
    {
      config,
      schema: {
        tags,
        summary: 'What happened to it, the latest first',
        params: ByRef,
        querystring: PageQuery,
        response: { 200: pageOf(ChangeEvent) },
      },
    },
    async (request, reply) => {
      const page = await read(deps, async (tx) => {
        const change = await findChange(tx, request.params.ref)
        return change === null
          ? null
          : recordHistory(tx, { kind: 'change', id: change.id }, pageRequest(request.query))
      })
      return page === null ? sendProblem(reply, NO_CHANGE) : sendPage(reply, page, presentEvent)
    },
  )
}

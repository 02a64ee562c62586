import { changeWorkItem } from '../../commands/change-work-item.ts'
import { createWorkItem } from '../../commands/create-work-item.ts'
import type { StaffParty } from '../../domain/audience.ts'
import type { Tx } from '../../store/database.ts'
import { listWorkItems } from '../../store/views/work-item-list.ts'
import { workItemView } from '../../store/views/work-item-view.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { listedByWords } from '../asked.ts'
import { callerOfRequest, staffPartyOf } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { optionalMarkdown, readMarkdown } from '../words.ts'
import { workItemFilterOf } from './input.ts'
import { presentListedWorkItem, presentWorkItem } from './present.ts'
import { ListedWorkItem, NewWorkItem, WorkItem, WorkItemChange, WorkItemQuery } from './schema.ts'

const tags = ['work items']

export const presentWorkItemOf = (party: StaffParty) => async (tx: Tx, value: { readonly id: string }) => {
  const view = await workItemView(tx, value.id, party)
  if (view === null) throw new Error(`work item ${value.id} is gone within its own transaction`)
  return presentWorkItem(view)
}

export const workItemRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/work-items',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'Work items, the latest changed first',
        querystring: WorkItemQuery,
        response: { 200: pageOf(ListedWorkItem) },
      },
    },
    async (request, reply) => {
      const filter = workItemFilterOf(request.query, callerOfRequest(request), deps.runner.now())
      const page = await read(deps, (tx) =>
        listedByWords(tx, 'work item', filter, (found) =>
          listWorkItems(tx, found, pageRequest(request.query)),
        ),
      )
      return sendPage(reply, page, presentListedWorkItem)
    },
  )
  app.get(
    '/api/v1/work-items/:ref',
    {
      config: { access: 'work-items.read' },
      schema: {
        tags,
        summary: 'One work item, with the tickets behind it',
        params: ByRef,
        response: { 200: WorkItem },
      },
    },
    async (request, reply) => {
      const view = await read(deps, (tx) => workItemView(tx, request.params.ref, staffPartyOf(request)))
      return view === null
        ? sendProblem(reply, problem('not-found', 'There is no such work item.'))
        : reply.send(presentWorkItem(view))
    },
  )
  app.post(
    '/api/v1/work-items',
    {
      config: { access: 'work-items.write' },
      schema: {
        tags,
        summary: 'Write down work that engineering found itself',
        body: NewWorkItem,
        response: { 201: WorkItem },
      },
    },
    async (request, reply) => {
      const { description, ...body } = request.body
      return answer(deps, request, reply, {
        command: createWorkItem,
        input: { ...body, description: readMarkdown(description) },
        present: presentWorkItemOf(staffPartyOf(request)),
        status: 201,
      })
    },
  )
  app.patch(
    '/api/v1/work-items/:ref',
    {
      config: { access: 'work-items.write' },
      schema: {
        tags,
        summary: 'Change what a work item says and whose it is; its state has steps of its own',
        params: ByRef,
        body: WorkItemChange,
        response: { 200: WorkItem },
      },
    },
    async (request, reply) => {
      const { revision, set } = request.body
      const { description, ...rest } = set
      return answer(deps, request, reply, {
        command: changeWorkItem,
        input: {
          workItem: request.params.ref,
          ...versionOf(revision),
          set: { ...rest, ...optionalMarkdown(description) },
        },
        present: presentWorkItemOf(staffPartyOf(request)),
      })
    },
  )
}

import { addReleaseNote } from '../../commands/add-release-note.ts'
import { changeReleaseNote, stepReleaseNote } from '../../commands/change-release-note.ts'
import { draftReleaseNotes } from '../../commands/draft-release-notes.ts'
import { noteKindOf } from '../../domain/release-note.ts'
import type { Tx } from '../../store/database.ts'
import { type ListedNote, listReleaseNotes, listUnnoted } from '../../store/views/release-note-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, PageQuery, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import {
  Drafted,
  NewNote,
  NoteChange,
  NoteDrafts,
  NoteQuery,
  NoteStepBody,
  ReleaseNote,
  UnnotedWork,
} from './schema.ts'

const tags = ['releases']

const present = ({ version, ...note }: ListedNote) => asJson({ ...note, revision: version })

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listReleaseNotes(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`note ${id} is gone within its own transaction`)
  return present(found)
}

/** What a release changes for those who use it, and what support says about it. */
export const releaseNoteRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/notes',
    {
      config: { access: 'release-notes.read' },
      schema: {
        tags,
        summary: 'What users of a release will notice, in the order it was written down',
        params: ById,
        querystring: NoteQuery,
        response: { 200: pageOf(ReleaseNote) },
      },
    },
    async (request, reply) => {
      const { kind, state } = request.query
      const filter = {
        releaseId: request.params.id,
        ...(kind === undefined ? {} : { kinds: [kind] }),
        ...(state === undefined ? {} : { states: [state] }),
      }
      const page = await read(deps, (tx) => listReleaseNotes(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/releases/:id/notes',
    {
      config: { access: 'release-notes.write' },
      schema: {
        tags,
        summary: 'Write a note: a draft',
        params: ById,
        body: NewNote,
        response: { 201: ReleaseNote },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: addReleaseNote,
        input: { release: request.params.id, ...request.body },
        present: presentOf,
        status: 201,
      }),
  )
  draftRoutes(app, deps)
  app.patch(
    '/api/v1/release-notes/:id',
    {
      config: { access: 'release-notes.write' },
      schema: {
        tags,
        summary: 'Change a note; one that was approved waits for an approval again',
        params: ById,
        body: NoteChange,
        response: { 200: ReleaseNote },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeReleaseNote,
        input: { note: request.params.id, set: request.body.set, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
  for (const [step, summary] of [
    ['propose', 'Ask support to approve it'],
    ['approve', 'Support can answer for it'],
    ['withdraw', 'One step back: from approved to proposed, from proposed to draft'],
    ['remove', 'Take it off the release'],
    ['restore', 'Bring back one that was removed, as a draft'],
  ] as const)
    app.post(
      `/api/v1/release-notes/:id/${step}`,
      {
        config: { access: step === 'approve' ? 'release-notes.approve' : 'release-notes.write' },
        schema: { tags, summary, params: ById, body: NoteStepBody, response: { 200: ReleaseNote } },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command: stepReleaseNote,
          input: { note: request.params.id, step, ...versionOf(request.body.revision) },
          present: presentOf,
        }),
    )
}

const draftRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/releases/:id/notes/missing',
    {
      config: { access: 'release-notes.read' },
      schema: {
        tags,
        summary: 'Defects and features of a release without a note',
        params: ById,
        querystring: PageQuery,
        response: { 200: pageOf(UnnotedWork) },
      },
    },
    async (request, reply) => {
      const filter = { releaseId: request.params.id }
      const page = await read(deps, (tx) => listUnnoted(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, (work) => ({ ...work, noteKind: noteKindOf(work) }))
    },
  )
  app.post(
    '/api/v1/releases/:id/notes/drafts',
    {
      config: { access: 'release-notes.write' },
      schema: {
        tags,
        summary: 'A draft for each of these work items, with what engineering wrote of it',
        params: ById,
        body: NoteDrafts,
        response: { 201: Drafted },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: draftReleaseNotes,
        input: { release: request.params.id, workItems: request.body.workItems },
        present: async (_tx, { ids }) => ({ ids: [...ids] }),
        status: 201,
      }),
  )
}

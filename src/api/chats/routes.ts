import { changeChat, createChat } from '../../commands/keep-chat.ts'
import { type ListedChat, listChats } from '../../store/chats.ts'
import type { Tx } from '../../store/database.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { Chat, ChatChange, ChatQuery, NewChat } from './schema.ts'

const tags = ['chats']

const present = ({ version, ...chat }: ListedChat) =>
  asJson({ ...chat, path: `/hooks/chat/${chat.id}`, revision: version })

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listChats(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`chat ${id} is gone within its own transaction`)
  return present(found)
}

/** Chat tools in which our people may ask. What they ask comes to /hooks/chat. */
export const chatRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/chats',
    {
      config: { access: 'connections.read' },
      schema: {
        tags,
        summary: 'Chat tools in which our people may ask, by name',
        querystring: ChatQuery,
        response: { 200: pageOf(Chat) },
      },
    },
    async (request, reply) => {
      const { archived } = request.query
      const filter = archived === undefined ? {} : { archived }
      return sendPage(
        reply,
        await read(deps, (tx) => listChats(tx, filter, pageRequest(request.query))),
        present,
      )
    },
  )
  app.post(
    '/api/v1/chats',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Let our people ask from a chat tool',
        body: NewChat,
        response: { 201: Chat },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: createChat(deps.master),
        input: request.body,
        present: presentOf,
        status: 201,
      }),
  )
  app.patch(
    '/api/v1/chats/:id',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Rename it, give it another secret, or end it',
        params: ById,
        body: ChatChange,
        response: { 200: Chat },
      },
    },
    async (request, reply) => {
      const { revision, ...set } = request.body
      return answer(deps, request, reply, {
        command: changeChat(deps.master),
        input: { id: request.params.id, set, ...versionOf(revision) },
        present: presentOf,
      })
    },
  )
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Command } from '../../commands/run-command.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Result } from '../../lib/result.ts'
import type { Page, PageRequest } from '../../store/cursor.ts'
import type { Tx } from '../../store/database.ts'
import type { RuleName } from '../access.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { type PageQuery, pageOf } from '../shapes.ts'

/** The organisation's nouns are listed, made and changed in the same way; they differ in their members. */
export interface NounAt {
  readonly path: string
  /** In words: `customer`. */
  readonly one: string
  readonly read: RuleName
  readonly write: RuleName
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

export const listRoute = <Q extends TSchema, I extends TSchema>(
  app: App,
  deps: ApiDeps,
  at: NounAt,
  query: Q,
  item: I,
  rows: (tx: Tx, query: Static<Q>, page: PageRequest) => Promise<Result<Page<unknown>, Refusal>>,
): void => {
  app.get(
    `/api/v1/${at.path}`,
    {
      config: { access: at.read },
      schema: {
        tags: [at.path],
        summary: `All of them by name: each ${at.one}`,
        querystring: query,
        response: { 200: pageOf(item) },
      },
    },
    async (request: FastifyRequest, reply: FastifyReply) => {
      // checked by the schema of this very route
      const asked = request.query as Static<Q>
      const page = await read(deps, (tx) => rows(tx, asked, pageRequest(asked as PageQuery)))
      return sendPage(reply, page, asJson)
    },
  )
}

export const createRoute = <B extends TSchema, T>(
  app: App,
  deps: ApiDeps,
  at: NounAt,
  body: B,
  made: TSchema,
  commandFor: (caller: Caller) => Command<Static<B>, T>,
): void => {
  app.post(
    `/api/v1/${at.path}`,
    {
      config: { access: at.write },
      schema: { tags: [at.path], summary: `Make ${withArticle(at.one)}`, body, response: { 201: made } },
    },
    async (request: FastifyRequest, reply: FastifyReply) =>
      answer(deps, request, reply, {
        command: commandFor(callerOfRequest(request)),
        input: request.body as Static<B>,
        present: async (_tx, value) => value,
        status: 201,
      }),
  )
}

export const changeRoute = <B extends TSchema, I, T>(
  app: App,
  deps: ApiDeps,
  at: NounAt,
  body: B,
  made: TSchema,
  commandFor: (caller: Caller) => Command<I, T>,
  inputOf: (ref: string, set: Static<B>) => I,
): void => {
  app.patch(
    `/api/v1/${at.path}/:ref`,
    {
      config: { access: at.write },
      schema: {
        tags: [at.path],
        summary: `Change ${withArticle(at.one)}, archive it or bring it back`,
        params: ByRef,
        body,
        response: { 200: made },
      },
    },
    async (request: FastifyRequest, reply: FastifyReply) =>
      answer(deps, request, reply, {
        command: commandFor(callerOfRequest(request)),
        input: inputOf((request.params as Static<typeof ByRef>).ref, request.body as Static<B>),
        present: async (_tx, value) => value,
      }),
  )
}

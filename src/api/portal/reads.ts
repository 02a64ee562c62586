import type { FastifyRequest } from 'fastify'
import { fits, tellingWords } from '../../domain/likely-request.ts'
import { type Naming, namingOf } from '../../domain/naming.ts'
import { publish } from '../../domain/publish.ts'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import { conversation, findPortalFile } from '../../store/portal/conversation.ts'
import { lastAnswers, requestsWithWords } from '../../store/portal/likely-requests.ts'
import { listColleagues, listOffers } from '../../store/portal/offers.ts'
import { findRequest, requestIdOf } from '../../store/portal/one-request.ts'
import type { PortalTx } from '../../store/portal/portal-database.ts'
import { listRequests } from '../../store/portal/request-list.ts'
import type { App } from '../app.ts'
import { sendFile } from '../attachments/send-file.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ByRef } from '../record-shapes.ts'
import { ById, Bytes, pageOf } from '../shapes.ts'
import {
  plainWords,
  presentEntry,
  presentLikely,
  presentListedRequest,
  presentRequest,
  sendPublic,
} from './present.ts'
import * as s from './schema.ts'

export const PORTAL_TAGS = ['portal']
const access = 'portal.read'

/** Reads with the rights of the portal, within what exists for whoever asks. */
export const readFor = <T>(
  deps: ApiDeps,
  request: FastifyRequest,
  read: (tx: PortalTx) => Promise<T>,
): Promise<T> => {
  const { reach } = callerOfRequest(request)
  if (reach === null) throw new Error('a colleague asked a route of the portal')
  return deps.readAsPortal(reach, read)
}

/** What stands for our names, in the language of whoever asks. */
const namingFor = (request: FastifyRequest): Naming => {
  const { settings, language } = callerOfRequest(request)
  const wanted = /^[a-z]{2}/i.exec(request.headers['accept-language'] ?? '')?.[0].toLowerCase()
  return namingOf(settings, language ?? settings.language ?? SETTING_LANGUAGES.find((one) => one === wanted))
}

export const missingRequest = problem('not-found', 'There is no such request.')
const MOST_LIKELY = 6
/** A word that both happen to have is no likeness. */
const LIKELY_FROM = 30

/** What customers read: their requests, what was said around them, what they may ask about. */
export const portalReads = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/portal/requests',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary:
          'Your requests, the latest changed first; those of the whole organisation for who looks after it',
        querystring: s.RequestQuery,
        response: { 200: pageOf(s.ListedRequest) },
      },
    },
    async (request, reply) => {
      const { state, open, text } = request.query
      // whoever sees only their own: the reach says so already, but by this an index finds them
      const person = request.query.person ?? callerOfRequest(request).reach?.contactId ?? undefined
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(open === undefined ? {} : { isOpen: open }),
        ...(person === undefined ? {} : { personId: person }),
        ...(text === undefined ? {} : { text }),
      }
      const page = await readFor(deps, request, (tx) => listRequests(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, presentListedRequest)
    },
  )
  app.get(
    '/api/v1/portal/requests/:ref',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'One request',
        params: ByRef,
        response: { 200: s.PortalRequest },
      },
    },
    async (request, reply) => {
      const row = await readFor(deps, request, (tx) => findRequest(tx, request.params.ref))
      return row === null
        ? sendProblem(reply, missingRequest)
        : sendPublic(reply, presentRequest(row, namingFor(request)))
    },
  )
  app.get(
    '/api/v1/portal/requests/:ref/timeline',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'What was said and what came of a request, the latest first',
        params: ByRef,
        querystring: s.RequestPage,
        response: { 200: pageOf(s.PortalEntry) },
      },
    },
    async (request, reply) => {
      const page = await readFor(deps, request, async (tx) => {
        const id = await requestIdOf(tx, request.params.ref)
        return id === null ? null : conversation(tx, id, pageRequest(request.query))
      })
      return page === null
        ? sendProblem(reply, missingRequest)
        : sendPage(reply, page, (entry) => presentEntry(entry, namingFor(request)))
    },
  )
  app.get(
    '/api/v1/portal/files/:id/content',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'The bytes of a file, as a download',
        params: ById,
        response: { 200: Bytes },
      },
    },
    async (request, reply) => {
      const file = await readFor(deps, request, (tx) => findPortalFile(tx, request.params.id))
      if (file === null) return sendProblem(reply, problem('not-found', 'There is no such file.'))
      const blob = file.sha256 === null ? null : await deps.blobs.read(file.sha256)
      if (blob === null)
        return sendProblem(
          reply,
          problem(
            'wrong-state',
            file.state === 'refused'
              ? 'This file cannot be had from where it was sent. Ask for it in a reply.'
              : 'The bytes are still on their way. Try again in a minute.',
          ),
        )
      return sendFile(reply, file.name, blob)
    },
  )
  app.get(
    '/api/v1/portal/likely',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Requests of yours that sound like what you are about to ask, with what we said to them',
        querystring: s.LikelyQuery,
        response: { 200: s.Likely },
      },
    },
    async (request, reply) => {
      const words = tellingWords(request.query.text)
      const items = await readFor(deps, request, async (tx) => {
        const likely = (await requestsWithWords(tx, words))
          .map((row) => ({
            row,
            score: fits(words, { title: row.title, text: plainWords(row.description) }),
          }))
          .filter(({ score }) => score >= LIKELY_FROM)
          .sort((a, b) => b.score - a.score)
          .slice(0, MOST_LIKELY)
          .map(({ row }) => row)
        // read of those alone that are shown
        const answers = await lastAnswers(
          tx,
          likely.map(({ id }) => id),
        )
        return likely.map((row) =>
          presentLikely({ ...row, answer: answers.get(row.id) ?? null }, namingFor(request)),
        )
      })
      return sendPublic(reply, publish({ items }))
    },
  )
  app.get(
    '/api/v1/portal/products',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'What you may ask about, with what we want to know about it and where it runs at yours',
        response: { 200: s.Offers },
      },
    },
    async (request, reply) =>
      sendPublic(reply, publish({ products: await readFor(deps, request, listOffers) })),
  )
  app.get(
    '/api/v1/portal/people',
    {
      config: { access },
      schema: {
        tags: PORTAL_TAGS,
        summary: 'Who of your organisation asks, as far as you see their requests',
        response: { 200: s.Colleagues },
      },
    },
    async (request, reply) =>
      sendPublic(reply, publish({ items: await readFor(deps, request, listColleagues) })),
  )
}

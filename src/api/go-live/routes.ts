import { decideGoLive } from '../../commands/decide-go-live.ts'
import { goLiveStanding } from '../../commands/go-live-standing.ts'
import { addDuty, addFollower, removeDuty, removeFollower } from '../../commands/plan-care.ts'
import { setGoLiveRules } from '../../commands/set-go-live-rules.ts'
import { signRelease, withdrawSign } from '../../commands/sign-release.ts'
import { changedSince } from '../../domain/go-live.ts'
import type { Tx } from '../../store/database.ts'
import { goLiveRules, signedParts } from '../../store/go-live.ts'
import { findRelease } from '../../store/releases.ts'
import { decisionsOf, peopleOfGoLive } from '../../store/views/go-live.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { ByRef } from '../record-shapes.ts'
import { ById } from '../shapes.ts'
import { signedBy, unsignedBy } from './granted.ts'
import { Decide, GoLive, NewDuty, NewFollower, OfDuty, OfFollower, Rules, Sign, Unsign } from './schema.ts'

const tags = ['releases']

const findGoLive = async (tx: Tx, id: string, now: Date) => {
  const release = await findRelease(tx, id)
  if (release === null) return null
  const { rules, measured, signOffs } = await goLiveStanding(tx, release, now)
  const parts = await signedParts(tx, id)
  const { rota, followers } = await peopleOfGoLive(tx, id)
  return asJson({
    ...{ id, rules, criteria: measured, decisions: await decisionsOf(tx, id), rota, followers },
    signOffs: signOffs.map((one) => ({
      ...{ role: one.role, person: { id: one.person_id, name: one.person_name }, note: one.note },
      ...{ at: one.signed_at, changed: changedSince(one.signed, parts) },
    })),
  })
}

/** What is asked of a release before it goes live, who signed, what was decided, and who is there afterwards. */
export const goLiveRoutes = (app: App, deps: ApiDeps): void => {
  const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
    const found = await findGoLive(tx, id, deps.runner.now())
    if (found === null) throw new Error(`release ${id} is gone within its own transaction`)
    return found
  }
  const one = (summary: string) => ({ tags, summary, params: ById, response: { 200: GoLive } })
  app.get(
    '/api/v1/releases/:id/go-live',
    {
      config: { access: 'go-live.read' },
      schema: one('Its criteria as they are measured now, sign-offs, decisions'),
    },
    async (request, reply) => {
      const found = await read(deps, (tx) => findGoLive(tx, request.params.id, deps.runner.now()))
      return found === null
        ? sendProblem(reply, problem('not-found', 'There is no such release.'))
        : reply.send(found)
    },
  )
  app.post(
    '/api/v1/releases/:id/sign',
    {
      config: { access: 'go-live.sign' },
      schema: { ...one('Sign for a role, for what the release is now'), body: Sign },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: signedBy(callerOfRequest(request), signRelease),
        input: { release: request.params.id, ...request.body },
        present: presentOf,
      }),
  )
  app.post(
    '/api/v1/releases/:id/unsign',
    { config: { access: 'go-live.sign' }, schema: { ...one('Take a sign-off back'), body: Unsign } },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: unsignedBy(callerOfRequest(request), withdrawSign),
        input: { release: request.params.id, ...request.body },
        present: presentOf,
      }),
  )
  app.post(
    '/api/v1/releases/:id/decide',
    {
      config: { access: 'go-live.decide' },
      schema: { ...one('Go or no-go, kept with what is measured and signed at this moment'), body: Decide },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: decideGoLive,
        input: { release: request.params.id, ...request.body },
        present: presentOf,
      }),
  )
  careRoutes(app, deps, presentOf)
  ruleRoutes(app, deps)
}

type Present = (
  tx: Tx,
  value: { readonly id: string },
) => Promise<NonNullable<Awaited<ReturnType<typeof findGoLive>>>>

const careRoutes = (app: App, deps: ApiDeps, present: Present): void => {
  const config = { access: 'go-live.plan' } as const
  app.post(
    '/api/v1/releases/:id/rota',
    {
      config,
      schema: {
        ...{ tags, summary: 'Somebody is there in these hours after it came out' },
        ...{ params: ById, body: NewDuty, response: { 200: GoLive } },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: addDuty,
        input: { release: request.params.id, ...request.body },
        present,
      }),
  )
  app.delete(
    '/api/v1/releases/:id/rota/:duty',
    {
      config,
      schema: { tags, summary: 'Take somebody off the rota', params: OfDuty, response: { 200: GoLive } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: removeDuty,
        input: { release: request.params.id, duty: request.params.duty },
        present,
      }),
  )
  app.post(
    '/api/v1/releases/:id/followers',
    {
      config,
      schema: {
        ...{ tags, summary: 'A person or a team follows the release' },
        ...{ params: ById, body: NewFollower, response: { 200: GoLive } },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: addFollower,
        input: { release: request.params.id, ...request.body },
        present,
      }),
  )
  app.delete(
    '/api/v1/releases/:id/followers/:follower',
    {
      config,
      schema: { tags, summary: 'They follow it no more', params: OfFollower, response: { 200: GoLive } },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: removeFollower,
        input: { release: request.params.id, follower: request.params.follower },
        present,
      }),
  )
}

const ruleRoutes = (app: App, deps: ApiDeps): void => {
  app.put(
    '/api/v1/products/:ref/go-live',
    {
      config: { access: 'go-live.rules' },
      schema: {
        ...{ tags: ['products'], summary: 'Say what a product asks of its releases before they go live' },
        ...{ params: ByRef, body: Rules, response: { 200: Rules } },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: setGoLiveRules,
        input: { product: request.params.ref, rules: request.body },
        present: async (tx, { id }) => {
          const { criteria, roles, ...rules } = await goLiveRules(tx, id)
          return { ...rules, criteria: [...criteria], roles: [...roles] }
        },
      }),
  )
}

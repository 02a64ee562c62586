import type { FakeHooks } from './hooks.ts'
import { pageOf } from './lists.ts'
import type { FakeAnswer, FakeRequest } from './routes.ts'
import { type Origins, shownDelivery, shownHook } from './show.ts'
import { type FakeHook, type FakeRepository, type FakeState, nextId } from './state.ts'

/** Webhooks of a pretended repository, and their deliveries. */

export interface HookCall {
  readonly state: FakeState
  readonly request: FakeRequest
  readonly origins: Origins
  readonly hooks: FakeHooks
  readonly nowMs: number
}

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}

const configOf = (given: unknown, before: FakeHook['config']): FakeHook['config'] => {
  const { url, content_type: contentType, secret } = members(given)
  return {
    url: typeof url === 'string' ? url : before.url,
    contentType: typeof contentType === 'string' ? contentType : before.contentType,
    secret: typeof secret === 'string' ? secret : before.secret,
  }
}

const eventsOf = (given: unknown): readonly string[] => (Array.isArray(given) ? given.map(String) : ['push'])

const FORBIDDEN: FakeAnswer = {
  status: 403,
  json: { message: 'Resource not accessible by personal access token', documentation_url: '' },
}
const NOT_FOUND: FakeAnswer = { status: 404, json: { message: 'Not Found', documentation_url: '' } }

const register = (call: HookCall, at: FakeRepository): FakeAnswer => {
  const given = members(call.request.body)
  const config = configOf(given['config'], { url: '', contentType: 'form', secret: '' })
  if (at.hooks.some((each) => each.config.url === config.url))
    return {
      status: 422,
      json: {
        message: 'Validation Failed',
        errors: [{ resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' }],
        documentation_url: '',
      },
    }
  const hook: FakeHook = {
    id: nextId(call.state),
    active: given['active'] !== false,
    events: eventsOf(given['events']),
    config,
    deliveries: [],
    createdMs: call.nowMs,
  }
  at.hooks.push(hook)
  return { status: 201, json: shownHook(at, hook, call.origins), wrote: 'hook' }
}

export const hookCall = (call: HookCall, at: FakeRepository, rest: readonly string[]): FakeAnswer => {
  const { state, request, origins, hooks } = call
  if (!state.mayKeepHooks) return FORBIDDEN
  const [key, noun, delivery, verb] = rest
  if (key === undefined) {
    if (request.method === 'POST') return register(call, at)
    return { status: 200, json: pageOf(at.hooks, request.query).map((each) => shownHook(at, each, origins)) }
  }
  const hook = at.hooks.find((each) => String(each.id) === key)
  if (hook === undefined) return NOT_FOUND
  if (noun === 'deliveries' && verb === 'attempts')
    return hooks.again(at, hook, Number(delivery)) ? { status: 202, json: {} } : NOT_FOUND
  if (noun === 'deliveries')
    return {
      status: 200,
      json: pageOf(hook.deliveries, request.query).map((each) => shownDelivery(at, each)),
    }
  if (request.method === 'DELETE') {
    at.hooks.splice(at.hooks.indexOf(hook), 1)
    return { status: 204, wrote: 'hook' }
  }
  const given = members(request.body)
  hook.active = given['active'] === undefined ? hook.active : given['active'] === true
  if (given['events'] !== undefined) hook.events = eventsOf(given['events'])
  hook.config = configOf(given['config'], hook.config)
  return { status: 200, json: shownHook(at, hook, origins), wrote: 'hook' }
}

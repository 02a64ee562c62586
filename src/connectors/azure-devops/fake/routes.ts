import {
  commentRoute,
  commentsRoute,
  downloadRoute,
  patchNode,
  pieceRoute,
  saveSubscription,
  updatesRoute,
  uploadRoute,
} from './element-routes.ts'
import {
  type FakeAnswer,
  type FakeRequest,
  type Handler,
  itemNamed,
  list,
  ok,
  projectNamed,
  refusalAnswer,
  type World,
} from './exchange.ts'
import { showSubscription } from './hooks.ts'
import { batchRoute, createRoute, patchRoute, queryRoute, revisionsRoute } from './item-routes.ts'
import { showItem, showNode, showProject, showType, showTypeField } from './show.ts'
import { type FakeUser, INTEGRATION, identity } from './state.ts'
import { Refused, typeNamed } from './write.ts'

/** The addresses of the pretended tool. */

const WIT = '/_apis/wit'
const ROUTES: readonly (readonly [string, string, Handler])[] = [
  [
    'GET',
    '/_apis/connectionData',
    () =>
      ok({
        authenticatedUser: {
          id: INTEGRATION.id,
          providerDisplayName: INTEGRATION.displayName,
          properties: { Account: { $type: 'System.String', $value: INTEGRATION.uniqueName } },
        },
        deploymentType: 'hosted',
      }),
  ],
  [
    'GET',
    '/_apis/projects',
    ({ state }) => list(state.projects.filter(({ name }) => !state.hidden.has(name)).map(showProject)),
  ],
  [
    'GET',
    '/_apis/projects/:/teams',
    (world, _, [id]) => list([{ id: `team-${projectNamed(world, id).id}`, name: 'Team' }]),
  ],
  [
    'GET',
    '/_apis/projects/:/teams/:/members',
    ({ state }) => list(state.users.map((one: FakeUser) => ({ identity: identity(one) }))),
  ],
  [
    'GET',
    `/:${WIT}/workitemtypes`,
    (world, _, [project]) => {
      projectNamed(world, project)
      return list(world.state.types.map((type) => showType(world.state, type)))
    },
  ],
  [
    'GET',
    `/:${WIT}/workitemtypes/:/fields`,
    ({ state }, _, [, type]) => list(typeNamed(state, type).fields.map((name) => showTypeField(state, name))),
  ],
  [
    'GET',
    `${WIT}/fields`,
    ({ state }) =>
      list(
        state.fields.map(({ referenceName, name, type, readOnly }) => ({
          ...{ referenceName, name, readOnly, isIdentity: type === 'identity', usage: 'workItem' },
          type: type === 'identity' ? 'string' : type,
        })),
      ),
  ],
  [
    'GET',
    `/:${WIT}/classificationnodes/Areas`,
    (world, _, [project]) => ok(showNode(projectNamed(world, project).areas, 'area')),
  ],
  [
    'GET',
    `/:${WIT}/classificationnodes/Iterations`,
    (world, _, [project]) => ok(showNode(projectNamed(world, project).iterations, 'iteration')),
  ],
  ['PATCH', `/:${WIT}/classificationnodes/Iterations/*`, patchNode],
  ['POST', `/:${WIT}/workitems/$:`, createRoute],
  [
    'GET',
    `${WIT}/workitems/:`,
    (world, request, [id]) =>
      ok(showItem(itemNamed(world, id), world.base, request.query.get('$expand') === 'relations')),
  ],
  ['PATCH', `${WIT}/workitems/:`, patchRoute],
  ['POST', `${WIT}/workitemsbatch`, batchRoute],
  ['POST', `${WIT}/wiql`, queryRoute],
  ['GET', `/:${WIT}/reporting/workitemrevisions`, revisionsRoute],
  ['GET', `/:${WIT}/workItems/:/comments`, commentsRoute],
  ['POST', `/:${WIT}/workItems/:/comments`, commentsRoute],
  ['PATCH', `/:${WIT}/workItems/:/comments/:`, commentRoute],
  ['DELETE', `/:${WIT}/workItems/:/comments/:`, commentRoute],
  ['GET', `${WIT}/workItems/:/updates`, updatesRoute],
  ['POST', `/:${WIT}/attachments`, uploadRoute],
  ['PUT', `/:${WIT}/attachments/:`, pieceRoute],
  ['GET', `${WIT}/attachments/:`, downloadRoute],
  [
    'GET',
    '/_apis/hooks/subscriptions',
    ({ state }) => list([...state.subscriptions].map(([id, one]) => showSubscription(id, one))),
  ],
  ['POST', '/_apis/hooks/subscriptions', saveSubscription],
  ['PUT', '/_apis/hooks/subscriptions/:', saveSubscription],
  ['DELETE', '/_apis/hooks/subscriptions/:', saveSubscription],
]

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/([:*])/)
      .map((part) => (part === ':' ? '([^/]+)' : part === '*' ? '(.+)' : escaped(part)))
      .join('')}$`,
  )
const COMPILED = ROUTES.map(([method, template, handler]) => ({
  method,
  pattern: patternOf(template),
  handler,
  isDeep: template.endsWith('*'),
}))

/** A query, a batch and an upload change nothing that is seen. */
export const isWrite = (method: string, path: string): boolean =>
  method !== 'GET' && !/\/(wiql|workitemsbatch|attachments(\/[^/]+)?)$/.test(path)

export const answer = (world: World, request: FakeRequest): FakeAnswer => {
  for (const { method, pattern, handler, isDeep } of COMPILED) {
    const found = method === request.method ? pattern.exec(request.path) : null
    if (found === null) continue
    const parts = found
      .slice(1)
      .map((part, index) => (isDeep && index === found.length - 2 ? part : decodeURIComponent(part)))
    try {
      return handler(world, request, parts)
    } catch (error) {
      if (error instanceof Refused) return refusalAnswer(error)
      throw error
    }
  }
  return { status: 404, json: { message: `The controller for path '${request.path}' was not found.` } }
}

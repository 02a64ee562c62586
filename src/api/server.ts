import { randomBytes } from 'node:crypto'
import swagger from '@fastify/swagger'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'
import Fastify, { type FastifyReply, type FastifyRequest, LogController, type RouteOptions } from 'fastify'
import { Registry } from 'prom-client'
import { acceptanceRoutes } from './acceptance/routes.ts'
import { isRule, type RuleName } from './access.ts'
import type { App } from './app.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { backupRoutes } from './backup/routes.ts'
import { boardRoutes } from './board/routes.ts'
import { bookingRoutes } from './bookings/routes.ts'
import { bugOrFeatureRoutes } from './bug-or-feature/routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { guard } from './caller.ts'
import { careRoutes } from './care/routes.ts'
import { causeRoutes } from './causes/routes.ts'
import { changeModelRoutes } from './change-models/routes.ts'
import { changeRuleRoutes } from './change-rules/routes.ts'
import { changeRoutes } from './changes/routes.ts'
import { changeStepRoutes } from './changes/step-routes.ts'
import { chatRoutes } from './chats/routes.ts'
import { ciSourceRoutes } from './ci-sources/routes.ts'
import { commentRoutes } from './comments/routes.ts'
import { configurationRoutes } from './configuration/routes.ts'
import { conflictRoutes } from './conflicts/routes.ts'
import { matchRoutes } from './connections/match-routes.ts'
import { connectionRoutes } from './connections/routes.ts'
import { connectorRoutes } from './connectors/routes.ts'
import { crossingRoutes } from './crossings/routes.ts'
import { deploymentRoutes } from './deployments/routes.ts'
import type { ApiDeps } from './deps.ts'
import { enhancementRoutes } from './enhancements/routes.ts'
import { environmentRoutes } from './environments/routes.ts'
import { onError, onMissing, onUnroutable, ProblemSchema, problem, sendProblem } from './errors.ts'
import { escalationRoutes } from './escalations/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { flagFlipRoutes } from './flag-flips/routes.ts'
import { sharedReads } from './for-partners/read-routes.ts'
import { sharedWrites } from './for-partners/write-routes.ts'
import { forecastRoutes } from './forecast/routes.ts'
import { freezeRoutes } from './freezes/routes.ts'
import { goLiveRoutes } from './go-live/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { holdRoutes } from './holds/routes.ts'
import { chatHookRoutes } from './hooks/chat-routes.ts'
import { ciHookRoutes } from './hooks/ci-routes.ts'
import { countHooks } from './hooks/hook-counts.ts'
import { hookRoutes } from './hooks/routes.ts'
import { lostAnswerRoutes } from './lost-answers/routes.ts'
import { macroRoutes } from './macros/routes.ts'
import { mappingRoutes } from './mappings/routes.ts'
import { mentionRoutes } from './mentions/routes.ts'
import { metricsRoutes } from './metrics/routes.ts'
import { mirrorRoutes } from './mirrors/routes.ts'
import { knowMoments } from './moment-format.ts'
import { providerRoutes } from './oidc/routes.ts'
import { openApiDocument, openApiOptions } from './openapi.ts'
import { operationId } from './operation-id.ts'
import { requestFormRoutes } from './organisation/form-routes.ts'
import { organisationRoutes } from './organisation/routes.ts'
import { outreachRoutes } from './outreach/routes.ts'
import { packageRoutes } from './packages/routes.ts'
import { partnerRoutes } from './partners/routes.ts'
import { portalReads } from './portal/reads.ts'
import { portalWrites } from './portal/writes.ts'
import { releaseNewsRoutes } from './release-news/routes.ts'
import { releaseNoteRoutes } from './release-notes/routes.ts'
import { releaseRoutes } from './releases/routes.ts'
import { repositoryRoutes } from './repositories/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { resetRoutes } from './second-factor/reset-routes.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { sessionCookie } from './session/cookie.ts'
import { forgottenRoutes } from './session/forgotten-routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { startRoutes } from './start/routes.ts'
import { statusRoutes } from './status/routes.ts'
import { syncRoutes } from './sync/routes.ts'
import { ticketDeskRoutes } from './tickets/desk-routes.ts'
import { ticketEscalationRoutes } from './tickets/escalation-routes.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { ticketStepRoutes } from './tickets/step-routes.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { toldRoutes } from './told/routes.ts'
import { traceRoutes } from './trace/routes.ts'
import { viewRoutes } from './views/routes.ts'
import { webRoutes } from './web/routes.ts'
import { workItemLinkRoutes } from './work-items/link-routes.ts'
import { workItemRoutes } from './work-items/routes.ts'
import { workItemStepRoutes } from './work-items/step-routes.ts'

/** A route that exists, as the access test and the API's description see it. */
export interface KnownRoute {
  readonly method: string
  readonly url: string
  readonly access: RuleName
}

export interface Server {
  readonly app: App
  readonly routes: readonly KnownRoute[]
}

/** 1 MiB holds every JSON body; files are streamed and have a limit of their own. */
const BODY_MAX_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 120_000
/** An e-mail address names a person or a contact. */
const LONGEST_PARAM = 320

export const buildServer = async (deps: ApiDeps, log: FastifyBaseLogger): Promise<Server> => {
  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    genReqId: requestIds(),
    // who calls: limits and the audit log count by it. Nobody's word is taken for it but that of the proxies named
    trustProxy: deps.config.trustedProxies.length > 0 && [...deps.config.trustedProxies],
    requestTimeout: REQUEST_TIMEOUT_MS,
    // a stop waits for requests under way, not for idle connections that browsers keep open
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    frameworkErrors: onUnroutable,
    routerOptions: { maxParamLength: LONGEST_PARAM },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'ignore',
  }).withTypeProvider<TypeBoxTypeProvider>()
  knowMoments()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(onError)
  app.setNotFoundHandler(onMissing)

  const routes: KnownRoute[] = []
  app.addHook('onRoute', (route) => {
    routes.push(...knownRoutes(route))
    nameOperation(route)
    describeProblems(route)
  })
  app.decorateRequest('caller', null)
  app.decorateRequest('partner', null)
  const cookie = sessionCookie(deps.config.publicUrl?.startsWith('https:') ?? false)
  app.addHook('onRequest', guard(deps.runner.db, deps.runner.now, cookie))
  app.addHook('onRequest', refuseWritesWhenFull(deps))
  // a step that needs no words may come without a body
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {}
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
  app.addSchema(ProblemSchema)
  await app.register(swagger, openApiOptions(deps))
  openApiDocument(app)
  const registry = new Registry()
  const hookCounts = countHooks(registry)
  metricsRoutes(app, deps, registry)
  healthRoutes(app, deps)
  signInRoutes(app, deps)
  sessionRoutes(app, deps, cookie)
  forgottenRoutes(app, deps)
  secondFactorRoutes(app, deps)
  resetRoutes(app, deps)
  settingsRoutes(app, deps)
  startRoutes(app, deps)
  auditRoutes(app, deps)
  providerRoutes(app, deps, cookie)
  tokenRoutes(app, deps)
  organisationRoutes(app, deps)
  requestFormRoutes(app, deps)
  releaseRoutes(app, deps)
  packageRoutes(app, deps)
  releaseNoteRoutes(app, deps)
  goLiveRoutes(app, deps)
  careRoutes(app, deps)
  forecastRoutes(app, deps)
  acceptanceRoutes(app, deps)
  traceRoutes(app, deps)
  bugOrFeatureRoutes(app, deps)
  environmentRoutes(app, deps)
  deploymentRoutes(app, deps)
  ciSourceRoutes(app, deps)
  chatRoutes(app, deps)
  repositoryRoutes(app, deps)
  bookingRoutes(app, deps)
  changeRoutes(app, deps)
  changeStepRoutes(app, deps)
  changeModelRoutes(app, deps)
  changeRuleRoutes(app, deps)
  freezeRoutes(app, deps)
  causeRoutes(app, deps)
  flagFlipRoutes(app, deps)
  calendarRoutes(app, deps)
  outreachRoutes(app, deps)
  enhancementRoutes(app, deps)
  ticketRoutes(app, deps)
  ticketStepRoutes(app, deps)
  ticketDeskRoutes(app, deps)
  macroRoutes(app, deps)
  mentionRoutes(app, deps)
  releaseNewsRoutes(app, deps)
  timelineRoutes(app, deps)
  await attachmentRoutes(app, deps)
  portalReads(app, deps)
  await portalWrites(app, deps)
  statusRoutes(app, deps)
  backupRoutes(app, deps)
  ticketEscalationRoutes(app, deps)
  commentRoutes(app, deps)
  workItemRoutes(app, deps)
  workItemStepRoutes(app, deps)
  workItemLinkRoutes(app, deps)
  boardRoutes(app, deps)
  escalationRoutes(app, deps)
  connectionRoutes(app, deps, hookCounts)
  matchRoutes(app, deps)
  connectorRoutes(app, deps)
  mappingRoutes(app, deps)
  lostAnswerRoutes(app, deps)
  crossingRoutes(app, deps)
  mirrorRoutes(app, deps)
  holdRoutes(app, deps)
  conflictRoutes(app, deps)
  syncRoutes(app, deps)
  configurationRoutes(app, deps)
  searchRoutes(app, deps)
  exportRoutes(app, deps)
  partnerRoutes(app, deps)
  sharedReads(app, deps)
  await sharedWrites(app, deps)
  viewRoutes(app, deps)
  eventRoutes(app, deps)
  await hookRoutes(app, deps, hookCounts)
  await ciHookRoutes(app, deps, hookCounts)
  await chatHookRoutes(app, deps, hookCounts)
  await toldRoutes(app, deps)
  webRoutes(app)
  await app.ready()
  return { app, routes }
}

/** Throws for a route without a rule: it must not become reachable. */
export const knownRoutes = (route: RouteOptions): readonly KnownRoute[] => {
  const access = route.config?.access
  if (!isRule(access))
    throw new Error(`The route ${route.method} ${route.url} names no access rule (src/api/access.ts).`)
  return [route.method].flat().map((method) => ({ method, url: route.url, access }))
}

const nameOperation = (route: RouteOptions): void => {
  const [method = ''] = [route.method].flat()
  if (route.schema !== undefined) Object.assign(route.schema, { operationId: operationId(method, route.url) })
}

/** Whatever else a route answers, it may answer a problem. */
const describeProblems = (route: RouteOptions): void => {
  if (route.schema === undefined || !route.url.startsWith('/api/v1/')) return
  const problems = {
    description: 'Refused, or failed',
    content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
  }
  route.schema.response = { ...(route.schema.response as object | undefined), default: problems }
}

/** Unique over restarts and processes, and cheap: a webhook is not worth 16 random bytes. */
const requestIds = (): (() => string) => {
  const process = randomBytes(6).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return `${process}-${count}`
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** With the embedded engine the records live on the disk that is nearly full: nothing more is written to it. */
const refuseWritesWhenFull =
  (deps: ApiDeps) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const writes = deps.engine === 'embedded' && !READS.has(request.method)
    if (!writes || !deps.disk.isNearlyFull() || request.routeOptions.config.evenWhenFull) {
      done()
      return
    }
    sendProblem(
      reply,
      problem(
        'storage-full',
        'The disk is nearly full, so nothing more is written. Free some space; nothing else needs doing.',
      ),
    )
  }

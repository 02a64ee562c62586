import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { ConnectorFacts } from '../../configuration/connector-facts.ts'
import type { App } from '../app.ts'
import { Check } from '../connections/schema.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { ByKind, type CanDo, ConnectorKind, DraftInput, Guide } from './schema.ts'

const tags = ['connectors']

/** What the settings are when nobody says otherwise. */
const defaultsOf = (settings: object): Readonly<Record<string, unknown>> => {
  const properties: unknown = 'properties' in settings ? settings.properties : undefined
  if (typeof properties !== 'object' || properties === null) return {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, member]: [string, unknown]) =>
      typeof member === 'object' && member !== null && 'default' in member ? [[name, member.default]] : [],
    ),
  )
}

const canDo = (facts: ConnectorFacts): Static<typeof CanDo> | null => {
  const can = facts.capabilitiesOf(defaultsOf(facts.settings))
  if (can === null) return null
  const { pageSize: _, findLagSeconds: __, ...shown } = can
  return { ...shown, records: [...can.records], writes: [...can.writes] }
}

const present = (facts: ConnectorFacts): Static<typeof ConnectorKind> => ({
  kind: facts.kind,
  title: facts.title,
  party: facts.party,
  settings: facts.settings,
  secretFields: [...facts.secretFields],
  can: canDo(facts),
})

/** The kinds of tool there are: their settings as schemas, what they can do, how one sets them up. */
export const connectorRoutes = (app: App, deps: ApiDeps): void => {
  const noSuch = problem('not-found', 'There is no such kind of tool.')
  app.get(
    '/api/v1/connectors',
    {
      config: { access: 'connections.read' },
      schema: {
        tags,
        summary: 'Kinds of tool that can be connected, with the schemas of their settings',
        response: { 200: Type.Object({ items: Type.Array(ConnectorKind), next: Type.Null() }) },
      },
    },
    async () => ({
      items: deps.kinds.all.flatMap((kind) => {
        const facts = deps.kinds.factsOf(kind)
        return facts === null ? [] : [present(facts)]
      }),
      next: null,
    }),
  )
  app.get(
    '/api/v1/connectors/:kind/guide',
    {
      config: { access: 'connections.read' },
      schema: {
        tags,
        summary: 'How to set such a tool up, what is what, what it cannot do',
        params: ByKind,
        response: { 200: Guide },
      },
    },
    async (request, reply) => {
      const markdown = await deps.tools.guide(request.params.kind)
      return markdown === null ? sendProblem(reply, noSuch) : { markdown }
    },
  )
  app.post(
    '/api/v1/connectors/:kind/check',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'Ask a tool whether these settings are right, without saving them',
        params: ByKind,
        body: DraftInput,
        response: { 200: Check },
      },
    },
    async (request, reply) => {
      const { settings, secrets = {}, connection = null } = request.body
      const checked = await deps.tools.checkDraft({
        kind: request.params.kind,
        settings,
        secrets,
        connection,
      })
      return checked === null ? sendProblem(reply, noSuch) : { ...checked, problems: [...checked.problems] }
    },
  )
}

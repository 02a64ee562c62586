import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { exportedSettings } from '../../commands/export-configuration.ts'
import { unknown } from '../../commands/outcome.ts'
import type { Command } from '../../commands/run-command.ts'
import { type SaveConnection, type SavedConnection, saveConnection } from '../../commands/save-connection.ts'
import { toStoredConfiguration } from '../../commands/stored-configuration.ts'
import type { Mapping as StoredMapping } from '../../commands/tool-desk.ts'
import { type ConnectionWanted, recordOf } from '../../configuration/configuration.ts'
import { mappingDifferences } from '../../configuration/difference.ts'
import { loadConfigurationRows } from '../../store/configuration.ts'
import { findConnection, loadMapping } from '../../store/connections.ts'
import { mappingVersion, mappingVersions } from '../../store/views/mapping-versions.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import { ByKey } from '../connections/schema.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { PageQuery, pageOf } from '../shapes.ts'
import { originOf, presentMapping, presentOurs, presentPreview, presentVersion } from './present.ts'
import {
  ByVersion,
  Compared,
  CompareQuery,
  ConnectionConfiguration,
  type ConnectionInput,
  Described,
  type Mapping,
  Previewed,
  PreviewInput,
  Restore,
  Saved,
  SaveInput,
  Version,
} from './schema.ts'

const tags = ['connections']
const noSuch = problem('not-found', 'There is no such connection.')
const noVersion = problem('not-found', 'The mapping of this connection has no such version.')
const DEFAULT_PAGE = 20

const toMapping = (mapping: Static<typeof Mapping>, party: 'desk' | 'tracker'): StoredMapping =>
  // words are judged when it is applied, as those of a file
  ({ record: recordOf(party), ...mapping }) as StoredMapping

const toWanted = (input: Static<typeof ConnectionInput>): ConnectionWanted => ({
  ...input,
  settings: input.settings as ConnectionWanted['settings'],
  paused: null,
  mapping: toMapping(input.mapping, input.party),
})

/** What one connection is, and what crosses on it: read, tried, saved, and taken back. */
export const mappingRoutes = (app: App, deps: ApiDeps): void => {
  const save = saveConnection({ kinds: deps.kinds, master: deps.master })
  const sendSaved = <I extends { readonly dryRun: boolean }>(
    request: FastifyRequest,
    reply: FastifyReply,
    command: Command<I, SavedConnection>,
    input: I,
  ): Promise<FastifyReply> =>
    answer(deps, request, reply, {
      command,
      input,
      present: async (_tx, saved) => ({ dryRun: input.dryRun, ...saved }),
    })

  app.get(
    '/api/v1/connections/:key/configuration',
    {
      config: { access: 'configuration.read' },
      schema: {
        tags,
        summary: 'Settings and mapping of one connection; secrets are named, not shown',
        params: ByKey,
        response: { 200: ConnectionConfiguration },
      },
    },
    async (request, reply) => {
      const { key } = request.params
      const found = await read(deps, async (tx) => {
        const row = await findConnection(tx, key)
        if (row === null) return null
        const stored = toStoredConfiguration(await loadConfigurationRows(tx))
        const wanted = stored.configuration.connections[key]
        const [last] = await mappingVersions(tx, key, row.mapping_version + 1, 1)
        const { settings, secrets } = await exportedSettings(tx, row, deps.kinds.factsOf)
        return wanted === undefined ? null : { row, stored, wanted, last, settings, secrets }
      })
      if (found === null) return sendProblem(reply, noSuch)
      const { row, wanted, last } = found
      return reply.send({
        key,
        revision: row.version,
        connection: {
          kind: wanted.kind,
          party: wanted.party,
          title: wanted.title,
          settings: found.settings,
          pollEveryS: wanted.pollEveryS,
          sweepEveryS: wanted.sweepEveryS,
          mapping: presentMapping(wanted.mapping),
        },
        secrets: [...found.secrets],
        mappingVersion: row.mapping_version,
        lastMapped: last === undefined ? null : originOf(last),
        ours: presentOurs(found.stored, wanted.party),
      })
    },
  )
  app.put(
    '/api/v1/connections/:key',
    {
      config: { access: 'configuration.write' },
      schema: {
        tags,
        summary: 'Make or change a connection, or only say what that would do',
        params: ByKey,
        body: SaveInput,
        response: { 200: Saved },
      },
    },
    async (request, reply) => {
      const { connection, secrets = {}, revision, dryRun = false } = request.body
      return sendSaved(request, reply, save, {
        key: request.params.key,
        wanted: toWanted(connection),
        secrets,
        revision,
        dryRun,
        by: callerOfRequest(request).roles,
        origin: { source: 'screen' },
      })
    },
  )
  app.get(
    '/api/v1/connections/:key/versions',
    {
      config: { access: 'configuration.read' },
      schema: {
        tags,
        summary: 'Versions of what crosses, the latest first: who made each, when, and what it changed',
        params: ByKey,
        querystring: PageQuery,
        response: { 200: pageOf(Version) },
      },
    },
    async (request, reply) => {
      const { limit = DEFAULT_PAGE, cursor } = request.query
      const before = cursor === undefined ? null : Number(cursor)
      if (before !== null && !Number.isSafeInteger(before))
        return sendProblem(
          reply,
          problem('invalid', 'Begin with the first page again.', { field: '/cursor' }),
        )
      const { key } = request.params
      const found = await read(deps, async (tx) => {
        const row = await findConnection(tx, key)
        // one more than asked for, of which only its number is used
        return row === null ? null : { row, rows: await mappingVersions(tx, key, before, limit + 1) }
      })
      if (found === null) return sendProblem(reply, noSuch)
      const shown = found.rows.slice(0, limit)
      return reply.send({
        items: shown.map(presentVersion(found.row.mapping_version)),
        next: found.rows.length > limit ? String(shown.at(-1)?.version) : null,
      })
    },
  )
  app.get(
    '/api/v1/connections/:key/versions/:version',
    {
      config: { access: 'configuration.read' },
      schema: {
        tags,
        summary: 'One version, compared with another one',
        params: ByVersion,
        querystring: CompareQuery,
        response: { 200: Compared },
      },
    },
    async (request, reply) => {
      const { key, version } = request.params
      const found = await read(deps, async (tx) => {
        const row = await findConnection(tx, key)
        if (row === null) return null
        const other = request.query.with ?? row.mapping_version
        const [one, two] = [await loadMapping(tx, row.id, version), await loadMapping(tx, row.id, other)]
        return one === null || two === null ? null : { other, one, two }
      })
      if (found === null) return sendProblem(reply, noVersion)
      return reply.send({
        version,
        with: found.other,
        mapping: presentMapping(found.one),
        words: [...mappingDifferences(found.two, found.one)],
      })
    },
  )
  /** The settings stay as they are; only what crosses becomes again what it was. */
  const restore: Command<
    Omit<SaveConnection, 'wanted' | 'secrets' | 'revision'> & { readonly version: number },
    SavedConnection
  > = async (tx, context, { version, ...input }) => {
    const row = await findConnection(tx, input.key)
    const old = await mappingVersion(tx, input.key, version)
    const stored = toStoredConfiguration(await loadConfigurationRows(tx)).configuration.connections[input.key]
    if (row === null || old === null || stored === undefined)
      return unknown('version of its mapping', String(version), '/version')
    return save(tx, context, {
      ...input,
      wanted: { ...stored, paused: null, mapping: old.document },
      secrets: {},
      revision: row.version,
    })
  }
  app.post(
    '/api/v1/connections/:key/versions/:version/restore',
    {
      config: { access: 'configuration.write' },
      schema: {
        tags,
        summary: 'Let an older version count again, as a new one, or only say what that would do',
        params: ByVersion,
        body: Restore,
        response: { 200: Saved },
      },
    },
    async (request, reply) => {
      const { key, version } = request.params
      return sendSaved(request, reply, restore, {
        key,
        version,
        dryRun: request.body.dryRun ?? false,
        by: callerOfRequest(request).roles,
        origin: { source: 'restored', version },
      })
    },
  )
  app.get(
    '/api/v1/connections/:key/description',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'What the tool has to choose from: projects, fields, statuses, people. Asks the tool',
        params: ByKey,
        response: { 200: Described },
      },
    },
    async (request, reply) => {
      const found = await deps.tools.describe(request.params.key)
      return found.ok ? reply.send(asJson(found.value)) : sendProblem(reply, found.error)
    },
  )
  app.post(
    '/api/v1/connections/:key/preview',
    {
      config: { access: 'connections.write' },
      schema: {
        tags,
        summary: 'What a mapping would do with up to five real items, fetched now; nothing is changed',
        params: ByKey,
        body: PreviewInput,
        response: { 200: Previewed },
      },
    },
    async (request, reply) => {
      const { key } = request.params
      const row = await read(deps, (tx) => findConnection(tx, key))
      if (row === null) return sendProblem(reply, noSuch)
      const items = await deps.tools.preview(key, toMapping(request.body.mapping, row.party))
      if (!items.ok) return sendProblem(reply, items.error)
      const mayReadWords = callerOfRequest(request).party !== null
      const described = mayReadWords ? null : await deps.tools.describe(key)
      return reply.send(presentPreview(items.value, described?.ok ? described.value : null, mayReadWords))
    },
  )
}

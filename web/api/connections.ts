import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as conflicts from '../../src/api/conflicts/schema.ts'
import type * as connections from '../../src/api/connections/schema.ts'
import type * as connectors from '../../src/api/connectors/schema.ts'
import type * as crossings from '../../src/api/crossings/schema.ts'
import type * as holds from '../../src/api/holds/schema.ts'
import type * as lost from '../../src/api/lost-answers/schema.ts'
import type * as mappings from '../../src/api/mappings/schema.ts'
import type * as sync from '../../src/api/sync/schema.ts'
import { get, post, put } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

/** Connections to tools: what they are, how they fare, what waits on them. */
export type Connection = Static<typeof connections.Connection>
export type Check = Static<typeof connections.Check>
export type ConnectorKind = Static<typeof connectors.ConnectorKind>
export type ConnectionConfiguration = Static<typeof mappings.ConnectionConfiguration>
export type ConnectionInput = Static<typeof mappings.ConnectionInput>
export type Mapping = Static<typeof mappings.Mapping>
export type Described = Static<typeof mappings.Described>
export type Previewed = Static<typeof mappings.Previewed>
export type Save = Static<typeof mappings.SaveInput>
export type Saved = Static<typeof mappings.Saved>
export type Version = Static<typeof mappings.Version>
export type Compared = Static<typeof mappings.Compared>
export type Cause = Static<typeof holds.Cause>
export type Conflict = Static<typeof conflicts.Conflict>
export type LostAnswer = Static<typeof lost.LostAnswer>
export type ListedCrossing = Static<typeof crossings.ListedCrossing>
export type SettledAlike = Static<typeof sync.SettledAlike>

const at = (key: string): string => `/connections/${encodeURIComponent(key)}`

export const connectionsQuery = queryOptions({
  queryKey: queryKeys.syncList('connections', {}),
  queryFn: ({ signal }) => get<Page<Connection>>('/connections', {}, signal),
  // how far behind each is moves without an event
  refetchInterval: 15_000,
})

export const connectionQuery = (key: string) =>
  queryOptions({
    queryKey: queryKeys.syncList('connection', { key }),
    queryFn: ({ signal }) => get<Connection>(at(key), {}, signal),
    refetchInterval: 10_000,
  })

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => get<Page<ConnectorKind>>('/connectors', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const guideQuery = (kind: string) =>
  queryOptions({
    queryKey: ['connectors', kind, 'guide'],
    queryFn: ({ signal }) =>
      get<{ readonly markdown: string }>(`/connectors/${encodeURIComponent(kind)}/guide`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const configurationQuery = (key: string) =>
  queryOptions({
    queryKey: queryKeys.syncList('configuration', { key }),
    queryFn: ({ signal }) => get<ConnectionConfiguration>(`${at(key)}/configuration`, {}, signal),
  })

/** Asks the tool itself, which takes a moment: kept while one edits. */
export const descriptionQuery = (key: string) =>
  queryOptions({
    queryKey: ['description', key],
    queryFn: ({ signal }) => get<Described>(`${at(key)}/description`, {}, signal),
    staleTime: 10 * 60_000,
    retry: false,
  })

export const previewQuery = (key: string, mapping: Mapping) =>
  queryOptions({
    queryKey: ['preview', key, mapping],
    queryFn: () => post<Previewed>(`${at(key)}/preview`, { mapping }),
    staleTime: 60_000,
    retry: false,
  })

export const comparedQuery = (key: string, version: number, other: number) =>
  queryOptions({
    queryKey: queryKeys.syncList('compared', { key, version, other }),
    queryFn: ({ signal }) => get<Compared>(`${at(key)}/versions/${version}`, { with: other }, signal),
  })

/** A call that turns out to have arrived, a crossing that ends: nothing is changed by what a look finds, so no event says it. */
const LOOK_AGAIN_MS = 5_000

export const causesQuery = (connection: string | undefined) =>
  queryOptions({
    queryKey: queryKeys.syncList('causes', { connection }),
    queryFn: ({ signal }) => get<Page<Cause>>('/holds/causes', { connection }, signal),
    refetchInterval: LOOK_AGAIN_MS,
  })

const usePaged = <T>(noun: string, path: string, filters: Readonly<Record<string, string | undefined>>) => {
  const pages = usePages<T>(queryKeys.syncList(noun, filters), path, filters, {
    refetchInterval: LOOK_AGAIN_MS,
  })
  return { ...pages, items: itemsOf(pages.data) }
}
export const useConflicts = (filters: Readonly<Record<string, string | undefined>>) =>
  usePaged<Conflict>('conflicts', '/conflicts', filters)
export const useLostAnswers = (filters: Readonly<Record<string, string | undefined>>) =>
  usePaged<LostAnswer>('lost', '/lost-answers', filters)
export const useCrossings = (filters: Readonly<Record<string, string | undefined>>) =>
  usePaged<ListedCrossing>('crossings', '/crossings', filters)
export const useVersions = (key: string) => usePaged<Version>(`versions ${key}`, `${at(key)}/versions`, {})

/** Whatever is done to one of them, all that is shown of them is asked for again. */
const useDoing = <I, O>(run: (input: I) => Promise<O>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.sync }),
  })
}

export const usePause = (key: string) =>
  useDoing((reason: string) => post<Connection>(`${at(key)}/pause`, reason === '' ? {} : { reason }))
export const useResume = (key: string) => useDoing(() => post<Connection>(`${at(key)}/resume`))
export const useSyncNow = () => useDoing((key: string) => post<Connection>(`${at(key)}/sync`))
export const useCheck = (key: string) => useMutation({ mutationFn: () => post<Check>(`${at(key)}/check`) })
export const useCheckDraft = (kind: string) =>
  useMutation({
    mutationFn: (draft: Static<typeof connectors.DraftInput>) =>
      post<Check>(`/connectors/${encodeURIComponent(kind)}/check`, draft),
  })
export const useSave = () =>
  useDoing(({ key, ...body }: Save & { readonly key: string }) => put<Saved>(at(key), body))
/** Changes nothing, so nothing is asked for again. */
export const useTry = () =>
  useMutation({
    mutationFn: ({ key, ...body }: Save & { readonly key: string }) =>
      put<Saved>(at(key), { ...body, dryRun: true }),
  })
export const useRestore = (key: string) =>
  useDoing((asked: { readonly version: number; readonly dryRun: boolean }) =>
    post<Saved>(`${at(key)}/versions/${asked.version}/restore`, { dryRun: asked.dryRun }),
  )
export const useRetryCause = () =>
  useDoing(({ connection, code, field, reason }: Cause) =>
    post<{ readonly mirrors: number }>('/holds/retry', { connection, code, field, reason }),
  )
export const useSettleAlike = () =>
  useDoing(({ id, ...body }: Static<typeof sync.SettleAlike> & { readonly id: string }) =>
    post<SettledAlike>(`/conflicts/${encodeURIComponent(id)}/settle-alike`, body),
  )
export const useResolveLost = () =>
  useDoing(({ id, ...body }: Static<typeof lost.Resolve> & { readonly id: string }) =>
    post<{ readonly mirror: string }>(`/lost-answers/${encodeURIComponent(id)}/resolve`, body),
  )

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as audit from '../../src/api/audit/schema.ts'
import type * as session from '../../src/api/session/schema.ts'
import type * as settings from '../../src/api/settings/schema.ts'
import type * as start from '../../src/api/start/schema.ts'
import { get, patch, post, remove } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'
import { type Self, selfQuery } from './session.ts'

/** Beginning, settings, the log: what looks after Causeway itself. */
export type Settings = Static<typeof settings.Settings>
export type SettingsChange = Partial<Omit<Settings, 'environment'>>
export type AuditEntry = Static<typeof audit.AuditEntry>
export type SampleReach = Static<typeof start.SampleReach>
export type Start = Static<typeof start.Start>

export const startQuery = queryOptions({
  queryKey: queryKeys.start,
  queryFn: ({ signal }) => get<Start>('/start', {}, signal),
  staleTime: 60_000,
})

export const reachQuery = queryOptions({
  queryKey: queryKeys.sampleReach,
  queryFn: ({ signal }) => get<SampleReach>('/sample/removal', {}, signal),
  // what goes is shown before it goes: as it is now
  staleTime: 0,
})

/** All that was read may be gone, or new. */
const useForAll = <I, T>(ask: (input: I) => Promise<T>) => {
  const client = useQueryClient()
  return useMutation({ mutationFn: ask, onSuccess: () => client.invalidateQueries() })
}

export const useAddSample = () => useForAll(() => post<null>('/sample', {}))
export const useRemoveSample = () => useForAll(() => remove('/sample'))

export const settingsQuery = queryOptions({
  queryKey: queryKeys.settings,
  queryFn: ({ signal }) => get<Settings>('/settings', {}, signal),
})

export const useChangeSettings = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (set: SettingsChange) => patch<Settings>('/settings', set),
    onSuccess: (now) => {
      client.setQueryData(queryKeys.settings, now)
      void client.invalidateQueries({ queryKey: queryKeys.self })
    },
  })
}

const LOOK_AGAIN_MS = 2_000

/** Looks again while the last one is on its way. */
export const testMailQuery = queryOptions({
  queryKey: queryKeys.testMail,
  queryFn: ({ signal }) => get<Static<typeof settings.TestMail>>('/settings/test-mail', {}, signal),
  refetchInterval: ({ state }) =>
    state.data?.last != null && state.data.last.endedAt === null ? LOOK_AGAIN_MS : false,
})

export const useSendTestMail = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post<null>('/settings/test-mail', {}),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.testMail }),
  })
}

export type AuditFilters = Readonly<Partial<Record<'actor' | 'group' | 'record' | 'from' | 'until', string>>>

export const useAudit = (filters: AuditFilters, enabled: boolean) => {
  const pages = usePages<AuditEntry>(queryKeys.auditList(filters), '/audit', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useResetFactor = () =>
  useMutation({
    mutationFn: ({ holder, reason }: { readonly holder: Holder; readonly reason: string }) =>
      post<{ readonly told: boolean }>(`/${holder.noun}/${encodeURIComponent(holder.id)}/second-factor/off`, {
        reason,
      }),
  })
export interface Holder {
  readonly noun: 'people' | 'contacts'
  readonly id: string
  readonly name: string
}

/** What one chooses counts at once; the server keeps it for the next browser. */
export const useChangeSelf = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (set: Static<typeof session.SelfChange>) => patch<null>('/self', set),
    onMutate: (set) => {
      client.setQueryData(selfQuery.queryKey, (self: Self | null | undefined) =>
        self == null ? self : { ...self, ...set },
      )
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.self }),
  })
}

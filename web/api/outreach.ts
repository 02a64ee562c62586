import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/outreach/schema.ts'
import type { OutreachStanding } from '../../src/domain/outreach.ts'
import type { Language } from '../../src/domain/settings.ts'
import { get, patch, post, put } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Notice = Static<typeof schema.Notice>
export type NoticeState = Notice['state']
export type OutreachOfRelease = Static<typeof schema.OutreachOfRelease>
export type ReportedTicket = Static<typeof schema.ReportedTicket>
export type Templates = Static<typeof schema.Templates>
export type Template = Templates['items'][number]
export type Policies = Static<typeof schema.Policies>
export type Policy = Policies['items'][number]['policy']
type Decided = Static<typeof schema.Decided>

const ofRelease = (id: string): string => `/releases/${encodeURIComponent(id)}/outreach`
/** Messages go at their time without anybody's doing, and new ones are proposed by a look at the facts. */
const AGAIN_MS = 15_000

/** Told apart by the ticket that each begins with: of one release a ticket is told one thing at a time. */
export const useNotices = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<Notice>(queryKeys.noticeList(filters), '/outreach', filters, {
    enabled,
    refetchInterval: AGAIN_MS,
  })
  return {
    ...pages,
    items: itemsOf(pages.data).map((notice) => ({
      ...{ id: notice.id, notice },
      key: `${notice.tickets[0]?.key ?? notice.id} ${notice.release.name}`,
    })),
  }
}

export const outreachOfQuery = (release: string) =>
  queryOptions({
    queryKey: queryKeys.outreachOf(release),
    queryFn: ({ signal }) => get<OutreachOfRelease>(ofRelease(release), {}, signal),
  })

export const useReport = (release: string | null) => {
  const pages = usePages<ReportedTicket>(
    queryKeys.outreachReport(release ?? ''),
    `${ofRelease(release ?? '')}/report`,
    {},
    { enabled: release !== null },
  )
  return { ...pages, items: itemsOf(pages.data) }
}

export const templatesQuery = queryOptions({
  queryKey: queryKeys.outreachTemplates,
  queryFn: ({ signal }) => get<Templates>('/outreach/templates', {}, signal),
})
export const policiesQuery = queryOptions({
  queryKey: queryKeys.outreachPolicies,
  queryFn: ({ signal }) => get<Policies>('/outreach/policies', {}, signal),
})

/** Not waited for: what is asked anew may take the place of the form that has still to say that it is saved. */
const useStale = () => {
  const client = useQueryClient()
  return (): void => {
    void client.invalidateQueries({ queryKey: queryKeys.outreach })
  }
}

const AT_ONCE = 500
/** With the revision that was read: what somebody changed since is left as it is. */
export interface Decision {
  readonly step: 'send' | 'hold' | 'dismiss' | 'restore'
  readonly notices: readonly { readonly id: string; readonly revision?: number }[]
  readonly why?: string | null
}

export const useDecide = () =>
  useMutation({
    mutationFn: async ({ step, notices, why }: Decision): Promise<Decided> => {
      const all: Decided[] = []
      for (let at = 0; at < notices.length; at += AT_ONCE)
        all.push(
          await post<Decided>(`/outreach/${step}`, {
            notices: notices.slice(at, at + AT_ONCE),
            ...(why === undefined ? {} : { why }),
          }),
        )
      return {
        done: all.flatMap(({ done }) => done),
        left: all.flatMap(({ left }) => left),
        goesAt: all.at(-1)?.goesAt ?? null,
      }
    },
    onSettled: useStale(),
  })

/** Null: as the template has it. */
export const useWriteNotice = () =>
  useMutation({
    mutationFn: ({
      id,
      ...words
    }: {
      readonly id: string
      readonly text: string | null
      readonly revision: number
    }) => patch<Notice>(`/outreach/${encodeURIComponent(id)}`, words),
    onSuccess: useStale(),
  })

export const useKeepTemplate = () =>
  useMutation({
    mutationFn: (asked: {
      readonly standing: OutreachStanding
      readonly language: Language
      readonly text: string | null
    }) =>
      put<Templates>(`/outreach/templates/${encodeURIComponent(asked.standing)}/${asked.language}`, {
        text: asked.text,
      }),
    onSuccess: useStale(),
  })

export const useKeepPolicy = () =>
  useMutation({
    mutationFn: (asked: { readonly product: string | null; readonly policy: Policy | null }) =>
      put<Policies>('/outreach/policies', asked),
    onSuccess: useStale(),
  })

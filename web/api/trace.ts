import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/trace/schema.ts'
import type { ReleaseStanding } from '../../src/domain/words.ts'
import { get, type Query } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'
import type { ListedWorkItem } from './work-items.ts'

/** What commits say about releases: nothing of it was typed by anybody. */
export type ReleaseTrace = Static<typeof schema.ReleaseTrace>
export type Content = Static<typeof schema.Content>
export type Change = Content['change']
export type Commit = Content['commits'][number]
export type TracedWorkItem = NonNullable<Content['workItem']>
export type WorkTrace = Static<typeof schema.WorkTrace>
export type ReleaseOfFix = WorkTrace['firstIn'][number]
/** An installation, and whether it has a work item. */
export type Standing = Static<typeof schema.Standing>
export type Has = Standing['has']

/** A ticket behind a release's work, and how it stands to it. */
export type WaitingTicket = Static<typeof schema.WaitingTicket>
export type WaitingCounts = Static<typeof schema.WaitingCounts>

const ofRelease = (id: string): string => `/releases/${encodeURIComponent(id)}`
const ofWorkItem = (id: string): string => `/work-items/${encodeURIComponent(id)}`

export const releaseTraceQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.releaseTrace(id),
    queryFn: ({ signal }) => get<ReleaseTrace>(`${ofRelease(id)}/trace`, {}, signal),
  })

export const useContents = (id: string, change: Change) => {
  const pages = usePages<Content>(queryKeys.releaseContents(id, change), `${ofRelease(id)}/contents`, {
    change,
  })
  return { ...pages, items: itemsOf(pages.data) }
}

export const workItemTraceQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.workItemTrace(id),
    queryFn: ({ signal }) => get<WorkTrace>(`${ofWorkItem(id)}/trace`, {}, signal),
  })

export const useStandings = (id: string, has: Has | null) => {
  const pages = usePages<Standing>(queryKeys.standings(id, has), `${ofWorkItem(id)}/installations`, { has })
  return { ...pages, items: itemsOf(pages.data) }
}

export const waitingCountsQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.releaseWaitingCounts(id),
    queryFn: ({ signal }) => get<WaitingCounts>(`${ofRelease(id)}/waiting/counts`, {}, signal),
  })

/** It stands in the middle of a record, with more below it. */
const WAITING_AT_ONCE = 10

export const useWaiting = (id: string, standing: ReleaseStanding | null) => {
  const pages = usePages<WaitingTicket>(queryKeys.releaseWaiting(id, standing), `${ofRelease(id)}/waiting`, {
    standing,
    limit: WAITING_AT_ONCE,
  })
  return { ...pages, items: itemsOf(pages.data) }
}

/** Where what people planned and what the commits say part. */
export interface Differences {
  readonly missing: readonly ListedWorkItem[]
  readonly unplanned: readonly TracedWorkItem[]
  /** False: there is more than was compared, and only what is certain is told. */
  readonly isWhole: boolean
}

export const differencesQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.releaseDifferences(id),
    queryFn: ({ signal }) => differencesOf(id, signal),
  })

export const differencesOf = async (id: string, signal: AbortSignal): Promise<Differences> => {
  const contents = (change: Change): Promise<Much<Content>> =>
    much<Content>(`${ofRelease(id)}/contents`, { change }, signal)
  const planned = await much<ListedWorkItem>('/work-items', { release: id }, signal)
  // where nobody plans, everything would be a difference
  if (planned.items.length === 0) return { missing: [], unplanned: [], isWhole: true }
  const enters = await contents('enters')
  const absent = without(planned.items, idsOf(enters.items))
  const stays = absent.length === 0 ? NOTHING : await contents('stays')
  const areContentsWhole = enters.isWhole && stays.isWhole
  return {
    missing: areContentsWhole ? without(absent, idsOf(stays.items)) : [],
    unplanned: planned.isWhole
      ? without(workItemsOf(enters.items), new Set(planned.items.map((one) => one.id)))
      : [],
    isWhole: planned.isWhole && areContentsWhole,
  }
}

const workItemsOf = (contents: readonly Content[]): readonly TracedWorkItem[] =>
  contents.flatMap(({ workItem }) => workItem ?? [])

const idsOf = (contents: readonly Content[]): ReadonlySet<string> =>
  new Set(workItemsOf(contents).map(({ id }) => id))

const without = <T extends { readonly id: string }>(
  items: readonly T[],
  ids: ReadonlySet<string>,
): readonly T[] => items.filter(({ id }) => !ids.has(id))

interface Much<T> {
  readonly items: readonly T[]
  readonly isWhole: boolean
}
const NOTHING: Much<never> = { items: [], isWhole: true }
const MOST_PAGES = 5
const PER_PAGE = 200

/** As much of a list as a screen may fetch to compare it with another. */
const much = async <T>(path: string, query: Query, signal: AbortSignal): Promise<Much<T>> => {
  const items: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<T> = await get<Page<T>>(path, { ...query, limit: PER_PAGE, cursor }, signal)
    items.push(...answer.items)
    cursor = answer.next
    if (cursor === null) return { items, isWhole: true }
  }
  return { items, isWhole: false }
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as models from '../../src/api/change-models/schema.ts'
import type * as rules from '../../src/api/change-rules/schema.ts'
import type * as schema from '../../src/api/changes/schema.ts'
import type * as freezes from '../../src/api/freezes/schema.ts'
import { get, patch, post, put } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Change = Static<typeof schema.Change>
export type ListedChange = Static<typeof schema.ListedChange>
export type NewChange = Static<typeof schema.NewChange>
export type ChangeEdit = Static<typeof schema.ChangeEdit>
export type ChangeKey = Change['keys'][number]
export type ChangeEvent = Static<typeof schema.ChangeEvent>
export type ChangeModel = Static<typeof models.ChangeModel>
export type NewChangeModel = Static<typeof models.NewChangeModel>
export type ChangeRules = Static<typeof rules.ChangeRules>
export type ShownRules = Static<typeof rules.ShownRules>
export type NewFreeze = Static<typeof freezes.NewFreeze>

/** Windows open and things fall due without an event. */
const AGAIN_MS = 60_000
const CHOICES = 200

export const useChanges = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<ListedChange>(queryKeys.changeList({ pages: filters }), '/changes', filters, {
    enabled,
    refetchInterval: AGAIN_MS,
  })
  return { ...pages, items: itemsOf(pages.data) }
}

const at = (ref: string, step = ''): string =>
  `/changes/${encodeURIComponent(ref)}${step === '' ? '' : `/${step}`}`

export const changeQuery = (ref: string) =>
  queryOptions({
    queryKey: queryKeys.change(ref),
    queryFn: ({ signal }) => get<Change>(at(ref), {}, signal),
    refetchInterval: AGAIN_MS,
  })

export const useChangeHistory = (ref: string) => {
  const pages = usePages<ChangeEvent>(queryKeys.changeHistory(ref), at(ref, 'history'), {}, { enabled: true })
  return { ...pages, items: itemsOf(pages.data) }
}

const useStale = () => {
  const client = useQueryClient()
  return () =>
    Promise.all([queryKeys.changes, ['calendar']].map((queryKey) => client.invalidateQueries({ queryKey })))
}

export const useKeepChange = () =>
  useMutation({
    mutationFn: (asked: { readonly make: NewChange } | { readonly ref: string; readonly set: ChangeEdit }) =>
      'make' in asked ? post<Change>('/changes', asked.make) : patch<Change>(at(asked.ref), asked.set),
    onSuccess: useStale(),
  })

type Steps = {
  readonly assess: Static<typeof schema.ChangeStep>
  readonly ask: Static<typeof schema.ChangeStep>
  readonly revise: Static<typeof schema.ChangeStep>
  readonly keys: Static<typeof schema.ChangeKeyGiven>
  readonly start: Static<typeof schema.ChangeStart>
  readonly close: Static<typeof schema.ChangeFinish>
  readonly review: Static<typeof schema.ChangeReview>
  readonly cancel: Static<typeof schema.ChangeReason>
}
export type AskedStep = { [S in keyof Steps]: { readonly step: S; readonly body: Steps[S] } }[keyof Steps]

export const useChangeStep = (ref: string) =>
  useMutation({
    mutationFn: ({ step, body }: AskedStep) => post<Change>(at(ref, step), body),
    onSuccess: useStale(),
  })

export const useModels = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<ChangeModel>(queryKeys.changeModels({ pages: filters }), '/change-models', filters, {
    enabled,
  })
  return { ...pages, items: itemsOf(pages.data) }
}

/** To choose from, by name. */
export const modelChoices = queryOptions({
  queryKey: queryKeys.changeModels({ choices: true }),
  queryFn: ({ signal }) => get<Page<ChangeModel>>('/change-models', { limit: CHOICES }, signal),
  staleTime: 60_000,
})

export const useKeepModel = () =>
  useMutation({
    mutationFn: (
      asked: { readonly make: NewChangeModel } | { readonly id: string; readonly set: NewChangeModel },
    ) =>
      'make' in asked
        ? post<ChangeModel>('/change-models', asked.make)
        : put<ChangeModel>(`/change-models/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: useStale(),
  })

export const useModelStep = () =>
  useMutation({
    mutationFn: ({ id, step }: { readonly id: string; readonly step: 'approve' | 'archive' | 'restore' }) =>
      post<ChangeModel>(`/change-models/${encodeURIComponent(id)}/${step}`, {}),
    onSuccess: useStale(),
  })

export const changeRulesQuery = queryOptions({
  queryKey: queryKeys.changeRules,
  queryFn: ({ signal }) => get<ShownRules>('/change-rules', {}, signal),
})

export const useDecideRules = () =>
  useMutation({
    mutationFn: (asked: ChangeRules) => put<ShownRules>('/change-rules', asked),
    onSuccess: useStale(),
  })

export const useKeepFreeze = () =>
  useMutation({
    mutationFn: (asked: { readonly make: NewFreeze } | { readonly id: string; readonly set: NewFreeze }) =>
      'make' in asked
        ? post<unknown>('/freezes', asked.make)
        : put<unknown>(`/freezes/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: useStale(),
  })

export const useLiftFreeze = () =>
  useMutation({
    mutationFn: (id: string) => post<unknown>(`/freezes/${encodeURIComponent(id)}/lift`, {}),
    onSuccess: useStale(),
  })

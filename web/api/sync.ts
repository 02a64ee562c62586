import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/sync/schema.ts'
import { get, post } from './client.ts'
import { queryKeys } from './query-keys.ts'

/** What one can ask of the sync from any record: why is it so, look again, this side counts, take that back. */
export type Story = Static<typeof schema.Story>
export type Crossing = Static<typeof schema.Crossing>
export type Choice = Static<typeof schema.Settle>
export type Undone = Static<typeof schema.Undone>

export const whyQuery = (key: string) =>
  queryOptions({
    queryKey: queryKeys.whyOf(key),
    queryFn: ({ signal }) => get<Static<typeof schema.Why>>(`/why/${encodeURIComponent(key)}`, {}, signal),
  })

/** Whatever was asked, every screen that shows how records and items stand asks again. */
const useAsking = <I, O>(ask: (input: I) => Promise<O>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ask,
    onSuccess: async () => {
      await Promise.all(
        [queryKeys.why, queryKeys.sync, ['ticket'], ['work-item']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      )
    },
  })
}

export const useLookAgain = () =>
  useAsking((key: string) => post<Static<typeof schema.Synced>>(`/sync/${encodeURIComponent(key)}`))

export const useSettle = () =>
  useAsking(({ id, ...body }: Choice & { readonly id: string }) =>
    post<Static<typeof schema.Settled>>(`/conflicts/${encodeURIComponent(id)}/settle`, body),
  )

export type Undoing = Pick<Static<typeof schema.Undo>, 'event' | 'conflict'>

/** What taking a crossing back would do; asked anew each time, for what stands there moves on. */
export const undoPreviewQuery = (of: Static<typeof schema.Undo>) =>
  queryOptions({
    // not among what is stale after an undo: of what was just taken back there is nothing more to show
    queryKey: ['undo', of],
    queryFn: () => post<Undone>('/undo', { ...of, dryRun: true }),
    placeholderData: (shown) => shown,
    retry: false,
    gcTime: 0,
  })

export const useUndo = () => useAsking((body: Static<typeof schema.Undo>) => post<Undone>('/undo', body))

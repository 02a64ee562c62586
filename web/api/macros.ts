import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/macros/schema.ts'
import { get, patch, post } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Macro = Static<typeof schema.Macro>
export type NewMacro = Static<typeof schema.NewMacro>
export type MacroChange = Static<typeof schema.MacroChange>
export type AppliedMacro = Static<typeof schema.AppliedMacro>

/** As many as a list under the words can show; typing narrows it. */
const OFFERED = 8

export const offeredMacrosQuery = (text: string) =>
  queryOptions({
    queryKey: queryKeys.macroList({ offered: text }),
    queryFn: ({ signal }) =>
      get<Page<Macro>>('/macros', { mine: true, limit: OFFERED, text: text.slice(0, 200) }, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const useMacros = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<Macro>(queryKeys.macroList({ pages: filters }), '/macros', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useKeepMacro = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: { readonly make: NewMacro } | { readonly id: string; readonly set: MacroChange }) =>
      'make' in asked
        ? post<{ readonly id: string }>('/macros', asked.make)
        : patch<{ readonly id: string }>(`/macros/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.macros }),
  })
}

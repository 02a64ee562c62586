import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/organisation/schema.ts'
import type { RequestForm } from '../../src/domain/request-form.ts'
import { get, patch, post, put } from './client.ts'
import { itemsOf, type Page, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

type Shapes = {
  readonly customers: Static<typeof schema.Customer>
  readonly contacts: Static<typeof schema.Contact>
  readonly people: Static<typeof schema.Person>
  readonly teams: Static<typeof schema.Team>
  readonly products: Static<typeof schema.Product>
  readonly installations: Static<typeof schema.Installation>
}
type New = {
  readonly customers: Static<typeof schema.NewCustomer>
  readonly contacts: Static<typeof schema.NewContact>
  readonly people: Static<typeof schema.NewPerson>
  readonly teams: Static<typeof schema.NewTeam>
  readonly products: Static<typeof schema.NewProduct>
  readonly components: Static<typeof schema.NewComponent>
  readonly installations: Static<typeof schema.NewInstallation>
}
type Change = {
  readonly customers: Static<typeof schema.CustomerChange>
  readonly contacts: Static<typeof schema.ContactChange>
  readonly people: Static<typeof schema.PersonChange>
  readonly teams: Static<typeof schema.TeamChange>
  readonly products: Static<typeof schema.ProductChange>
  readonly components: Static<typeof schema.ComponentChange>
  readonly installations: Static<typeof schema.InstallationChange>
}
export type Noun = keyof Shapes
export type Organised<N extends Noun> = Shapes[N]
export type Component = Shapes['products']['components'][number]

/** As many as a list to choose from can show; typing narrows it. */
const CHOICES = 50

export const organisationQuery = <N extends Noun>(noun: N, text = '') =>
  queryOptions({
    queryKey: queryKeys.organisationList(noun, { text }),
    queryFn: ({ signal }) =>
      get<Page<Shapes[N]>>(`/${noun}`, { limit: CHOICES, text: text.slice(0, 200) }, signal),
    staleTime: 60_000,
  })

export const useOrganised = <N extends Noun>(
  noun: N,
  filters: Readonly<Record<string, string | undefined>>,
  enabled: boolean,
) => {
  const key = queryKeys.organisationList(noun, { pages: filters })
  const pages = usePages<Shapes[N]>(key, `/${noun}`, filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

/** Makes one, or changes the one that is named; every list that shows it asks again. */
export const useKeep = <N extends keyof New>(noun: N) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: { readonly make: New[N] } | { readonly id: string; readonly set: Change[N] }) =>
      'make' in asked
        ? post<{ readonly id: string }>(`/${noun}`, asked.make)
        : patch<{ readonly id: string }>(`/${noun}/${encodeURIComponent(asked.id)}`, asked.set),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.organisation }),
  })
}

/** Says what customers are asked about a product. */
export const useKeepForm = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, form }: { readonly id: string; readonly form: RequestForm | null }) =>
      put<{ readonly id: string }>(`/products/${encodeURIComponent(id)}/form`, { form }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.organisation }),
  })
}

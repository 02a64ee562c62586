import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/organisation/schema.ts'
import { get } from './client.ts'
import type { Page } from './page.ts'
import { queryKeys } from './query-keys.ts'

type Shapes = {
  readonly customers: Static<typeof schema.Customer>
  readonly people: Static<typeof schema.Person>
  readonly teams: Static<typeof schema.Team>
  readonly products: Static<typeof schema.Product>
}
export type Noun = keyof Shapes
export type Organised<N extends Noun> = Shapes[N]

/** As many as a list to choose from can show; typing narrows it. */
const CHOICES = 50

export const organisationQuery = <N extends Noun>(noun: N, text = '') =>
  queryOptions({
    queryKey: queryKeys.organisationList(noun, { text }),
    queryFn: ({ signal }) =>
      get<Page<Shapes[N]>>(`/${noun}`, { limit: CHOICES, text: text.slice(0, 200) }, signal),
    staleTime: 60_000,
  })

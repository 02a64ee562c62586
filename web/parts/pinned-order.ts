import type { SavedView } from '../api/views.ts'

type Pinned = Pick<SavedView, 'id' | 'list' | 'position'>

/** Those that are kept in sight, in their order. */
export const pinnedOf = <V extends Pinned>(views: readonly V[], list?: SavedView['list']): readonly V[] =>
  views
    .filter((view) => view.position !== null && (list === undefined || view.list === list))
    .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))

const idsOf = (views: readonly Pinned[]): readonly string[] => views.map(({ id }) => id)

/** One more, at the end. */
export const withPin = (views: readonly Pinned[], id: string): readonly string[] => [
  ...idsOf(pinnedOf(views)).filter((one) => one !== id),
  id,
]

export const withoutPin = (views: readonly Pinned[], id: string): readonly string[] =>
  idsOf(pinnedOf(views)).filter((one) => one !== id)

/** Up or down among those of its own list, which are what one sees beside it; null: there is no further. */
export const movedPin = (views: readonly Pinned[], id: string, by: -1 | 1): readonly string[] | null => {
  const view = views.find((one) => one.id === id)
  const beside = idsOf(pinnedOf(views, view?.list))
  const other = beside[beside.indexOf(id) + by]
  if (view === undefined || view.position === null || other === undefined) return null
  const swapped: Readonly<Record<string, string>> = { [id]: other, [other]: id }
  return idsOf(pinnedOf(views)).map((one) => swapped[one] ?? one)
}

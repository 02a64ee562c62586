import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MOST_PINNED } from '../../src/domain/saved-view.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { type SavedView, usePinViews, viewsQuery } from '../api/views.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { movedPin, pinnedOf, withoutPin, withPin } from './pinned-order.ts'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** The views one keeps in the rail: to add one, take one out, move one. */
export const usePinning = () => {
  const texts = useTexts()
  const self = useSelf()
  const client = useQueryClient()
  const found = useQuery({ ...viewsQuery, enabled: mayDo(self, 'views.read') })
  const views = found.data?.items ?? []
  const { mutate } = usePinViews()
  const onError = useTellProblem()
  const reason = mayDo(self, 'views.write')
    ? self.personId === null
      ? texts.reasons.noPerson
      : null
    : roleReason(self, texts)
  const isFull = pinnedOf(views).length >= MOST_PINNED
  // what was read last, not what was drawn last: a view that was made just now is pinned before it is drawn
  const latest = (): readonly SavedView[] => client.getQueryData(viewsQuery.queryKey)?.items ?? views
  const put = (ids: readonly string[], text?: string, back?: readonly string[]): void =>
    mutate(ids, {
      onError,
      onSuccess: () => {
        if (text === undefined) return
        const undo = back === undefined ? {} : { undo: { label: texts.forms.undo, run: () => put(back) } }
        tell({ text, tone: 'good', ...undo })
      },
    })
  return {
    views,
    reason,
    againstMore: reason ?? (isFull ? texts.rail.full(MOST_PINNED) : null),
    pin: ({ id, name }: Pick<SavedView, 'id' | 'name'>) =>
      put(withPin(latest(), id), texts.rail.pinned(name)),
    unpin: ({ id, name }: Pick<SavedView, 'id' | 'name'>) =>
      put(
        withoutPin(views, id),
        texts.rail.unpinned(name),
        pinnedOf(views).map((view) => view.id),
      ),
    /** Null: there is no further. */
    move: (id: string, by: -1 | 1): (() => void) | null => {
      const ids = movedPin(views, id, by)
      return ids === null ? null : () => put(ids)
    },
  }
}

import type { ListedRequest } from '../api/portal.ts'
import { useDay } from '../parts/time.tsx'
import { useTexts } from '../texts/texts.tsx'

type Told = NonNullable<ListedRequest['promise']>

/** When it is planned to be solved, in plain words. */
export const usePromiseWords = (): ((promise: Told) => string) => {
  const { portal } = useTexts()
  const day = useDay()
  return ({ release, from, to, releasedAt }) => {
    if (releasedAt !== null) return portal.releasedIn(release, day(releasedAt))
    const last = to ?? from
    if (last === null) return portal.plannedIn(release)
    return portal.plannedFor(
      release,
      from !== null && to !== null && from !== to ? `${day(from)} – ${day(to)}` : day(last),
    )
  }
}
